import type { ClientCapabilities, PlaybackChoice } from '@hearth/contract/playback';
import { preferences } from '@hearth/contract/account';
import { Injectable } from '@nestjs/common';
import { isAddress } from '../common/bytes/media-address.js';
import type { MediaInfo } from '../ffmpeg/media-info.js';
import type { Caller } from '../common/http/caller.js';
import { ProblemError } from '../common/problem-error.js';
import { contentKey, type LocatedFile, PlayableService } from '../library/playable.service.js';
import { TorrentMedia, type Watcher } from '../library/torrent/torrent-media.service.js';
import {
  type Decision,
  DecisionService,
  type Unplayable,
  type Wishes,
} from '../transcoding/decision/decision.service.js';
import { type CopyFacts, TranscodingService } from '../transcoding/transcoding.service.js';
import { AccountService } from '../user/account.service.js';
import { SessionService } from '../user/session.service.js';
import { besideIndex, withBeside } from './beside-streams.js';
import type { PlayItem } from '../user/play-state.service.js';
import { FailureMemoryService } from './failure-memory.service.js';

/** What somebody wants to play: a title, an episode, or one file of theirs. */
export interface PlayRequest {
  titleId?: string | undefined;
  episodeId?: string | undefined;
  fileId?: string | undefined;
  /** What the file is played for, where that is not its own title. */
  item?: PlayItem | undefined;
  client: ClientCapabilities;
  choice?: PlaybackChoice | undefined;
  /** Told what a start waits for that must first be fetched. */
  onStep?: Watcher['onStep'];
}

/** What a decision depends on besides the file. */
export interface Circumstances {
  readonly client: ClientCapabilities;
  readonly wishes: Wishes;
  /** User-Agent. */
  readonly device: string;
  readonly onStep?: Watcher['onStep'];
}

/** ms that a start waits for the key-frame index, which is needed anyway but may mean reading the whole file. */
const indexPatienceMs = 4000;
/** The same where the index must be fetched: a copy cannot begin without it anyway. */
const fetchPatienceMs = 30_000;

export const unsupported = (reasons: readonly string[]): ProblemError =>
  new ProblemError('PLAYBACK_UNSUPPORTED', {
    detail: reasons.join(' '),
    errors: reasons.map((message) => ({ path: 'client', message })),
  });

/** Decides for one file, with everything that is known of account, device and file. */
@Injectable()
export class FileDecisionService {
  constructor(
    private readonly decisions: DecisionService,
    private readonly transcoding: TranscodingService,
    private readonly accounts: AccountService,
    private readonly sessions: SessionService,
    private readonly failures: FailureMemoryService,
    private readonly torrents: TorrentMedia,
    private readonly playables: PlayableService,
  ) {}

  async circumstances({ client, choice, onStep }: PlayRequest, caller: Caller): Promise<Circumstances> {
    const account = await this.accounts.get(caller.accountId);
    const { audioLanguages } = preferences.parse(account.preferences);
    const caps = [client.maxBitrate, account.maxBitrate, account.bandwidth].filter(
      (cap) => typeof cap === 'number',
    );
    return {
      client: { ...client, ...(caps.length > 0 && { maxBitrate: Math.min(...caps) }) },
      wishes: { choice, audioLanguages, failures: await this.failures.of(caller.sessionId) },
      device: (await this.sessions.device(caller.sessionId)).userAgent,
      onStep,
    };
  }

  /** @throws ProblemError TORRENT_REFUSED, TORRENT_NOT_READY */
  async of(located: LocatedFile, circumstances: Circumstances): Promise<Decision | Unplayable> {
    const { client, device, onStep } = circumstances;
    const found = (await this.torrents.ready(located, { onStep })).file.media;
    if (!found) return { method: 'unsupported', reasons: ['The file could not be read.'] };
    const { media, wishes } = await this.chosenBeside(located.file.id, found, circumstances.wishes);
    const first = this.decisions.decide(media, client, wishes, device);
    if (first.method === 'unsupported') return first;
    // A copied picture is cut at the file's key frames: where they are rare, that cannot be seeked in.
    const copies = [first.video, ...first.audio].some((one) => one?.action === 'copy');
    const minds = first.method === 'direct' ? this.decisions.mindsOpenGroups(media, device) : copies;
    const facts = minds ? await this.copyFacts(located) : null;
    return facts ? this.decisions.decide(media, client, { ...wishes, ...facts }, device) : first;
  }

  /** A file beside the film that was chosen is decided upon as a stream of it. */
  private async chosenBeside(
    fileId: string,
    media: MediaInfo,
    wishes: Wishes,
  ): Promise<{ media: MediaInfo; wishes: Wishes }> {
    const chosen = wishes.choice?.subtitleId;
    if (chosen === undefined || /^\d+$/.test(chosen)) return { media, wishes };
    const file = (await this.playables.externalSubtitles(fileId)).find(({ id }) => id === chosen);
    if (!file) return { media, wishes };
    const choice = { ...wishes.choice, subtitleId: String(besideIndex(file)) };
    return { media: withBeside(media, [file]), wishes: { ...wishes, choice } };
  }

  private async copyFacts({ file, path }: LocatedFile): Promise<CopyFacts | null> {
    if (!file.media) return null;
    const facts = this.transcoding.copyFacts({ path, contentKey: contentKey(file), media: file.media });
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<null>((resolve) => {
      timer = setTimeout(() => resolve(null), isAddress(path) ? fetchPatienceMs : indexPatienceMs);
    });
    // Whatever is wrong with the file shows, with its reason, when it is played.
    return Promise.race([facts.catch(() => null), patience]).finally(() => clearTimeout(timer));
  }
}
