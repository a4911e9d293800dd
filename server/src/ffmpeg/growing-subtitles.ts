import { RecentMap } from '../common/recent-map.js';
import { assScript } from './ass-script.js';
import { ProbeFailed } from './media-probe.js';
import type { PresentBytes, PresentLine, PresentLines } from './present-lines.js';
import { SubtitlesFailed } from './subtitle-extractor.js';
import { formatWebVtt } from './webvtt.js';

/** Reads lines of which the bytes are here; `ProbePool` is one. */
export interface PresentReader {
  present(bytes: PresentBytes, streamIndex: number, known: readonly number[]): Promise<PresentLines | null>;
}

/** A text track of a file that is still on its way. */
export interface GrowingTrack {
  /** Names the contents. */
  readonly contentKey: string;
  readonly streamIndex: number;
  /** What of the file is here now. */
  readonly present: () => Promise<PresentBytes>;
}

interface Gathered {
  readonly lines: Map<number, PresentLine>;
  head: string;
  count: number;
  lookedAt: number;
  look: Promise<void> | null;
}

/** Many players of one household ask again and again. */
const lookEveryMs = 2000;
const mostTracks = 32;
/** Of a script before its own is here: renderers take none without styles. */
const blankHead = '[Script Info]\nScriptType: v4.00+\n\n[V4+ Styles]\n';

/**
 * Text inside films that come piece by piece: the lines whose bytes are here, read where the container's index says, each
 * once. Nothing is fetched for them.
 */
export class GrowingSubtitles {
  private readonly tracks = new RecentMap<string, Gathered>(mostTracks);

  constructor(
    private readonly reader: PresentReader,
    private readonly now = (): number => performance.now(),
  ) {}

  /** WebVTT of the lines so far. @throws SubtitlesFailed where they cannot be told before the file is whole */
  async text(track: GrowingTrack): Promise<string> {
    const { lines } = await this.gathered(track);
    return formatWebVtt([...lines.values()].flatMap(({ cues }) => cues));
  }

  /** The same of an ASS track as a script of its own. @throws as `text` */
  async script(track: GrowingTrack): Promise<string> {
    const { head, lines } = await this.gathered(track);
    const events = [...lines.values()].flatMap(({ cues: [cue], event }) => {
      if (!cue || event === null) return [];
      const { startSeconds, endSeconds } = cue;
      return [{ startSeconds, durationSeconds: endSeconds - startSeconds, payload: Buffer.from(event) }];
    });
    return assScript(head, events) ?? '';
  }

  private async gathered(track: GrowingTrack): Promise<Gathered> {
    const gathered = this.entry(`${track.contentKey}/${track.streamIndex}`);
    const isAll = gathered.lines.size === gathered.count;
    const isDue = this.now() - gathered.lookedAt >= lookEveryMs;
    if (!isAll && isDue) gathered.look ??= this.look(track, gathered).finally(() => (gathered.look = null));
    await gathered.look;
    return gathered;
  }

  private async look({ present, streamIndex }: GrowingTrack, gathered: Gathered): Promise<void> {
    const bytes = await present();
    const known = [...gathered.lines.keys()];
    // Where nothing is here, not even the size is asked for.
    const found =
      bytes.spans.length > 0
        ? await this.reader.present(bytes, streamIndex, known).catch(unlessLater)
        : undefined;
    if (found === null)
      throw new SubtitlesFailed('unreadable', 'These subtitles can be read when the whole file is here.');
    gathered.lookedAt = this.now();
    if (!found) return;
    gathered.head = found.head;
    gathered.count = found.count;
    for (const line of found.lines) gathered.lines.set(line.number, line);
  }

  /** The least recently asked for goes first. */
  private entry(key: string): Gathered {
    const known = this.tracks.get(key);
    const entry = known ?? {
      lines: new Map(),
      head: blankHead,
      count: Infinity,
      lookedAt: -Infinity,
      look: null,
    };
    this.tracks.set(key, entry);
    return entry;
  }
}

/** Not all of the index is here, or nobody had time: the next one looks again. */
function unlessLater(error: unknown): undefined {
  if (!(error instanceof ProbeFailed)) throw error;
}
