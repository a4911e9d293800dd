import { inject, Injectable, signal } from '@angular/core';
import type { ServerEventPayload } from '@hearth/contract/events';
import { Live } from './live';

export type Scan = ServerEventPayload<'scan.progress'>;

/** How far every scan is, by library, as the server tells it; remembered from page to page. */
@Injectable({ providedIn: 'root' })
export class Scans {
  readonly #scans = signal<ReadonlyMap<string, Scan>>(new Map());
  /** By library id. A library that nothing was heard of is absent. */
  readonly byLibrary = this.#scans.asReadonly();

  constructor() {
    inject(Live).on('scan.progress', (scan) =>
      this.#scans.update((scans) => new Map(scans).set(scan.libraryId, scan)),
    );
  }
}
