import { Component, computed, inject, linkedSignal, output, signal } from '@angular/core';
import { type LibraryKind, libraryRoutes } from '@hearth/contract/library';
import { systemRoutes } from '@hearth/contract/system';
import { Api } from '../core/api/api';
import { toProblem } from '../core/api/problem';
import { resource } from '../core/api/resource';
import { translator } from '../core/i18n/i18n';
import { problemWords } from '../core/i18n/problem-words';
import { guessKind, guessName } from '../core/library-guess';
import { Choice, type ChoiceOption } from '../ui/choice';
import { FolderList } from '../ui/folder-list';
import { Icon } from '../ui/icon';
import { TextField } from '../ui/text-field';
import { LibraryProgress } from './library-progress';
import { setupMessages } from './messages';

/** Adds as many libraries as there are; each is scanned from the moment it is added. */
@Component({
  selector: 'app-folders-step',
  imports: [Choice, FolderList, Icon, LibraryProgress, TextField],
  templateUrl: './folders-step.html',
  styleUrls: ['./step.css', '../ui/trouble.css', './folders-step.css'],
})
export class FoldersStep {
  readonly #api = inject(Api);
  readonly #words = problemWords();
  readonly done = output();
  protected readonly t = translator(setupMessages);
  protected readonly path = signal<string | undefined>(undefined);
  protected readonly listing = resource(systemRoutes.folders, () => ({ path: this.path() }));
  protected readonly libraries = resource(libraryRoutes.list, () => ({}));
  protected readonly here = computed(() => this.listing.value()?.path ?? '/');
  protected readonly name = linkedSignal(() => guessName(this.here()));
  protected readonly kind = linkedSignal<LibraryKind>(() => offered(guessKind(this.here())));
  protected readonly tried = signal(false);
  protected readonly busy = signal(false);
  protected readonly trouble = signal('');

  protected readonly kinds = computed<readonly ChoiceOption<LibraryKind>[]>(() => [
    { value: 'movies', name: this.t('movies'), icon: 'movie' },
    { value: 'series', name: this.t('series'), icon: 'tv' },
    { value: 'mixed', name: this.t('mixed'), icon: 'video_library' },
  ]);
  protected readonly listingTrouble = computed(() => {
    const problem = this.listing.problem();
    return problem ? `${this.t('foldersFailed')} ${this.#words.message(problem)}` : '';
  });

  protected async add(event: Event): Promise<void> {
    event.preventDefault();
    this.tried.set(true);
    if (!this.name().trim() || this.busy()) return;
    this.busy.set(true);
    this.trouble.set('');
    try {
      await this.#api.call(libraryRoutes.create, { name: this.name(), kind: this.kind(), path: this.here() });
      this.tried.set(false);
      this.libraries.reload();
      // The next library is most likely beside this one.
      this.path.set(this.listing.value()?.parent ?? undefined);
    } catch (error) {
      this.trouble.set(this.#words.message(toProblem(error)));
    } finally {
      this.busy.set(false);
    }
  }
}

/** Music and photos can't be shown yet, so they aren't offered. */
function offered(kind: LibraryKind): LibraryKind {
  return kind === 'movies' || kind === 'series' ? kind : 'mixed';
}
