import { Injectable } from '@nestjs/common';
import type { Caller } from '../common/http/caller.js';
import { notFound, ProblemError } from '../common/problem-error.js';
import { AudienceService } from '../library/audience/audience.service.js';
import { NextUpService } from '../library/catalogue/next-up.service.js';
import { type LocatedFile, PlayableService } from '../library/playable.service.js';
import { TitleSourcesService } from '../library/sources/title-sources.service.js';
import { isInTorrent } from '../library/torrent/torrent-places.service.js';
import type { Decision } from '../transcoding/decision/decision.service.js';
import type { PlayItem } from '../user/play-state.service.js';
import { MadeVersionChoice } from './made-version-choice.service.js';
import { FileDecisionService, type PlayRequest, unsupported } from './file-decision.service.js';
import type { PlayTarget } from './play-target.js';

interface Candidates {
  item: PlayItem;
  files: LocatedFile[];
}

/** Cheapest first. */
const methods: readonly Decision['method'][] = ['direct', 'remux', 'transcode'];

/** Chooses the file to play: of those that reach the device with least effort, the first of the title page. */
@Injectable()
export class PlayTargetService {
  constructor(
    private readonly playables: PlayableService,
    private readonly nextUp: NextUpService,
    private readonly sources: TitleSourcesService,
    private readonly decisions: FileDecisionService,
    private readonly made: MadeVersionChoice,
    private readonly audiences: AudienceService,
  ) {}

  /** @throws ProblemError NOT_FOUND, SOURCE_UNAVAILABLE, PLAYBACK_UNSUPPORTED */
  async choose(request: PlayRequest, caller: Caller): Promise<PlayTarget> {
    const { item, files } = await this.candidates(request, caller.accountId);
    await this.audiences.mustSeeTitle(item.titleId, caller.accountId);
    const present = await this.bestFirst(item, files, caller.accountId);
    if (present.length === 0) {
      throw new ProblemError('SOURCE_UNAVAILABLE', {
        detail: 'Its disk is not connected, or the file is gone. It plays again as soon as it is back.',
      });
    }
    const circumstances = await this.decisions.circumstances(request, caller);
    const { subtitleFormats } = request.client;
    const targets: PlayTarget[] = [];
    let refusal: string[] | undefined;
    for (const located of present) {
      // Another version of a torrent would have to be fetched to tell.
      if (targets.length > 0 && isInTorrent(located.file) && !located.file.media) continue;
      const decision = await this.decisions.of(located, circumstances);
      if (decision.method === 'unsupported') refusal ??= decision.reasons;
      else if (located.file.media)
        targets.push({
          item,
          ...located,
          media: located.file.media,
          decision,
          madeVersionId: null,
          subtitleFormats,
        });
    }
    const rank = ({ decision }: PlayTarget): number => methods.indexOf(decision.method);
    const [best] = targets.sort((a, b) => rank(a) - rank(b));
    if (best) return this.made.prefer(best, request, circumstances);
    throw unsupported(refusal ?? ['The file could not be read.']);
  }

  /**
   * The file a session plays, decided again: for another choice, or because what was decided did not play.
   * @throws ProblemError NOT_FOUND, SOURCE_UNAVAILABLE, PLAYBACK_UNSUPPORTED
   */
  again(
    session: PlayItem & { fileId: string | null },
    request: PlayRequest,
    caller: Caller,
  ): Promise<PlayTarget> {
    if (session.fileId === null) throw notFound('file of this session');
    const { fileId, titleId, episodeId } = session;
    const item = { titleId, episodeId };
    return this.choose(
      { ...request, fileId, episodeId: episodeId ?? undefined, titleId: undefined, item },
      caller,
    );
  }

  private async candidates(request: PlayRequest, accountId: string): Promise<Candidates> {
    if (request.fileId !== undefined) return this.ofFile(request.fileId, request, accountId);
    if (request.episodeId !== undefined) return this.ofEpisode(request.episodeId);
    const titleId = request.titleId ?? '';
    const files = await this.playables.filesOfTitle(titleId);
    const next = await this.nextUp.ofTitle(titleId, accountId);
    if (next !== null) return this.ofEpisode(next);
    if (files.length === 0) throw notFound('title');
    return { item: { titleId, episodeId: null }, files };
  }

  private async ofFile(
    fileId: string,
    { episodeId, item }: PlayRequest,
    accountId: string,
  ): Promise<Candidates> {
    const located = await this.playables.file(fileId);
    const { file } = located;
    if (item && item.titleId !== file.titleId) {
      await this.audiences.mustSeeFile(fileId, accountId);
      return { item, files: [located] };
    }
    if (file.titleId === null) throw notFound('title of this file');
    const episodes = await this.playables.episodesOfFile(fileId);
    const episode = episodeId === undefined ? episodes[0] : episodes.find(({ id }) => id === episodeId);
    if (episodeId !== undefined && !episode) throw notFound('such episode in this file');
    return { item: { titleId: file.titleId, episodeId: episode?.id ?? null }, files: [located] };
  }

  private async ofEpisode(episodeId: string): Promise<Candidates> {
    const { titleId } = await this.playables.episode(episodeId);
    const files = await this.playables.filesOfEpisode(episodeId);
    return { item: { titleId, episodeId }, files };
  }

  private async bestFirst(
    { titleId, episodeId }: PlayItem,
    files: LocatedFile[],
    accountId: string,
  ): Promise<LocatedFile[]> {
    const ranked = await this.sources.filesInOrder(titleId, episodeId ?? undefined, accountId);
    const place = new Map(ranked.map((source, index) => [source.fileId, index]));
    const placeOf = ({ file }: LocatedFile): number => place.get(file.id) ?? ranked.length;
    return files.filter(({ file }) => file.available).sort((a, b) => placeOf(a) - placeOf(b));
  }
}
