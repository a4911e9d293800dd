import type { PlaybackSession } from '@hearth/contract/playback';
import { resumePosition } from '@hearth/contract/resume';
import { Injectable } from '@nestjs/common';
import { notFound } from '../common/problem-error.js';
import { UrlSigner } from '../common/url-signer.js';
import { EpisodeCardsService } from '../library/catalogue/episode-cards.service.js';
import { TitleCardsService } from '../library/catalogue/title-cards.service.js';
import { PlayableService } from '../library/playable.service.js';
import { PlayStateService } from '../user/play-state.service.js';
import { mediaType } from './media-type.js';
import type { PlayTarget } from './play-target.service.js';
import { audioTracks, subtitleTracks } from './subtitle-tracks.js';

/** Seconds a media URL works: the longest film with a long pause in it. */
const mediaUrlLifetime = 12 * 60 * 60;

/** Everything a player needs to know of a session, with URLs only its account can use. */
@Injectable()
export class SessionViewService {
  constructor(
    private readonly playables: PlayableService,
    private readonly playStates: PlayStateService,
    private readonly titles: TitleCardsService,
    private readonly episodes: EpisodeCardsService,
    private readonly signer: UrlSigner,
  ) {}

  async of(sessionId: string, target: PlayTarget, accountId: string): Promise<PlaybackSession> {
    const { item, file, media, decision } = target;
    const durationSeconds = media.durationSeconds ?? 0;
    const state = await this.playStates.find(accountId, item);
    const path = `/api/media/files/${file.id}`;
    const sign = (below: string) => this.signer.sign(path + below, accountId, mediaUrlLifetime);
    return {
      sessionId,
      ...decision,
      url: sign(''),
      contentType: mediaType(media.container),
      subtitles: subtitleTracks(media, await this.playables.externalSubtitles(file.id), (track) =>
        sign(`/subtitles/${track}`),
      ),
      audioTracks: audioTracks(media),
      chapters: media.chapters.map((chapter, index) => ({
        ...chapter,
        title: chapter.title ?? `Chapter ${index + 1}`,
      })),
      durationSeconds,
      resumeSeconds:
        state && file.extraKind === null ? resumePosition(state.positionSeconds, durationSeconds) : 0,
      ...(await this.cards(target, accountId)),
      fileId: file.id,
    };
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
