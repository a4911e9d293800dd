import { createHash } from 'node:crypto';
import { mkdtemp, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { openTestDatabase, type TestDatabase } from '../../../../tests/support/database.js';
import { MemoryCache } from '../../../../tests/support/memory-cache.js';
import { Logger, LogSink } from '../../common/log/logger.js';
import { EventBus } from '../../events/event-bus.js';
import type { MediaInfo } from '../../ffmpeg/media-info.js';
import { AudienceService } from '../../library/audience/audience.service.js';
import { libraryEntities } from '../../library/entities.js';
import { MediaFile } from '../../library/entities/media-file.entity.js';
import { OfferedFilesService } from '../../library/offered-files.service.js';
import { PlayableService } from '../../library/playable.service.js';
import { ContinuousService } from '../../transcoding/continuous/continuous.service.js';
import { markedClip } from '../../transcoding/continuous/testing/marked-clips.js';
import { DecisionService } from '../../transcoding/decision/decision.service.js';
import { HeadLane } from '../../transcoding/head/head-lane.js';
import { inputOf, tools } from '../../transcoding/head/testing/service.js';
import { AccountEntity } from '../../user/account.entity.js';
import { AccountService } from '../../user/account.service.js';
import { DeviceSessionEntity } from '../../user/device-session.entity.js';
import { PlayStateEntity } from '../../user/play-state.entity.js';
import { PlayStateService } from '../../user/play-state.service.js';
import { SessionService } from '../../user/session.service.js';
import { LiveSessions } from '../live/live-sessions.js';
import { PlaybackSessionEntity } from '../playback-session.entity.js';
import { BesideFiles } from '../beside-files.service.js';
import { ProgressService } from '../progress.service.js';
import { BandwidthService } from '../stream/bandwidth.service.js';
import { PlayedFiles } from '../stream/played-files.service.js';
import { StreamLimitsService } from '../stream-limits.service.js';
import type { RendererCapabilities } from './renderer-capabilities.js';
import { RendererConversions } from './renderer-conversions.service.js';
import { RendererOffers } from './renderer-offers.service.js';
import { RendererPlaybackService } from './renderer-playback.service.js';
import { RendererSittings } from './renderer-sittings.service.js';
import { RendererViewers } from './renderer-viewers.service.js';

export const television: RendererCapabilities = {
  containers: { mp4: { video: ['h264'], audio: ['aac'] } },
  audio: ['mp3'],
  images: ['jpeg'],
  maxAudioChannels: 2,
  bitDepth: 8,
  hdr: [],
  convert: { audio: 'ac3', maxHeight: 1080 },
  burnsSubtitles: false,
};
export const livingRoom = { id: 'tv-1', name: 'Living room' };
export const bedroom = { id: 'tv-2', name: 'Bedroom' };

type Clips = Record<'mkv' | 'mp4' | 'flac', { path: string; media: MediaInfo }>;
const clipOf = async (name: 'dense.mkv' | 'dense.mp4' | 'music.flac') => {
  const { path, media } = await inputOf(await markedClip(name));
  return { path, media };
};
/** Clips with a mark on every frame, as a library has them. */
export const libraryClips = async (): Promise<Clips> => ({
  mkv: await clipOf('dense.mkv'),
  mp4: await clipOf('dense.mp4'),
  flac: await clipOf('music.flac'),
});

/** Rows, by hand: what a scan would have written. */
async function fill({ database }: TestDatabase, folder: string, clips: Clips): Promise<void> {
  const file = fileIn(folder, clips);
  await database.write(async (manager) => {
    await manager.query('PRAGMA foreign_keys = OFF');
    for (const id of ['ada', 'mia'])
      await manager.query(
        `INSERT INTO account (id, username, username_key, password_hash, role, preferences, created_at)
         VALUES ('${id}', '${id}', '${id}', '', 'member', '{}', 0)`,
      );
    await manager.query(
      `INSERT INTO library (id, name, kind, created_at) VALUES ('films', 'Films', 'movies', 0)`,
    );
    await manager.query(
      `INSERT INTO library_folder (id, library_id, path) VALUES ('own', 'films', '${folder}')`,
    );
    for (const [id, type] of [
      ['film', 'movie'],
      ['other', 'movie'],
      ['series', 'series'],
    ])
      await manager.query(
        `INSERT INTO title (id, library_id, type, identity, name, sort_name, letter, genres, external_ids, locked_fields,
           random_key, added_at, updated_at)
         VALUES ('${id}', 'films', '${type}', '${id}', 'A', 'a', 'A', '[]', '{}', '[]', 1, 0, 0)`,
      );
    await manager.query(`INSERT INTO season (id, title_id, number) VALUES ('season', 'series', 1)`);
    for (const number of [1, 2])
      await manager.query(
        `INSERT INTO episode (id, title_id, season_id, season_number, number, added_at) VALUES ('e${number}', 'series', 'season', 1, ${number}, 0)`,
      );
    await manager.insert(MediaFile, [
      await file('mkv', 'film', 'mkv'),
      await file('mp4', 'film', 'mp4'),
      await file('again', 'other', 'mp4'),
      await file('double', 'series', 'mkv'),
      await file('track', null, 'flac'),
      Object.assign(await file('photo', null, 'mp4'), { relativePath: 'holiday.jpg', media: null }),
      Object.assign(await file('raw', null, 'mp4'), { relativePath: 'holiday.heic', media: null }),
    ]);
    for (const id of ['e1', 'e2'])
      await manager.query(`INSERT INTO episode_file (episode_id, file_id) VALUES ('${id}', 'double')`);
  });
  await writeFile(join(folder, 'holiday.jpg'), 'jpeg bytes');
}

const fileIn =
  (folder: string, clips: Clips) =>
  async (id: string, titleId: string | null, clip: keyof Clips): Promise<MediaFile> => {
    const { path, media } = clips[clip];
    const { size, mtimeMs } = await stat(path);
    const name = `${id}${extname(path)}`;
    await symlink(path, join(folder, name));
    return {
      id,
      libraryId: 'films',
      folderId: 'own',
      relativePath: name,
      size,
      modifiedMs: Math.floor(mtimeMs),
      fingerprint: createHash('sha1').update(path).digest('hex'),
      state: 'matched',
      reason: null,
      parsed: null,
      manualMatch: null,
      media,
      titleId,
      extraKind: null,
      versionLabel: null,
      available: true,
      missingSince: null,
      addedAt: 0,
      scannedAt: 0,
    };
  };

/** As after a restart: nothing but the database is known. */
export function serve({ database }: TestDatabase) {
  const logger = new Logger(new LogSink('error'), 'test');
  const events = new EventBus(database, logger);
  const audiences = new AudienceService(database, events);
  const playables = new PlayableService(database, audiences);
  const accounts = new AccountService(database, new SessionService(database, events));
  const live = new LiveSessions(database, { release: () => undefined });
  const limits = new StreamLimitsService(database, accounts, live, {
    maxConcurrentStreams: 2,
    torrents: { streamRateLimit: 10 },
  });
  const states = new PlayStateService(database, events);
  const progress = new ProgressService(database, playables, states, live, audiences);
  const sittings = new RendererSittings(database, playables, limits, live, progress, logger);
  const continuous = new ContinuousService(tools(), { video: new HeadLane(2), other: new HeadLane(4) });
  const viewers = new RendererViewers(accounts, new MemoryCache());
  const bandwidth = new BandwidthService(accounts);
  const offers = new RendererOffers(
    new OfferedFilesService(database, audiences),
    viewers,
    new DecisionService(),
  );
  const beside = new BesideFiles(playables, {
    drawable: (fileId, subtitle) => playables.subtitlePath(fileId, subtitle),
    words: () => Promise.reject(new Error('nobody takes words along here')),
  });
  const service = new RendererPlaybackService(
    new PlayedFiles(playables, audiences, events),
    playables,
    offers,
    new RendererConversions(continuous, beside, sittings, viewers, bandwidth),
    sittings,
    bandwidth,
  );
  return { live, limits, sittings, continuous, offers, service };
}

/** A database with two people, two films in three files, a file of two episodes, a track and two photos. */
export async function household(
  clips: Clips,
): Promise<{ opened: TestDatabase; folder: string; close(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'hearth-renderer-'));
  const opened = await openTestDatabase([
    ...libraryEntities,
    AccountEntity,
    DeviceSessionEntity,
    PlayStateEntity,
    PlaybackSessionEntity,
  ]);
  await fill(opened, folder, clips);
  const close = async (): Promise<void> => {
    await opened.close();
    await rm(folder, { recursive: true });
  };
  return { opened, folder, close };
}
