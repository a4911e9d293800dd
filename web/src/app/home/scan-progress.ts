import { Component, computed, inject, input, linkedSignal } from '@angular/core';
import type { ServerEventPayload } from '@hearth/contract/events';
import type { Library } from '@hearth/contract/library';
import { translator } from '../core/i18n/i18n';
import { Live } from '../core/live/live';
import { ProgressBar } from '../ui/progress-bar';
import { homeMessages } from './messages';

type Scan = ServerEventPayload<'scan.progress'>;

/** How far the scans are, live, in words and as bars. */
@Component({
  selector: 'app-scan-progress',
  imports: [ProgressBar],
  template: `
    @for (scan of shown(); track scan.id) {
      <div class="scan">
        <p>{{ scan.text }}</p>
        <app-progress-bar [value]="scan.progress" [label]="scan.text" />
        @if (scan.current) {
          <p class="current" dir="auto">{{ scan.current }}</p>
        }
      </div>
    }
  `,
  styles: `
    :host {
      display: grid;
      gap: 0.75rem;
      inline-size: min(34rem, 100%);
    }
    .scan {
      display: grid;
      gap: 0.5rem;
      padding: 0.875rem 1.125rem;
      border-radius: var(--app-radius);
      background: var(--app-surface-1);
      color: var(--app-text-2);
      font-size: var(--app-text-sm);
      font-variant-numeric: tabular-nums;
      text-align: start;
    }
    .current {
      overflow: hidden;
      min-inline-size: 0;
      color: var(--app-text-3);
      font-size: var(--app-text-xs);
      text-overflow: ellipsis;
      white-space: nowrap;
    }
  `,
})
export class ScanProgress {
  readonly libraries = input.required<readonly Library[]>();
  protected readonly t = translator(homeMessages);
  readonly #scans = linkedSignal<readonly Library[], ReadonlyMap<string, Scan>>({
    source: this.libraries,
    computation: (_, previous) => previous?.value ?? new Map(),
  });

  protected readonly shown = computed(() =>
    this.libraries()
      .filter((library) => library.scanJobId !== null)
      .map((library) => {
        const scan = this.#scans().get(library.id);
        const values = { library: library.name, done: scan?.filesDone ?? 0, added: scan?.added ?? 0 };
        const text = !scan
          ? this.t('scanStarting', values)
          : scan.filesTotal === null
            ? this.t('scanCounting', values)
            : this.t('scanLine', { ...values, total: scan.filesTotal });
        return { id: library.id, text, progress: scan?.progress ?? null, current: scan?.current ?? '' };
      }),
  );

  constructor() {
    inject(Live).on('scan.progress', (scan) =>
      this.#scans.update((scans) => new Map(scans).set(scan.libraryId, scan)),
    );
  }
}
