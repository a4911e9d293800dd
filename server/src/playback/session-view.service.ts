import type { PlaybackSession } from '@hearth/contract/playback';
import { resumePosition } from '@hearth/contract/resume';
import { Injectable } from '@nestjs/common';
import { notFound } from '../common/problem-error.js';
import { TicketSigner } from '../common/ticket-signer.js';
import { UrlSigner } from '../common/url-signer.js';
import { EpisodeCardsService } from '../library/catalogue/episode-cards.service.js';
import { TitleCardsService } from '../library/catalogue/title-cards.service.js';
import { contentKey, PlayableService } from '../library/playable.service.js';
import { PlayStateService } from '../user/play-state.service.js';
import { subtitleId } from './beside-streams.js';
import { longestSessionMs } from './live/live-sessions.js';
import { mediaType } from './media-type.js';
import type { PlayTarget } from './play-target.js';
import type { PlaybackSessionEntity } from './playback-session.entity.js';
import { audioTracks, subtitleFonts, subtitleTracks } from './subtitle-tracks.js';
import { WatchingExtrasService } from './watching-extras.service.js';

/** Seconds a media URL works: the longest film with a long pause in it. */
const mediaUrlLifetime = 12 * 60 * 60;

type Addresses = Pick<PlaybackSession, 'url' | 'dashUrl' | 'contentType'>;

/** Everything a player needs to know of a session, with URLs only its account can use. */
@Injectable()
export class SessionViewService {
  constructor(
    private readonly playables: PlayableService,
    private readonly playStates: PlayStateService,
    private readonly titles: TitleCardsService,
    private readonly episodes: EpisodeCardsService,
    private readonly extras: WatchingExtrasService,
    private readonly signer: UrlSigner,
    private readonly tickets: TicketSigner,
  ) {}

  /** @param resumeSeconds where to go on; left out: where the person stopped the last time */
  async of(
    session: PlaybackSessionEntity,
    target: PlayTarget,
    resumeSeconds?: number,
  ): Promise<PlaybackSession> {
    const { file, media, decision } = target;
    const { method, reasons, video, audio, subtitle, ladder, qualities, quality } = decision;
    const sign = (track: string) => this.sign(session, `/subtitles/${track}`);
    const files = await this.playables.externalSubtitles(file.id);
    const growing = await this.playables.growingText(file);
    const all = { ...media, streams: [...media.streams, ...growing] };
    const burned = subtitle?.action === 'burn' ? subtitleId(files, subtitle.index) : null;
    return {
      sessionId: session.id,
      method,
      reasons,
      streams: { video, audio, subtitle },
      ladder: ladder.map((rung) => ({ method: rung.method, reasons: rung.reasons })),
      ...this.addresses(session, target),
      qualities,
      quality,
      ...(await this.extras.of(file, session.accountId)),
      subtitles: subtitleTracks(media, files, sign, burned, target.subtitleFormats, growing),
      fonts: subtitleFonts(all, (index) => this.sign(session, `/fonts/${index}`)),
      audioTracks: audioTracks(media),
      chapters: media.chapters.map((chapter, index) => ({
        ...chapter,
        title: chapter.title ?? `Chapter ${index + 1}`,
      })),
      durationSeconds: media.durationSeconds ?? 0,
      resumeSeconds: resumeSeconds ?? (await this.resumeSeconds(session, target)),
      ...(await this.cards(target, session.accountId)),
      fileId: file.id,
      sourceId: target.sourceId ?? file.id,
    };
  }

  /** A file as it is by its signed address; everything else by a ticket. */
  private addresses(
    { id, accountId, startedAt }: PlaybackSessionEntity,
    { file, media, decision, madeVersionId }: PlayTarget,
  ): Addresses {
    if (madeVersionId !== null) {
      const url = this.signer.sign(`/api/media/versions/${madeVersionId}`, accountId, mediaUrlLifetime);
      return { url, dashUrl: null, contentType: 'video/mp4' };
    }
    if (decision.method === 'direct') {
      const url = this.signer.sign(`/api/media/files/${file.id}`, accountId, mediaUrlLifetime);
      return { url, dashUrl: null, contentType: mediaType(media.container) };
    }
    // Every quality is in the playlist, the decided one first: changing it needs no word with the server.
    const renditions = [...decision.renditions, ...decision.variants];
    const lifetime = (startedAt + longestSessionMs - Date.now()) / 1000;
    const facts = { sessionId: id, fileId: file.id, accountId, contentKey: contentKey(file), renditions };
    const base = `/api/hls/${this.tickets.sign(facts, lifetime)}`;
    const contentType = 'application/vnd.apple.mpegurl';
    return { url: `${base}/master.m3u8`, dashUrl: `${base}/manifest.mpd`, contentType };
  }

  private sign({ fileId, accountId }: PlaybackSessionEntity, below: string): string {
    return this.signer.sign(`/api/media/files/${fileId ?? ''}${below}`, accountId, mediaUrlLifetime);
  }

  private async resumeSeconds(
    { accountId }: PlaybackSessionEntity,
    { item, file, media }: PlayTarget,
  ): Promise<number> {
    const state = await this.playStates.find(accountId, item);
    return state && file.extraKind === null
      ? resumePosition(state.positionSeconds, media.durationSeconds ?? 0)
      : 0;
  }

  private async cards({ item, file }: PlayTarget, accountId: string) {
    const [title] = await this.titles.list([item.titleId], accountId);
    if (!title) throw notFound('title');
    const next =
      item.episodeId === null ? undefined : await this.nextEpisode(item.titleId, item.episodeId, file.id);
    const ids = [item.episodeId, next].filter((id) => id !== null && id !== undefined);
    const episodes = await this.episodes.byId(ids, accountId);
    return {
      title,
      episode: episodes.get(item.episodeId ?? '') ?? null,
      nextEpisode: episodes.get(next ?? '') ?? null,
    };
  }

  /** The first available episode after those that the playing file holds. */
  private async nextEpisode(titleId: string, episodeId: string, fileId: string): Promise<string | undefined> {
    const inFile = new Set((await this.playables.episodesOfFile(fileId)).map((episode) => episode.id));
    const all = await this.playables.episodes({ titleId });
    const after = all.slice(all.findIndex((episode) => episode.id === episodeId) + 1);
    return after.find((episode) => episode.available && !inFile.has(episode.id))?.id;
  }
}
