import { Component, computed, inject, input } from '@angular/core';
import type { Library } from '@hearth/contract/library';
import { translator } from '../core/i18n/i18n';
import { Scans } from '../core/live/scans';
import { Icon } from '../ui/icon';
import type { IconName } from '../ui/icon-names';
import { ProgressBar } from '../ui/progress-bar';
import { setupMessages } from './messages';

const icons: Partial<Record<Library['kind'], IconName>> = { movies: 'movie', series: 'tv' };

/** The libraries so far, with how far their scans are. */
@Component({
  selector: 'app-library-progress',
  imports: [Icon, ProgressBar],
  template: `
    @if (rows().length > 0) {
      <section class="card" [attr.aria-label]="t('added')">
        <ul class="libraries">
          @for (row of rows(); track row.id) {
            <li>
              <app-icon [name]="row.icon" />
              <span class="name">{{ row.name }}</span>
              <span class="facts">{{ row.facts }}</span>
              <span class="path">{{ row.path }}</span>
              @if (row.running) {
                <app-progress-bar [value]="row.progress" [label]="t('progress', { name: row.name })" />
              }
            </li>
          }
        </ul>
      </section>
    }
  `,
  styleUrl: './step.css',
})
export class LibraryProgress {
  readonly #scans = inject(Scans);
  readonly libraries = input.required<readonly Library[]>();
  protected readonly t = translator(setupMessages);

  protected readonly rows = computed(() =>
    this.libraries().map((library) => {
      const scan = this.#scans.byLibrary().get(library.id);
      const running = scan ? scan.state === 'running' : library.scanJobId !== null;
      const files = scan
        ? scan.filesTotal === null
          ? scan.filesDone > 0
            ? this.t('foundSoFar', { count: scan.filesDone })
            : this.t('looking')
          : this.t('filesOf', { done: scan.filesDone, total: scan.filesTotal })
        : library.fileCount > 0
          ? this.t('files', { count: library.fileCount })
          : this.t(running ? 'scanning' : 'scanned');
      return {
        id: library.id,
        name: library.name,
        icon: icons[library.kind] ?? 'video_library',
        path: library.folders.map((folder) => folder.path).join(', '),
        running,
        progress: scan?.progress ?? null,
        facts: [files, scan && scan.failed > 0 ? this.t('problems', { count: scan.failed }) : '']
          .filter(Boolean)
          .join(' · '),
      };
    }),
  );
}
