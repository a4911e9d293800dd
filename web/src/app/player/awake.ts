import { DestroyRef, inject, signal, type Signal } from '@angular/core';

/** How long controls stay after the last sign of a person (ms). */
const stayMs = 3000;

export interface Awake {
  readonly awake: Signal<boolean>;
  /** A person did something. */
  touch(): void;
  /** Hides at once. */
  sleep(): void;
}

/** Whether someone is busy with the controls. Call where injection works. */
export function awakeness(): Awake {
  const awake = signal(true);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const touch = () => {
    awake.set(true);
    clearTimeout(timer);
    timer = setTimeout(() => awake.set(false), stayMs);
  };
  inject(DestroyRef).onDestroy(() => clearTimeout(timer));
  touch();
  return {
    awake: awake.asReadonly(),
    touch,
    sleep: () => {
      clearTimeout(timer);
      awake.set(false);
    },
  };
}
