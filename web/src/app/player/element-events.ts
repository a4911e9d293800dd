import type { PlayerEvent, TimeRange } from './player-state';

/** Without a source the element only speaks of being emptied, except for these. */
const alwaysMeant = new Set(['volumechange', 'ratechange', 'play']);

/** Managed Media Source comes as a `<source>`, everything else by `src`. */
const hasSource = (video: HTMLVideoElement) =>
  video.hasAttribute('src') || video.querySelector('source') !== null;

/** Hears `video` and tells it in the player's own events. Returns what stops it. */
export function listenTo(video: HTMLVideoElement, tell: (event: PlayerEvent) => void): () => void {
  const stop = new AbortController();
  const on = (names: string, event: () => PlayerEvent) => {
    for (const name of names.split(' '))
      video.addEventListener(
        name,
        () => {
          if (hasSource(video) || alwaysMeant.has(name)) tell(event());
        },
        { signal: stop.signal },
      );
  };
  on('play', () => ({ type: 'played' }));
  on('playing', () => ({ type: 'playing' }));
  on('pause', () => ({ type: 'paused' }));
  on('waiting stalled', () =>
    video.readyState < 3 ? { type: 'waiting' } : { type: 'buffered', ranges: rangesOf(video) },
  );
  on('timeupdate', () => ({ type: 'time', position: video.currentTime }));
  on('seeked', () => ({ type: 'seeked', position: video.currentTime }));
  on('durationchange', () => ({ type: 'duration', duration: video.duration }));
  on('progress timeupdate seeked loadeddata', () => ({ type: 'buffered', ranges: rangesOf(video) }));
  on('volumechange', () => ({ type: 'volume', volume: video.volume, muted: video.muted }));
  on('ratechange', () => ({ type: 'rate', rate: video.playbackRate }));
  on('ended', () => ({ type: 'ended' }));
  on('error', () => ({ type: 'failed' }));
  return () => stop.abort();
}

function rangesOf({ buffered }: HTMLVideoElement): TimeRange[] {
  return Array.from({ length: buffered.length }, (_, index) => ({
    start: buffered.start(index),
    end: buffered.end(index),
  }));
}
