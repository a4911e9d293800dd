import { DestroyRef, inject, type Signal, signal } from '@angular/core';
import type { IconName } from '../ui/icon-names';

const shownMs = 700;

/** What a key has done, for a moment in the middle of the picture. */
export interface Feedback {
  readonly shown: Signal<{ readonly icon: IconName; readonly text: string } | null>;
  show(icon: IconName, text?: string): void;
}

/** Call where injection works (a field). */
export function feedback(): Feedback {
  const shown = signal<{ icon: IconName; text: string } | null>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;
  inject(DestroyRef).onDestroy(() => clearTimeout(timer));
  return {
    shown,
    show: (icon, text = '') => {
      shown.set({ icon, text });
      clearTimeout(timer);
      timer = setTimeout(() => shown.set(null), shownMs);
    },
  };
}
