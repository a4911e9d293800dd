import type { StreamStatus } from '@hearth/contract/stream';
import type { Caller } from '../../common/http/caller.js';
import { newId } from '../../common/id.js';
import { WaitTimeline } from '../live/wait-timeline.js';

/** What an outside client asks for. */
export interface StreamWish {
  readonly link: string;
  readonly quality: 'original' | '1080p' | '720p' | '480p';
  readonly fileIndex?: number | undefined;
}

/** A stream that a client started and asks after, from the link to its playlist. */
export class RunningStream {
  readonly id = newId();
  readonly startedAt = Date.now();
  /** When its client was last heard of, ms since the epoch. */
  heardAt = Date.now();
  readonly timeline = new WaitTimeline();
  status: StreamStatus['status'] = 'downloading';
  message = 'Looking for others who have it.';
  infoHash: string | null = null;
  /** Nobody had the torrent before: it goes with the stream. */
  isTemporary = false;
  sessionId: string | null = null;
  streamUrl: string | null = null;
  duration: number | null = null;
  private readonly over = new AbortController();

  constructor(
    readonly wish: StreamWish,
    readonly caller: Caller,
  ) {}

  /** Aborts when it ends. */
  get signal(): AbortSignal {
    return this.over.signal;
  }

  get isOver(): boolean {
    return this.over.signal.aborted;
  }

  heard(): void {
    this.heardAt = Date.now();
  }

  failed(message: string): void {
    this.timeline.end();
    this.status = 'error';
    this.message = message;
  }

  stop(): void {
    this.timeline.end();
    this.status = 'stopped';
    this.message = 'Stopped.';
    this.over.abort();
  }
}
