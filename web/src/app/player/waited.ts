import { DestroyRef, effect, inject, type Signal, signal } from '@angular/core';

/** How long `busy` has been true, ms, in these steps; 0 at first. Call where injection works (a field). */
export function waited(busy: Signal<boolean>, steps: readonly number[]): Signal<number> {
  const passed = signal(0);
  const timers: ReturnType<typeof setTimeout>[] = [];
  const stop = (): void => timers.splice(0).forEach(clearTimeout);
  effect(() => {
    stop();
    passed.set(0);
    if (!busy()) return;
    for (const ms of steps) timers.push(setTimeout(() => passed.set(ms), ms));
  });
  inject(DestroyRef).onDestroy(stop);
  return passed;
}
