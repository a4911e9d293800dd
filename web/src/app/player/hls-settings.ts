import type { HlsConfig, RetryConfig } from 'hls.js';

/** Tries at a segment that the converter has not made yet: with the server's own pauses, about ten minutes. */
const lateTries = 200;
/** Tries after an answer that says “broken”, or none. */
const brokenTries = 4;

/**
 * Whether to ask again: 503 means “not yet”, and is asked as often as it takes; other server errors a few times; what
 * is refused (4xx) never. Without an answer the network may be back in a moment.
 */
export const askAgain: NonNullable<RetryConfig['shouldRetry']> = (_, count, isTimeout, response) => {
  const code = response?.code ?? 0;
  if (code === 503) return count < lateTries;
  return (isTimeout || code === 0 || code >= 500) && count < brokenTries;
};

const retry: RetryConfig = {
  maxNumRetry: brokenTries,
  retryDelayMs: 500,
  maxRetryDelayMs: 8000,
  shouldRetry: askAgain,
};
/** A segment that must be encoded first may take its time to the first byte (hls.js#5692). */
const patient = {
  maxTimeToFirstByteMs: 30_000,
  maxLoadTimeMs: 120_000,
  timeoutRetry: retry,
  errorRetry: retry,
};

/** hls.js as this server needs it. */
export function hlsSettings(startSeconds: number): Partial<HlsConfig> {
  return {
    // The quality is pinned before anything is loaded, or hls.js would begin with one nobody asked for.
    autoStartLoad: false,
    startPosition: startSeconds,
    // The usual 0.25 s makes it load the next short segment and leave a hole before it.
    maxFragLookUpTolerance: 0,
    maxBufferLength: 30,
    backBufferLength: 90,
    lowLatencyMode: false,
    testBandwidth: false,
    // Fragmented MP4 is passed through: a worker would only copy it twice.
    enableWorker: false,
    // Subtitles are drawn by the player itself.
    renderTextTracksNatively: false,
    enableWebVTT: false,
    enableCEA708Captions: false,
    fragLoadPolicy: { default: patient },
    playlistLoadPolicy: { default: patient },
    manifestLoadPolicy: { default: patient },
  };
}

/** The pause (ms) the server asked for, kept between a quarter of a second and half a minute; undefined: it did not. */
export function askedPause(header: string | null): number | undefined {
  const seconds = Number(header);
  if (header === null || !Number.isFinite(seconds) || seconds < 0) return undefined;
  return Math.min(30_000, Math.max(250, seconds * 1000));
}
