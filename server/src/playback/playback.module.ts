import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Logger } from '../common/log/logger.js';
import { LibraryModule } from '../library/library.module.js';
import { OfferedFilesService } from '../library/offered-files.service.js';
import { TranscodingModule } from '../transcoding/transcoding.module.js';
import { UserModule } from '../user/user.module.js';
import { DownloadsModule } from './downloads.module.js';
import { ExtrasModule } from './extras.module.js';
import { BesideFiles } from './beside-files.service.js';
import { FailureMemoryService } from './failure-memory.service.js';
import { FavoriteController } from './favorite.controller.js';
import { FileDecisionService } from './file-decision.service.js';
import { HistoryService } from './history.service.js';
import { LiveSessions } from './live/live-sessions.js';
import { SessionHousekeeping } from './live/session-housekeeping.js';
import { SignedOutDevices } from './live/signed-out-devices.js';
import { SessionStatusService } from './live/session-status.service.js';
import { StatusAnnouncer } from './live/status-announcer.js';
import { MediaController } from './media.controller.js';
import { MadeVersionChoice } from './made-version-choice.service.js';
import { PlayTargetService } from './play-target.service.js';
import { PlaybackController } from './playback.controller.js';
import { PlaybackFailureEntity } from './playback-failure.entity.js';
import { PlaybackService } from './playback.service.js';
import { PlaybackSessionEntity } from './playback-session.entity.js';
import { ProgressService } from './progress.service.js';
import { ByteTimelineService } from './renderer/byte-timeline.service.js';
import { Positions } from './renderer/positions.service.js';
import { RendererConversions } from './renderer/renderer-conversions.service.js';
import { RendererOffers } from './renderer/renderer-offers.service.js';
import { RendererPlaybackService } from './renderer/renderer-playback.service.js';
import { RendererSittings } from './renderer/renderer-sittings.service.js';
import { RendererViewers } from './renderer/renderer-viewers.service.js';
import { SessionOpener } from './session-opener.service.js';
import { SessionViewService } from './session-view.service.js';
import { StreamLimitsService } from './stream-limits.service.js';
import { BandwidthService } from './stream/bandwidth.service.js';
import { PlayedFiles } from './stream/played-files.service.js';
import { PlaylistSubtitlesService } from './stream/playlist-subtitles.service.js';
import { StreamController } from './stream/stream.controller.js';
import { StreamMetrics } from './stream/stream-metrics.service.js';
import { StreamPieces } from './stream/stream-pieces.js';
import { StreamSender } from './stream/stream-sender.js';
import { StreamService } from './stream/stream.service.js';
import { StreamSourceService } from './stream/stream-source.service.js';
import { SubtitleController } from './subtitle.controller.js';
import { SubtitleService } from './subtitle.service.js';
import { AddonFileController } from './stremio/addon-file.controller.js';
import { AddonModule } from './stremio/addon.module.js';
import { AddonPlays } from './stremio/addon-plays.service.js';
import { WatchedService } from './watched.service.js';
import { SourcePlays } from './source/source-plays.service.js';
import { ChosenSources } from './source/chosen-sources.service.js';
import { TorrentModule } from '../torrent/torrent.module.js';
import { ByteStreams } from './torrent/byte-streams.service.js';
import { StreamPriming } from './torrent/stream-priming.service.js';
import { StreamStarter } from './torrent/stream-starter.service.js';
import { TemporaryTorrents } from './torrent/temporary-torrents.service.js';
import { TorrentFiles } from './torrent/torrent-files.service.js';
import { TorrentSeek } from './torrent/torrent-seek.service.js';
import { TorrentStreamController } from './torrent/torrent-stream.controller.js';
import { TorrentStreams } from './torrent/torrent-streams.service.js';
import { WatchingExtrasService } from './watching-extras.service.js';

const deciding = [
  FailureMemoryService,
  FileDecisionService,
  MadeVersionChoice,
  PlayTargetService,
  SessionOpener,
  SessionViewService,
];
const running = [
  LiveSessions,
  SessionHousekeeping,
  SignedOutDevices,
  SessionStatusService,
  StatusAnnouncer,
  StreamLimitsService,
];
const streaming = [
  BandwidthService,
  BesideFiles,
  PlayedFiles,
  PlaylistSubtitlesService,
  StreamMetrics,
  StreamPieces,
  StreamSender,
  StreamService,
  StreamSourceService,
];
const rendering = [
  ByteTimelineService,
  OfferedFilesService,
  {
    provide: Positions,
    inject: [RendererPlaybackService, Logger],
    useFactory: (playback: RendererPlaybackService, logger: Logger) =>
      new Positions((report) => playback.report(report), logger.scoped('positions')),
  },
  RendererConversions,
  RendererOffers,
  RendererPlaybackService,
  RendererSittings,
  RendererViewers,
];
const torrents = [
  ByteStreams,
  SourcePlays,
  ChosenSources,
  StreamPriming,
  StreamStarter,
  TemporaryTorrents,
  TorrentFiles,
  TorrentSeek,
  TorrentStreams,
];
const remembering = [HistoryService, ProgressService, WatchedService, WatchingExtrasService];

/** Picks a source, decides how it reaches the device, streams it, and remembers where each person is. */
@Module({
  imports: [
    TypeOrmModule.forFeature([PlaybackSessionEntity, PlaybackFailureEntity]),
    AddonModule,
    DownloadsModule,
    ExtrasModule,
    LibraryModule,
    TorrentModule,
    TranscodingModule,
    UserModule,
  ],
  controllers: [
    PlaybackController,
    StreamController,
    FavoriteController,
    AddonFileController,
    MediaController,
    SubtitleController,
    TorrentStreamController,
  ],
  providers: [
    ...deciding,
    ...running,
    ...streaming,
    ...rendering,
    ...remembering,
    ...torrents,
    AddonPlays,
    PlaybackService,
    SubtitleService,
  ],
  exports: [
    ByteTimelineService,
    PlaybackService,
    Positions,
    RendererOffers,
    RendererPlaybackService,
    StreamMetrics,
    SubtitleService,
    WatchedService,
  ],
})
export class PlaybackModule {}
