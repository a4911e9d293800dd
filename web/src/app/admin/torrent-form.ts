import {
  Component,
  computed,
  effect,
  inject,
  input,
  linkedSignal,
  output,
  signal,
  untracked,
} from '@angular/core';
import { type TorrentEngineStatus, torrentRoutes, type TorrentSettings } from '@hearth/contract/torrent';
import { Api } from '../core/api/api';
import { toProblem } from '../core/api/problem';
import { formatAgo } from '../core/format';
import { I18n, translator } from '../core/i18n/i18n';
import { problemWords } from '../core/i18n/problem-words';
import { Toasts } from '../core/toasts';
import { Choice } from '../ui/choice';
import { Icon } from '../ui/icon';
import { SelectField } from '../ui/select-field';
import { Switch } from '../ui/switch';
import { changeOf, type DraftField, draftOf, type TorrentDraft } from './torrent-draft';
import { TorrentField } from './torrent-field';
import { torrentMessages } from './torrent-messages';
import { TorrentSchedules } from './torrent-schedules';

/** Every setting of torrents; what changed is saved together and holds at once. */
@Component({
  selector: 'app-torrent-form',
  imports: [Choice, Icon, SelectField, Switch, TorrentField, TorrentSchedules],
  templateUrl: './torrent-form.html',
  styleUrl: './torrent-form.css',
})
export class TorrentForm {
  readonly #api = inject(Api);
  readonly #toasts = inject(Toasts);
  readonly #locale = inject(I18n).locale;
  readonly #problems = problemWords();
  readonly settings = input.required<TorrentSettings>();
  readonly status = input<TorrentEngineStatus>();
  /** As they hold now. */
  readonly saved = output<TorrentSettings>();
  /** Both lists were fetched again. */
  readonly refreshed = output<TorrentEngineStatus>();
  protected readonly t = translator(torrentMessages);
  /** What is typed; the same settings read again do not take it away. */
  protected readonly draft = linkedSignal<string, TorrentDraft>({
    source: () => JSON.stringify(this.settings()),
    computation: (key, previous) =>
      previous?.source === key ? previous.value : draftOf(this.settings(), this.#locale()),
  });
  protected readonly busy = signal(false);
  protected readonly refreshing = signal(false);
  protected readonly trouble = signal('');
  readonly #tried = signal(false);
  readonly #result = computed(() => changeOf(this.draft(), this.settings()));
  protected readonly wrong = computed<readonly DraftField[]>(() => {
    const result = this.#result();
    return this.#tried() && 'wrong' in result ? result.wrong : [];
  });
  protected readonly dirty = computed(() => {
    const result = this.#result();
    return 'wrong' in result || Object.keys(result.change).length > 0;
  });
  protected readonly ways = [
    { name: 'dht', label: 'dhtSwitch' },
    { name: 'pex', label: 'pexSwitch' },
    { name: 'lsd', label: 'lsdSwitch' },
  ] as const;
  protected readonly encryptions = computed(() => [
    { value: 'off' as const, name: this.t('encOff') },
    { value: 'prefer' as const, name: this.t('encPrefer') },
    { value: 'require' as const, name: this.t('encRequire') },
  ]);
  protected readonly interfaces = computed(() => {
    const names = (this.status()?.interfaces ?? []).map(({ name }) => name);
    const chosen = this.draft().networkInterface;
    return [
      { value: '', name: this.t('anyInterface') },
      ...names.map((name) => ({ value: name, name })),
      ...(chosen === '' || names.includes(chosen)
        ? []
        : [{ value: chosen, name: this.t('missingInterface', { name: chosen }) }]),
    ];
  });
  protected readonly trackerNote = computed(() => this.#listNote('trackerList'));
  protected readonly blockNote = computed(() => this.#listNote('blockList'));

  constructor() {
    // Whoever begins to type again is not told of what was wrong before.
    effect(() => {
      if (!this.dirty()) untracked(() => this.#tried.set(false));
    });
  }

  protected put(change: Partial<TorrentDraft>): void {
    this.draft.update((draft) => ({ ...draft, ...change }));
  }

  protected undo(): void {
    this.draft.set(draftOf(this.settings(), this.#locale()));
    this.trouble.set('');
  }

  protected discover(way: keyof TorrentDraft['discovery'], value: boolean): void {
    this.put({ discovery: { ...this.draft().discovery, [way]: value } });
  }

  protected async save(event: Event): Promise<void> {
    event.preventDefault();
    const result = this.#result();
    this.#tried.set(true);
    this.trouble.set('wrong' in result ? this.t('faultSome') : '');
    if ('wrong' in result || this.busy()) return;
    this.busy.set(true);
    try {
      this.saved.emit(await this.#api.call(torrentRoutes.changeSettings, result.change));
      this.#toasts.show(this.t('saved'), { tone: 'good' });
    } catch (error) {
      this.trouble.set(this.#problems.message(toProblem(error)));
    } finally {
      this.busy.set(false);
    }
  }

  protected async refresh(): Promise<void> {
    this.refreshing.set(true);
    try {
      this.refreshed.emit(await this.#api.call(torrentRoutes.refreshLists));
    } catch (error) {
      this.#toasts.failed(this.t('actionFailed'), error);
    } finally {
      this.refreshing.set(false);
    }
  }

  #listNote(list: 'trackerList' | 'blockList'): string {
    const one = this.status()?.[list];
    if (!one) return '';
    const when = one.refreshedAt ? formatAgo(one.refreshedAt, this.#locale()) : null;
    return [
      this.t(list, { count: one.count }),
      when === null ? this.t('neverRefreshed') : this.t('refreshed', { when }),
      ...(one.error ? [one.error] : []),
    ].join(' · ');
  }
}
