import { Component, inject, signal } from '@angular/core';
import { type Library, libraryRoutes } from '@hearth/contract/library';
import { jobRoutes } from '@hearth/contract/job';
import { Api } from '../core/api/api';
import { resource } from '../core/api/resource';
import { translator } from '../core/i18n/i18n';
import { reloadOn } from '../core/live/reload-on';
import { ProblemState } from '../core/problem-state';
import { Toasts } from '../core/toasts';
import { Confirm } from '../ui/confirm';
import { EmptyState } from '../ui/empty-state';
import { Icon } from '../ui/icon';
import { LibraryCard, type LibraryAction } from './library-card';
import { LibraryDialog, type LibraryTask } from './library-dialog';
import { libraryMessages } from './library-messages';

/** Where the films are, how far their scans are, and what to do about both. */
@Component({
  selector: 'app-libraries',
  imports: [Confirm, EmptyState, Icon, LibraryCard, LibraryDialog, ProblemState],
  templateUrl: './libraries.html',
  styles: `
    .list {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(min(100%, 26rem), 1fr));
      gap: 1rem;
      align-items: start;
      margin-block-end: 1.25rem;
    }
    .skeleton {
      block-size: 12rem;
    }
  `,
})
export class Libraries {
  readonly #api = inject(Api);
  readonly #toasts = inject(Toasts);
  protected readonly t = translator(libraryMessages);
  protected readonly libraries = resource(libraryRoutes.list, () => ({}));
  protected readonly task = signal<LibraryTask | null>(null);
  /** What is being asked about. */
  protected readonly question = signal<{
    readonly kind: 'remove' | 'forget';
    readonly library: Library;
  } | null>(null);

  constructor() {
    reloadOn(['library.changed', 'job.updated'], () => this.libraries.reload());
  }

  protected act(action: LibraryAction, library: Library): void {
    if (action === 'rename' || action === 'addFolder') this.task.set({ kind: action, library });
    else if (action === 'remove' || action === 'forget') this.question.set({ kind: action, library });
    else void this.#try(() => this.#steer(action, library));
  }

  protected removeFolder(library: Library, folderId: string): void {
    void this.#try(() => this.#api.call(libraryRoutes.update, { id: library.id, removeFolderId: folderId }));
  }

  protected confirmed(): void {
    const question = this.question();
    this.question.set(null);
    if (!question) return;
    const { id, name } = question.library;
    void this.#try(async () => {
      if (question.kind === 'remove') {
        await this.#api.call(libraryRoutes.remove, { id });
        this.#toasts.show(this.t('removed', { name }), { tone: 'good' });
      } else {
        const dropped = await this.#api.call(libraryRoutes.forgetMissing, { id });
        this.#toasts.show(this.t('forgotten', dropped), { tone: 'good' });
      }
    });
  }

  #steer(
    action: 'scan' | 'fullScan' | 'pause' | 'resume' | 'cancelScan',
    { id, scanJobId }: Library,
  ): Promise<unknown> {
    if (action === 'scan' || action === 'fullScan')
      return this.#api.call(libraryRoutes.scan, { id, full: action === 'fullScan' });
    if (scanJobId === null) return Promise.resolve();
    const route =
      action === 'pause' ? jobRoutes.pause : action === 'resume' ? jobRoutes.resume : jobRoutes.cancel;
    return this.#api.call(route, { id: scanJobId });
  }

  async #try(run: () => Promise<unknown>): Promise<void> {
    try {
      await run();
    } catch (error) {
      this.#toasts.failed(this.t('actionFailed'), error);
    } finally {
      this.libraries.reload();
    }
  }
}
