import { Component, computed, inject, linkedSignal, model, output, signal } from '@angular/core';
import { type Library, type LibraryKind, libraryRoutes } from '@hearth/contract/library';
import { Api } from '../core/api/api';
import { toProblem } from '../core/api/problem';
import { translator } from '../core/i18n/i18n';
import { problemWords } from '../core/i18n/problem-words';
import { guessKind, guessName } from '../core/library-guess';
import { Choice, type ChoiceOption } from '../ui/choice';
import { Dialog } from '../ui/dialog';
import { TextField } from '../ui/text-field';
import { FolderChooser } from './folder-chooser';
import { libraryMessages } from './library-messages';

/** What the dialog is for; `null` while it is closed. */
export type LibraryTask =
  { readonly kind: 'add' } | { readonly kind: 'rename' | 'addFolder'; readonly library: Library };

/** Adds a library, renames one, or adds a folder to one. */
@Component({
  selector: 'app-library-dialog',
  imports: [Choice, Dialog, FolderChooser, TextField],
  templateUrl: './library-dialog.html',
})
export class LibraryDialog {
  readonly #api = inject(Api);
  readonly #words = problemWords();
  protected readonly t = translator(libraryMessages);
  readonly task = model<LibraryTask | null>(null);
  /** Something was changed. */
  readonly changed = output();
  protected readonly path = signal('/');
  protected readonly name = linkedSignal(() => {
    const task = this.task();
    return task?.kind === 'rename' ? task.library.name : guessName(this.path());
  });
  protected readonly kind = linkedSignal<LibraryKind>(() => {
    const guess = guessKind(this.path());
    return guess === 'movies' || guess === 'series' ? guess : 'mixed';
  });
  protected readonly tried = signal(false);
  protected readonly busy = signal(false);
  protected readonly trouble = signal('');
  protected readonly kinds = computed<readonly ChoiceOption<LibraryKind>[]>(() => [
    { value: 'movies', name: this.t('movies'), icon: 'movie' },
    { value: 'series', name: this.t('series'), icon: 'tv' },
    { value: 'mixed', name: this.t('mixed'), icon: 'video_library' },
  ]);
  protected readonly heading = computed(() => {
    const task = this.task();
    if (!task || task.kind === 'add') return this.t('addHeading');
    return this.t(task.kind === 'rename' ? 'renameHeading' : 'addFolderHeading', { name: task.library.name });
  });
  protected readonly label = computed(() =>
    this.task()?.kind === 'rename'
      ? this.t('save')
      : this.path() === '/'
        ? this.t('add')
        : this.t('addThis', { path: this.path() }),
  );

  protected close(): void {
    this.task.set(null);
    this.trouble.set('');
    this.tried.set(false);
    this.path.set('/');
  }

  protected async submit(event: Event): Promise<void> {
    event.preventDefault();
    const task = this.task();
    this.tried.set(true);
    this.trouble.set('');
    if (!task || this.busy()) return;
    if (task.kind !== 'rename' && this.path() === '/') return this.trouble.set(this.t('chooseFolder'));
    if (task.kind !== 'addFolder' && !this.name().trim()) return;
    this.busy.set(true);
    try {
      await this.#save(task);
      this.close();
      this.changed.emit();
    } catch (error) {
      this.trouble.set(this.#words.message(toProblem(error)));
    } finally {
      this.busy.set(false);
    }
  }

  #save(task: LibraryTask): Promise<Library> {
    if (task.kind === 'add')
      return this.#api.call(libraryRoutes.create, {
        name: this.name(),
        kind: this.kind(),
        path: this.path(),
      });
    const change = task.kind === 'rename' ? { name: this.name() } : { addFolder: this.path() };
    return this.#api.call(libraryRoutes.update, { id: task.library.id, ...change });
  }
}
