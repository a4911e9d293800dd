import { Component, computed, effect, model, signal } from '@angular/core';
import { systemRoutes } from '@hearth/contract/system';
import { resource } from '../core/api/resource';
import { translator } from '../core/i18n/i18n';
import { problemWords } from '../core/i18n/problem-words';
import { FolderList } from '../ui/folder-list';
import { libraryMessages } from './library-messages';

/** Walks the server’s folders; the one that is open is the chosen one. */
@Component({
  selector: 'app-folder-chooser',
  imports: [FolderList],
  template: `
    <app-folder-list [listing]="listing.value()" [loading]="listing.loading()" (go)="open.set($event)" />
    @if (trouble()) {
      <p class="trouble" role="alert">{{ trouble() }}</p>
    }
  `,
  styles: `
    .trouble {
      color: var(--app-bad);
      font-size: var(--app-text-sm);
    }
  `,
})
export class FolderChooser {
  readonly #words = problemWords();
  protected readonly t = translator(libraryMessages);
  /** The open folder; `/` means none is chosen yet. */
  readonly path = model('/');
  protected readonly open = signal<string | undefined>(undefined);
  protected readonly listing = resource(systemRoutes.folders, () => ({ path: this.open() }));
  protected readonly trouble = computed(() => {
    const problem = this.listing.problem();
    return problem ? `${this.t('foldersFailed')} ${this.#words.message(problem)}` : '';
  });

  constructor() {
    effect(() => {
      const path = this.listing.value()?.path;
      if (path !== undefined) this.path.set(path);
    });
  }
}
