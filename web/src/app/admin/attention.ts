import { Component, computed, effect, inject, input, signal, untracked } from '@angular/core';
import { Router } from '@angular/router';
import { type AttentionFile, libraryRoutes } from '@hearth/contract/library';
import { Api } from '../core/api/api';
import { type ApiProblem, toProblem } from '../core/api/problem';
import { resource } from '../core/api/resource';
import { formatBytes } from '../core/format';
import { I18n, translator } from '../core/i18n/i18n';
import { reloadOn } from '../core/live/reload-on';
import { paths } from '../core/paths';
import { ProblemState } from '../core/problem-state';
import { Toasts } from '../core/toasts';
import { Choice, type ChoiceOption } from '../ui/choice';
import { EmptyState } from '../ui/empty-state';
import { Icon } from '../ui/icon';
import { SelectField } from '../ui/select-field';
import { attentionMessages } from './attention-messages';
import { type Matched, MatchDialog } from './match-dialog';

type State = 'all' | AttentionFile['state'];

/** Files that wait for a person’s word. The address holds the filters. */
@Component({
  selector: 'app-attention',
  imports: [Choice, EmptyState, Icon, MatchDialog, ProblemState, SelectField],
  templateUrl: './attention.html',
  styleUrl: './attention.css',
})
export class Attention {
  readonly #api = inject(Api);
  readonly #router = inject(Router);
  readonly #toasts = inject(Toasts);
  readonly #i18n = inject(I18n);
  protected readonly t = translator(attentionMessages);
  /** Filters, from the address. */
  readonly library = input<string>();
  readonly state = input<string>();
  protected readonly wanted = computed<State>(() => {
    const state = this.state();
    return state === 'unmatched' || state === 'failed' ? state : 'all';
  });
  readonly #libraries = resource(libraryRoutes.list, () => ({}));
  protected readonly files = signal<readonly AttentionFile[] | undefined>(undefined);
  protected readonly total = signal(0);
  protected readonly cursor = signal<string | null>(null);
  protected readonly problem = signal<ApiProblem | undefined>(undefined);
  protected readonly fixing = signal<AttentionFile | null>(null);

  protected readonly states = computed<readonly ChoiceOption<State>[]>(() => [
    { value: 'all', name: this.t('all') },
    { value: 'unmatched', name: this.t('unmatched') },
    { value: 'failed', name: this.t('failedState') },
  ]);
  protected readonly libraryOptions = computed(() => [
    { value: '', name: this.t('everywhere') },
    ...(this.#libraries.value()?.items ?? []).map(({ id, name }) => ({ value: id, name })),
  ]);

  constructor() {
    effect(() => {
      this.library();
      this.wanted();
      untracked(() => void this.load());
    });
    reloadOn(['library.changed'], () => void this.load());
  }

  protected async load(cursor?: string): Promise<void> {
    const state = this.wanted();
    const filter = { libraryId: this.library() || undefined, state: state === 'all' ? undefined : state };
    try {
      const page = await this.#api.call(libraryRoutes.attention, { ...filter, cursor });
      this.files.update((files) => (cursor ? [...(files ?? []), ...page.items] : page.items));
      this.total.set(page.total);
      this.cursor.set(page.nextCursor);
      this.problem.set(undefined);
    } catch (error) {
      this.problem.set(toProblem(error));
    }
  }

  protected filter(change: { state?: State; library?: string }): void {
    const queryParams = {
      ...(change.state === undefined ? {} : { state: change.state === 'all' ? null : change.state }),
      ...(change.library === undefined ? {} : { library: change.library || null }),
    };
    void this.#router.navigate([], { queryParams, queryParamsHandling: 'merge', replaceUrl: true });
  }

  protected matched({ file, name, titleId }: Matched): void {
    this.files.update((files) => files?.filter(({ id }) => id !== file.id));
    this.total.update((total) => total - 1);
    this.#toasts.show(this.t('saved', { name }), {
      tone: 'good',
      action: { label: this.t('show'), run: () => void this.#router.navigateByUrl(paths.title(titleId)) },
    });
  }

  /** Music and photos are neither film nor episode: there is nothing to say about them. */
  protected comesLater({ media }: AttentionFile): boolean {
    return media !== 'video';
  }

  protected size({ size }: AttentionFile): string {
    return formatBytes(size, this.#i18n.locale());
  }
}
