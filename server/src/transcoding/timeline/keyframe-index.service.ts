import { Inject, Injectable } from '@nestjs/common';
import { Cache } from '../../cache/cache.js';
import { isAddress } from '../../common/bytes/media-address.js';
import { ffprobeKeyframes } from '../../ffmpeg/ffprobe-keyframes.js';
import type { KeyframeFacts } from '../../ffmpeg/keyframe-facts.js';
import { streamsOf, type VideoStream } from '../../ffmpeg/media-info.js';
import { ProbeFailed } from '../../ffmpeg/media-probe.js';
import { ProbePool } from '../../ffmpeg/probe-pool.js';
import { Binaries } from '../../ffmpeg/binaries.js';
import type { MediaInput } from '../media-input.js';
import { timelineOrigin, type KeyframeIndex } from './segment-table.js';
import { SharedFlights } from './shared-flights.js';

/** A month: it costs milliseconds to make again, but where ffprobe made it, minutes. */
const LIFETIME_SECONDS = 30 * 24 * 3600;
const containersWithIndex: ReadonlySet<string> = new Set(['matroska', 'webm', 'mp4', 'mov']);

/** Knows where a film's video begins, ends and can be cut: by the container's index, else by reading the file once. */
@Injectable()
export class KeyframeIndexService {
  private readonly flights = new SharedFlights<KeyframeIndex>();

  constructor(
    @Inject(ProbePool) private readonly pool: ProbePool,
    @Inject(Binaries) private readonly binaries: Binaries,
    @Inject(Cache) private readonly cache: Cache,
  ) {}

  /**
   * The key frames of the first video stream, s on the presentation timeline. Callers share one reading; it stops when
   * the last of them has gone. @throws ProbeFailed
   */
  of(input: MediaInput, signal?: AbortSignal): Promise<KeyframeIndex> {
    const [stream] = streamsOf(input.media, 'video');
    if (!stream) return Promise.reject(new ProbeFailed('no-streams', 'The file has no picture.'));
    const key = `keyframes:4:${input.contentKey}:${stream.index}`;
    return this.flights.join(key, signal, (ours) => this.lookUp(key, input, stream, ours));
  }

  private async lookUp(
    key: string,
    input: MediaInput,
    stream: VideoStream,
    signal: AbortSignal,
  ): Promise<KeyframeIndex> {
    const known = await this.cache.get<KeyframeIndex>(key);
    if (known !== undefined) return known;
    const facts = await this.read(input, stream, signal);
    const index = onTimeline(facts, timelineOrigin(input.media));
    await this.cache.set(key, index, LIFETIME_SECONDS);
    return index;
  }

  private async read(
    { path, media }: MediaInput,
    { index }: VideoStream,
    signal: AbortSignal,
  ): Promise<KeyframeFacts> {
    if (containersWithIndex.has(media.container)) {
      try {
        const facts = await this.pool.keyframes(path, index, { signal });
        if (facts !== null) return facts;
      } catch (error) {
        // What damage hides from the index, ffprobe may find among the packets.
        const mayHelp = isAddress(path) ? /^damaged$/ : /^(damaged|timeout|probe-crashed)$/;
        if (!(error instanceof ProbeFailed) || !mayHelp.test(error.code)) throw error;
      }
    }
    if (isAddress(path))
      throw new ProbeFailed('unindexed', 'The file has no index, and is not fetched for one.');
    return ffprobeKeyframes(this.binaries.ffprobe, path, index, signal);
  }
}

/** File time less the origin. */
function onTimeline(facts: KeyframeFacts, origin: number): KeyframeIndex {
  return {
    ...facts,
    startSeconds: facts.startSeconds - origin,
    endSeconds: facts.endSeconds - origin,
    keyframes: facts.keyframes.map((seconds) => seconds - origin),
  };
}
