import { DestroyRef, DOCUMENT, inject } from '@angular/core';

/**
 * Looks every `everyMs` while somebody can see the page, and at once when they come back to it; until the surrounding
 * component is destroyed. Call where injection works.
 */
export function whileVisible(everyMs: number, look: () => void): void {
  const document = inject(DOCUMENT);
  let timer: ReturnType<typeof setInterval> | undefined;
  const follow = () => {
    clearInterval(timer);
    timer = document.visibilityState === 'visible' ? setInterval(look, everyMs) : undefined;
  };
  const turned = () => {
    if (document.visibilityState === 'visible') look();
    follow();
  };
  document.addEventListener('visibilitychange', turned);
  follow();
  inject(DestroyRef).onDestroy(() => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', turned);
  });
}
