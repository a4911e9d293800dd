import { DestroyRef, inject } from '@angular/core';
import type { Playback } from './playback';

/**
 * Saves the place when nobody looks, and ends the session with the page, so that a closed tab is not counted among the
 * streams. A page that the browser has kept (back/forward cache) goes on as it was, in a fresh session.
 */
export function followPage(playback: Playback): void {
  /** Whether the film ran when its session ended; undefined while there is nothing to go on with. */
  let ran: boolean | undefined;
  const { place, state, running } = playback;
  const left = () => {
    const isRunning = running();
    if (place.pageLeft(state().position)) ran = isRunning;
  };
  const shown = async () => {
    if (ran === undefined) return;
    const goOn = ran;
    ran = undefined;
    await playback.retry();
    if (!goOn) playback.pause();
  };
  const turned = () => {
    if (document.visibilityState === 'hidden') place.pageHidden(state().position);
    else void shown();
  };
  const player = new AbortController();
  const { signal } = player;
  addEventListener('pagehide', left, { signal });
  addEventListener('pageshow', () => void shown(), { signal });
  document.addEventListener('visibilitychange', turned, { signal });
  inject(DestroyRef).onDestroy(() => player.abort());
}
