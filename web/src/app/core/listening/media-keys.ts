import { DestroyRef, effect, inject, type Signal } from '@angular/core';
import type { Entry } from './listening-queue';

/** What lock screens, headphones' buttons and media keys show and press. */
export interface Remote {
  readonly current: Signal<Entry | undefined>;
  readonly state: Signal<string>;
  readonly position: Signal<number>;
  readonly duration: Signal<number>;
  resume(): void;
  pause(): void;
  next(): void;
  previous(): void;
  seek(seconds: number): void;
}

/** Connects them for as long as something is in the queue. Call where injection works. */
export function connectMediaKeys(remote: Remote): void {
  if (!('mediaSession' in navigator)) return;
  const media = navigator.mediaSession;
  const actions: readonly (readonly [MediaSessionAction, MediaSessionActionHandler])[] = [
    ['play', () => remote.resume()],
    ['pause', () => remote.pause()],
    ['nexttrack', () => remote.next()],
    ['previoustrack', () => remote.previous()],
    ['seekto', ({ seekTime }) => seekTime !== undefined && remote.seek(seekTime)],
  ];
  const set = (isOn: boolean): void => {
    for (const [action, handler] of actions) media.setActionHandler(action, isOn ? handler : null);
  };
  effect(() => {
    const entry = remote.current();
    set(entry !== undefined);
    media.metadata = entry ? new MediaMetadata(describe(entry)) : null;
  });
  effect(() => {
    const state = remote.state();
    media.playbackState = remote.current() ? (state === 'playing' ? 'playing' : 'paused') : 'none';
  });
  effect(() => {
    const [duration, position] = [remote.duration(), remote.position()];
    if (remote.current() && duration > 0)
      media.setPositionState({ duration, position: Math.min(position, duration) });
  });
  inject(DestroyRef).onDestroy(() => set(false));
}

function describe({ track, album }: Entry): MediaMetadataInit {
  return {
    title: track.name,
    artist: track.artists.map(({ name }) => name).join(', ') || (album.artist?.name ?? ''),
    album: album.name,
    artwork: album.cover ? [{ src: `${album.cover.url}&width=480`, sizes: '480x480' }] : [],
  };
}
