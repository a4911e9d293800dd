import { InjectionToken, signal, type Signal } from '@angular/core';

/** The few words the building blocks say by themselves, in English. */
export const plainWords = {
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
  passwordHint: 'Eight characters or more. A few words in a row work well.',
  passwordShort: 'Use eight characters or more.',
  folders: 'Folders on the server',
  folderUp: 'One level up',
  noFolders: 'No folders in here.',
  moreFolders: 'There are more folders than fit here.',
  folderContains: 'In here:',
  step: 'Step',
  begins: 'Began after',
  takes: 'Took',
  running: 'still running',
};

/** The app provides them in its language. */
export interface UiWords extends Readonly<typeof plainWords> {
  readonly unwatched: (count: number) => string;
  readonly progress: (percent: number) => string;
}

export const UI_WORDS = new InjectionToken<Signal<UiWords>>('words of the building blocks', {
  factory: () =>
    signal({
      ...plainWords,
      unwatched: (count) => `${count} to watch`,
      progress: (percent) => `${percent} % watched`,
    }),
});
