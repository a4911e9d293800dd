import {
  afterNextRender,
  Component,
  computed,
  effect,
  ElementRef,
  inject,
  Injector,
  signal,
} from '@angular/core';
import { type Provider, providerRoutes } from '@hearth/contract/provider';
import { Api } from '../core/api/api';
import { toProblem } from '../core/api/problem';
import { resource } from '../core/api/resource';
import { translator } from '../core/i18n/i18n';
import { problemWords } from '../core/i18n/problem-words';
import { reloadOn } from '../core/live/reload-on';
import { ProblemState } from '../core/problem-state';
import { Toasts } from '../core/toasts';
import { Confirm } from '../ui/confirm';
import { EmptyState } from '../ui/empty-state';
import { Icon } from '../ui/icon';
import { ProviderAdd } from './provider-add';
import { ProviderCard, type Trial } from './provider-card';
import { providerMessages } from './provider-messages';
import { ProviderSettingsDialog } from './provider-settings';

/** Providers in the order they are asked: what they give, how they do, and everything that can be done with them. */
@Component({
  selector: 'app-admin-providers',
  imports: [Confirm, EmptyState, Icon, ProblemState, ProviderAdd, ProviderCard, ProviderSettingsDialog],
  templateUrl: './providers.html',
  styleUrl: './providers.css',
})
export class AdminProviders {
  readonly #api = inject(Api);
  readonly #toasts = inject(Toasts);
  readonly #words = problemWords();
  readonly #host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  readonly #injector = inject(Injector);
  protected readonly t = translator(providerMessages);
  protected readonly providers = resource(providerRoutes.list, () => ({}));
  /** Ids in the order that was last asked for, until the server has been told and has answered since. */
  readonly #wanted = signal<readonly string[] | null>(null);
  readonly #moving = signal(0);
  #told: Promise<unknown> = Promise.resolve();
  protected readonly items = computed(() => {
    const [items, wanted] = [this.providers.value()?.items, this.#wanted()];
    return wanted ? items?.toSorted((a, b) => wanted.indexOf(a.id) - wanted.indexOf(b.id)) : items;
  });
  protected readonly adding = signal(false);
  protected readonly configuring = signal<Provider | null>(null);
  protected readonly removing = signal<Provider | null>(null);
  protected readonly trials = signal<Readonly<Record<string, Trial>>>({});
  /** For screen readers: where a provider has gone. */
  protected readonly moved = signal('');

  constructor() {
    reloadOn(['provider.changed'], () => this.providers.reload());
    effect(() => {
      if (this.#moving() === 0 && !this.providers.loading()) this.#wanted.set(null);
    });
  }

  /** Changes places with its neighbour. */
  protected async move({ id, name }: Provider, by: -1 | 1): Promise<void> {
    const order = (this.items() ?? []).map((one) => one.id);
    const from = order.indexOf(id);
    const to = from + by;
    const other = order[to];
    if (other === undefined) return;
    this.#wanted.set(order.with(from, other).with(to, id));
    this.moved.set(this.t('moved', { name, place: to + 1, count: order.length }));
    this.#keepFocus(id, by);
    this.#moving.update((moving) => moving + 1);
    // One after the other: places are counted in the order that the move before made.
    this.#told = this.#told.then(() =>
      this.#try(() => this.#api.call(providerRoutes.update, { id, priority: to })),
    );
    await this.#told;
    this.providers.reload();
    this.#moving.update((moving) => moving - 1);
  }

  protected async turn(provider: Provider, enabled: boolean): Promise<void> {
    this.#show({ ...provider, enabled });
    await this.#try(async () =>
      this.#show(await this.#api.call(providerRoutes.update, { id: provider.id, enabled })),
    );
    this.providers.reload();
  }

  protected async test({ id }: Provider): Promise<void> {
    const say = (trial: Trial) => this.trials.update((trials) => ({ ...trials, [id]: trial }));
    say(null);
    try {
      const { provider, ...trial } = await this.#api.call(providerRoutes.test, { id });
      say(trial);
      this.#show(provider);
    } catch (error) {
      say({ ok: false, ms: 0, message: this.#words.message(toProblem(error)) });
    }
  }

  protected async remove(provider: Provider): Promise<void> {
    await this.#try(async () => {
      await this.#api.call(providerRoutes.remove, { id: provider.id });
      this.#toasts.show(this.t('removed', { name: provider.name }), { tone: 'good' });
    });
    this.providers.reload();
  }

  protected added(provider: Provider): void {
    const wasThere = this.items()?.some(({ id }) => id === provider.id) ?? false;
    const { name, version } = provider;
    this.#toasts.show(this.t(wasThere ? 'updated' : 'added', { name, version }), { tone: 'good' });
    this.providers.reload();
    if (provider.health.state === 'unconfigured') this.configuring.set(provider);
  }

  #show(provider: Provider): void {
    this.providers.update(({ items }) => ({
      items: items.map((one) => (one.id === provider.id ? provider : one)),
    }));
  }

  /** A row that is moved in the page loses the focus; at the end of the list its other button takes it. */
  #keepFocus(id: string, by: -1 | 1): void {
    const button = (name: string) =>
      this.#host.querySelector<HTMLButtonElement>(`[data-provider="${id}"] .${name}:not(:disabled)`);
    const names = by < 0 ? ['up', 'down'] : ['down', 'up'];
    afterNextRender(() => names.map(button).find(Boolean)?.focus(), { injector: this.#injector });
  }

  async #try(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#toasts.failed(this.t('actionFailed'), error);
    }
  }
}
