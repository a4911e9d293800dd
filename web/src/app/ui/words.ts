import { InjectionToken, signal, type Signal } from '@angular/core';

/** The few words the building blocks say by themselves. The app provides them in its language. */
export interface UiWords {
  readonly close: string;
  readonly retry: string;
  readonly details: string;
  readonly copy: string;
  readonly copied: string;
  readonly previous: string;
  readonly next: string;
  readonly watched: string;
  readonly unavailable: string;
  readonly loading: string;
  readonly showPassword: string;
  readonly hidePassword: string;
  readonly step: string;
  readonly begins: string;
  readonly takes: string;
  readonly running: string;
  readonly unwatched: (count: number) => string;
  readonly progress: (percent: number) => string;
}

const english: UiWords = {
  close: 'Close',
  retry: 'Try again',
  details: 'Details',
  copy: 'Copy details',
  copied: 'Copied',
  previous: 'Show previous',
  next: 'Show more',
  watched: 'watched',
  unavailable: 'not available right now',
  loading: 'Loading…',
  showPassword: 'Show password',
  hidePassword: 'Hide password',
  step: 'Step',
  begins: 'Began after',
  takes: 'Took',
  running: 'still running',
  unwatched: (count) => `${count} to watch`,
  progress: (percent) => `${percent} % watched`,
};

export const UI_WORDS = new InjectionToken<Signal<UiWords>>('words of the building blocks', {
  factory: () => signal(english),
});
