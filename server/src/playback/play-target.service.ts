import type { ClientCapabilities } from '@hearth/contract/playback';
import { Injectable } from '@nestjs/common';
import { notFound, ProblemError } from '../common/problem-error.js';
import type { MediaInfo } from '../ffmpeg/media-info.js';
import { NextUpService } from '../library/catalogue/next-up.service.js';
import { SourcesService } from '../library/catalogue/sources.service.js';
import { type PlayableFile, PlayableService } from '../library/playable.service.js';
import type { PlayItem } from '../user/play-state.service.js';
import { decide } from './decide.js';

/** What somebody wants to play: a title, an episode, or one file of theirs. */
export interface PlayRequest {
  titleId?: string | undefined;
  episodeId?: string | undefined;
  fileId?: string | undefined;
  client: ClientCapabilities;
}

/** What will be played, and how. */
export interface PlayTarget {
  item: PlayItem;
  file: PlayableFile;
  media: MediaInfo;
  decision: { method: 'direct'; reasons: string[] };
}

interface Candidates {
  item: PlayItem;
  files: PlayableFile[];
}

/** Chooses the file to play: the first in the order that the title page shows which the device takes. */
@Injectable()
export class PlayTargetService {
  constructor(
    private readonly playables: PlayableService,
    private readonly nextUp: NextUpService,
    private readonly sources: SourcesService,
  ) {}

  /** @throws ProblemError NOT_FOUND, SOURCE_UNAVAILABLE, PLAYBACK_UNSUPPORTED */
  async choose(request: PlayRequest, accountId: string): Promise<PlayTarget> {
    const { item, files } = await this.candidates(request, accountId);
    const present = await this.bestFirst(item, files);
    if (present.length === 0) {
      throw new ProblemError('SOURCE_UNAVAILABLE', {
        detail: 'Its disk is not connected, or the file is gone. It plays again as soon as it is back.',
      });
    }
    const decided = present.flatMap((file) =>
      file.media ? [{ file, media: file.media, ...decide(file.media, request.client) }] : [],
    );
    const playable = decided.find(({ method }) => method === 'direct');
    if (playable) {
      const { file, media, reasons } = playable;
      return { item, file, media, decision: { method: 'direct', reasons } };
    }
    const reasons = decided[0]?.reasons ?? ['The file could not be read.'];
    throw new ProblemError('PLAYBACK_UNSUPPORTED', {
      detail: reasons.join(' '),
      errors: reasons.map((message) => ({ path: 'client', message })),
    });
  }

  private async candidates(request: PlayRequest, accountId: string): Promise<Candidates> {
    if (request.fileId !== undefined) return this.ofFile(request.fileId, request.episodeId);
    if (request.episodeId !== undefined) return this.ofEpisode(request.episodeId);
    const titleId = request.titleId ?? '';
    const files = await this.playables.filesOfTitle(titleId);
    const next = await this.nextUp.ofTitle(titleId, accountId);
    if (next !== null) return this.ofEpisode(next);
    if (files.length === 0) throw notFound('title');
    return { item: { titleId, episodeId: null }, files: files.map(({ file }) => file) };
  }

  private async ofFile(fileId: string, episodeId: string | undefined): Promise<Candidates> {
    const { file } = await this.playables.file(fileId);
    if (file.titleId === null) throw notFound('title of this file');
    const episodes = await this.playables.episodesOfFile(fileId);
    const episode = episodeId === undefined ? episodes[0] : episodes.find(({ id }) => id === episodeId);
    if (episodeId !== undefined && !episode) throw notFound('such episode in this file');
    return { item: { titleId: file.titleId, episodeId: episode?.id ?? null }, files: [file] };
  }

  private async ofEpisode(episodeId: string): Promise<Candidates> {
    const { titleId } = await this.playables.episode(episodeId);
    const files = await this.playables.filesOfEpisode(episodeId);
    return { item: { titleId, episodeId }, files: files.map(({ file }) => file) };
  }

  private async bestFirst({ titleId, episodeId }: PlayItem, files: PlayableFile[]): Promise<PlayableFile[]> {
    const ranked = await this.sources.ofTitle(titleId, episodeId ?? undefined);
    const place = new Map(ranked.map((source, index) => [source.fileId, index]));
    const placeOf = (file: PlayableFile): number => place.get(file.id) ?? ranked.length;
    return files.filter((file) => file.available).sort((a, b) => placeOf(a) - placeOf(b));
  }
}
