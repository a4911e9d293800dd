import type { Readable } from 'node:stream';
import type { RendererMedia } from './renderer-capabilities.js';

/** The screen or speaker that plays. */
export interface RendererDevice {
  /** The server's id of it. */
  readonly id: string;
  readonly name: string;
}

/** A file as it is, any range of it. */
export interface OpenedFile {
  readonly kind: 'bytes';
  readonly fileId: string;
  readonly media: RendererMedia;
  /** Of HTTP, such as `video/x-matroska`. */
  readonly mediaType: string;
  readonly size: number;
  readonly durationSeconds?: number;
  readonly modified: Date;
  /** Both ends included; no faster than the account's bandwidth. Destroying it closes the file. */
  read(from: number, to: number): Readable;
}

/** A conversion that has begun. */
export interface RunningConversion {
  /** MPEG-TS, or music; errors with a `ProblemError`. Destroying it ends the encoder. */
  readonly stream: Readable;
  /** Where it really begins: a copied picture begins at the key frame nearest to what was asked for. */
  readonly startSeconds: number;
  /** Seconds of the film that were read from the stream so far, counted from the film's beginning. */
  readonly sentSeconds: () => number;
}

/** What is made while it is sent. */
export interface OpenedConversion {
  readonly kind: 'conversion';
  readonly fileId: string;
  readonly media: RendererMedia;
  readonly durationSeconds?: number;
  /**
   * Begins at a second of the film; resolves with its first bytes there. A paused reader stops the encoder, for as long
   * as it likes. @throws ProblemError STREAM_LIMIT_REACHED, SOURCE_UNAVAILABLE, UNAVAILABLE, TRANSCODE_FAILED
   */
  start(fromSeconds: number, signal?: AbortSignal): Promise<RunningConversion>;
}

/** Where a renderer is. */
export interface RendererReport {
  readonly accountId: string;
  readonly device: RendererDevice;
  readonly fileId: string;
  /** Of the film. */
  readonly positionSeconds: number;
  readonly state: 'playing' | 'paused' | 'stopped';
}
