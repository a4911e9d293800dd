import { Component, computed, inject, input, output } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { Library } from '@hearth/contract/library';
import { formatAgo } from '../core/format';
import { I18n, translator } from '../core/i18n/i18n';
import { Scans } from '../core/live/scans';
import { paths } from '../core/paths';
import { Icon } from '../ui/icon';
import { IconButton } from '../ui/icon-button';
import type { IconName } from '../ui/icon-names';
import { Menu } from '../ui/menu';
import { ProgressBar } from '../ui/progress-bar';
import { libraryMessages } from './library-messages';

export type LibraryAction =
  'scan' | 'fullScan' | 'pause' | 'resume' | 'cancelScan' | 'rename' | 'addFolder' | 'remove' | 'forget';

const icons: Readonly<Record<Library['kind'], IconName>> = {
  movies: 'movie',
  series: 'tv',
  music: 'music_note',
  photos: 'image',
  mixed: 'video_library',
};

/** One library with its folders and its scan. */
@Component({
  selector: 'app-library-card',
  imports: [Icon, IconButton, Menu, ProgressBar, RouterLink],
  templateUrl: './library-card.html',
  styleUrl: './library-card.css',
  host: { class: 'card' },
})
export class LibraryCard {
  readonly #scans = inject(Scans);
  readonly #i18n = inject(I18n);
  readonly library = input.required<Library>();
  readonly action = output<LibraryAction>();
  /** Id of the folder to take out. */
  readonly removeFolder = output<string>();
  protected readonly t = translator(libraryMessages);
  protected readonly attentionPath = paths.admin('attention');
  protected readonly icon = computed(() => icons[this.library().kind]);
  protected readonly needLook = computed(() => this.library().unmatchedCount + this.library().failedCount);

  protected readonly scan = computed(() => {
    const { id, scanJobId } = this.library();
    if (scanJobId === null) return null;
    const scan = this.#scans.byLibrary().get(id);
    const current = scan?.jobId === scanJobId ? scan : undefined;
    if (!current) return { paused: false, progress: null, text: this.t('scanning'), changes: '', file: '' };
    const { filesDone: done, filesTotal: total, added, changed, failed } = current;
    const paused = current.state === 'paused';
    const text = total === null ? this.t('counting', { count: done }) : this.t('filesOf', { done, total });
    return {
      paused,
      progress: current.progress,
      text: `${this.t(paused ? 'paused' : 'scanning')} · ${text}`,
      changes: this.t('changes', { added, changed, failed }),
      file: paused ? '' : current.current,
    };
  });
  protected readonly facts = computed(() => {
    const { kind, titleCount, fileCount, lastScanAt } = this.library();
    return [
      this.t(kind === 'mixed' ? 'mixedKind' : kind),
      this.t('titles', { count: titleCount }),
      this.t('files', { count: fileCount }),
      lastScanAt
        ? this.t('scannedAgo', { when: formatAgo(lastScanAt, this.#i18n.locale()) })
        : this.t('neverScanned'),
    ].join(' · ');
  });
}
