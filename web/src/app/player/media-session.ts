import { DestroyRef, effect, inject } from '@angular/core';
import { formatEpisodeCode } from '../core/format';
import { atWidth } from '../ui/picture';
import type { Playback } from './playback';

/**
 * Shows what plays on lock screens, headphones’ buttons and media keys, and obeys them. Call where injection works.
 * `next` is asked for the next episode.
 */
export function connectMediaSession(playback: Playback, next: () => void): void {
  if (!('mediaSession' in navigator)) return;
  const media = navigator.mediaSession;
  effect(() => {
    const session = playback.session();
    media.metadata = session ? new MediaMetadata(describe(session)) : null;
    set('nexttrack', session?.nextEpisode ? next : null);
  });
  effect(() => {
    const { paused, phase } = playback.state();
    media.playbackState = phase === 'opening' || phase === 'failed' ? 'none' : paused ? 'paused' : 'playing';
  });
  effect(() => {
    const { duration, position, rate } = playback.state();
    if (duration > 0)
      media.setPositionState({ duration, position: Math.min(position, duration), playbackRate: rate });
  });
  set('play', () => playback.play());
  set('pause', () => playback.pause());
  set('seekbackward', ({ seekOffset }) => playback.skip(-(seekOffset ?? 10)));
  set('seekforward', ({ seekOffset }) => playback.skip(seekOffset ?? 10));
  set('seekto', ({ seekTime }) => seekTime !== undefined && playback.seek(seekTime));
  inject(DestroyRef).onDestroy(() => {
    for (const action of ['play', 'pause', 'seekbackward', 'seekforward', 'seekto', 'nexttrack'] as const)
      set(action, null);
    media.metadata = null;
    media.playbackState = 'none';
  });

  function set(action: MediaSessionAction, handler: MediaSessionActionHandler | null): void {
    try {
      media.setActionHandler(action, handler);
    } catch {
      // Browsers refuse actions they don't know; the others still work.
    }
  }
}

function describe({ title, episode }: NonNullable<ReturnType<Playback['session']>>): MediaMetadataInit {
  const poster = title.poster;
  return {
    title: episode
      ? `${formatEpisodeCode(episode.seasonNumber, episode.number)} · ${episode.name}`
      : title.name,
    artist: episode ? title.name : String(title.year ?? ''),
    artwork: poster ? [{ src: atWidth(poster.url, 480), sizes: '480x720', type: 'image/webp' }] : [],
  };
}
