import { computed, DestroyRef, effect, inject, signal, type Signal } from '@angular/core';
import type { SkipMarker } from '@hearth/contract/playback';
import { Playback } from './playback';
import { SessionExtras } from './session-extras';
import { markerAt } from './skip-marker';

/** How long the button stays by itself (ms); after that it comes and goes with the controls. */
const offerMs = 8000;

export interface SkipOffer {
  /** The part that runs and can be skipped. */
  readonly marker: Signal<SkipMarker | undefined>;
  /** It has just begun: the button shows whether the controls do or not. */
  readonly fresh: Signal<boolean>;
  /** Goes to the part's end. False when none runs. */
  skip(): boolean;
}

/** Offers to skip the part that runs. Call where injection works. */
export function skipOffer(): SkipOffer {
  const playback = inject(Playback);
  const { markers } = inject(SessionExtras);
  const fresh = signal(false);
  const marker = computed(() => {
    const session = playback.session();
    const { phase, position } = playback.state();
    return session && phase === 'ready'
      ? markerAt(markers(), position, session.nextEpisode !== null)
      : undefined;
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  // Markers that are asked for again are other objects of the same part.
  const name = computed(() => {
    const part = marker();
    return part && `${part.kind} ${part.startSeconds}`;
  });
  effect(() => {
    clearTimeout(timer);
    fresh.set(name() !== undefined);
    if (name() !== undefined) timer = setTimeout(() => fresh.set(false), offerMs);
  });
  inject(DestroyRef).onDestroy(() => clearTimeout(timer));
  return {
    marker,
    fresh: fresh.asReadonly(),
    skip: () => {
      const part = marker();
      if (part) playback.seek(part.endSeconds);
      return part !== undefined;
    },
  };
}
