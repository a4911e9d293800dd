import { computed, inject, Injectable } from '@angular/core';
import { torrentAccessRoute } from '@hearth/contract/torrent-basics';
import { resource } from './api/resource';
import { Session } from './session/session';

/** Whether torrents are on, and what the signed-in person may do with them; asked once, and again after changes. */
@Injectable({ providedIn: 'root' })
export class TorrentAccess {
  readonly #session = inject(Session);
  readonly #access = resource(torrentAccessRoute, () =>
    // The address is the same for everybody: who signs in after another is asked for anew.
    this.#session.user() ? {} : undefined,
  );

  /** Undefined until the server has said. */
  readonly value = this.#access.value;
  readonly problem = this.#access.problem;
  /** They have a place in the navigation. */
  readonly usable = computed(() => {
    const access = this.#access.value();
    return access !== undefined && access.enabled && access.allowed;
  });

  reload(): void {
    this.#access.reload();
  }
}
