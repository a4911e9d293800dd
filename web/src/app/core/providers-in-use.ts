import { computed, inject, Injectable } from '@angular/core';
import { providerRoutes } from '@hearth/contract/provider';
import { resource } from './api/resource';
import { reloadOn } from './live/reload-on';
import { Session } from './session/session';

/** What the providers are for that the signed-in person has; asked once, and again after changes. */
@Injectable({ providedIn: 'root' })
export class ProvidersInUse {
  readonly #session = inject(Session);
  readonly #list = resource(providerRoutes.list, () =>
    // The address is the same for everybody: who signs in after another is asked for anew.
    this.#session.user() ? {} : undefined,
  );
  readonly #away = computed(() =>
    (this.#list.value()?.items ?? []).filter(
      ({ enabled, hidden, runtime }) => enabled && !hidden && runtime !== 'home',
    ),
  );
  /** Somebody lists something that the house does not have itself. */
  readonly haveCatalogs = computed(() => this.#away().some(({ catalogCount }) => catalogCount > 0));
  /** Somebody can be asked where a title is to be had. */
  readonly haveSources = computed(() =>
    this.#away().some(({ capabilities }) => capabilities.includes('source')),
  );

  constructor() {
    reloadOn(['provider.changed'], () => this.#list.reload());
  }
}
