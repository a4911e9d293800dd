import { computed, inject, type Signal } from '@angular/core';
import type { Preferences } from '@hearth/contract/account';
import { translator } from '../i18n/i18n';
import { Session } from '../session/session';
import { Toasts } from '../toasts';
import { preferenceMessages } from './preference-messages';

export interface Preferred {
  /** Undefined while nobody is signed in. */
  readonly now: Signal<Preferences | undefined>;
  /** Shown at once; says when it could not be saved. */
  save(change: Partial<Preferences>): void;
}

/** The account's preferences, to show and to change. Call where injection works (a field). */
export function preferred(): Preferred {
  const session = inject(Session);
  const toasts = inject(Toasts);
  const t = translator(preferenceMessages);
  return {
    now: computed(() => session.user()?.preferences),
    save: (change) =>
      void session.prefer(change).catch((error: unknown) => toasts.failed(t('saveFailed'), error)),
  };
}
