import { DestroyRef, effect, inject, untracked } from '@angular/core';
import type { ServerEventName } from '@hearth/contract/events';
import { Live } from './live';

/** Scans announce changes many times a second; a page reads again at most this often (ms). */
const quietMs = 1200;

/**
 * Reads again what is shown when one of `events` arrives, and after events may have been missed. To whom something is
 * hidden or shown from now on, the library changed.
 */
export function reloadOn(events: readonly ServerEventName[], reload: () => void): void {
  const live = inject(Live);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last = 0;
  const soon = () => {
    timer ??= setTimeout(
      () => {
        timer = undefined;
        last = Date.now();
        reload();
      },
      Math.max(0, last + quietMs - Date.now()),
    );
  };
  for (const name of events) live.on(name, soon);
  if (events.includes('library.changed')) live.on('limits.changed', soon);
  let seen = live.gaps();
  effect(() => {
    const gaps = live.gaps();
    if (gaps !== seen) untracked(soon);
    seen = gaps;
  });
  inject(DestroyRef).onDestroy(() => clearTimeout(timer));
}
