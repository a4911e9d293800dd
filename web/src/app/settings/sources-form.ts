import { Component, computed, inject } from '@angular/core';
import { type Provider, providerRoutes } from '@hearth/contract/provider';
import { sourceRoutes, type SourcePreferences } from '@hearth/contract/source';
import { Api } from '../core/api/api';
import { resource } from '../core/api/resource';
import { I18n, translator } from '../core/i18n/i18n';
import { reloadOn } from '../core/live/reload-on';
import { Toasts } from '../core/toasts';
import { LanguageList } from '../ui/language-list';
import { SelectField } from '../ui/select-field';
import { Switch } from '../ui/switch';
import { settingsMessages } from './messages';

const resolutions = ['2160p', '1080p', '720p', '480p'] as const;
/** Gigabytes, as disks are sold. */
const sizes = [1, 2, 4, 8, 15, 30, 60];

/** Which sources you like and whom you want to be asked, where there are providers: saved as it is changed. */
@Component({
  selector: 'app-sources-form',
  imports: [LanguageList, SelectField, Switch],
  templateUrl: './sources-form.html',
  styleUrl: './section.css',
})
export class SourcesForm {
  readonly #api = inject(Api);
  readonly #toasts = inject(Toasts);
  protected readonly i18n = inject(I18n);
  protected readonly t = translator(settingsMessages);
  readonly #providers = resource(providerRoutes.list, () => ({}));
  protected readonly preferences = resource(sourceRoutes.preferences, () => ({}));
  /** Without what lies beside the files: that is the household's, not somebody's. */
  protected readonly providers = computed(() => {
    const on = (this.#providers.value()?.items ?? []).filter(({ enabled }) => enabled);
    const isAnybodyAsked = on.some(({ runtime }) => runtime !== 'home');
    return on.filter(
      ({ runtime, catalogCount }) => isAnybodyAsked && (runtime !== 'home' || catalogCount > 0),
    );
  });
  protected readonly resolutions = computed(() => [
    { value: '', name: this.t('noLimit') },
    ...resolutions.map((value) => ({ value, name: value === '2160p' ? '4K' : value })),
  ]);
  protected readonly sizes = computed(() => {
    const set = this.preferences.value()?.maxSize ?? null;
    const all = new Set(sizes.map((size) => size * 1e9));
    if (set !== null) all.add(set);
    const format = new Intl.NumberFormat(this.i18n.locale(), {
      ...{ style: 'unit', unit: 'gigabyte', maximumFractionDigits: 1 },
    });
    return [
      { value: '', name: this.t('noLimit') },
      ...[...all]
        .sort((a, b) => a - b)
        .map((size) => ({ value: String(size), name: format.format(size / 1e9) })),
    ];
  });

  constructor() {
    reloadOn(['provider.changed'], () => this.#providers.reload());
  }

  protected saveResolution(value: string): void {
    void this.#save({ maxResolution: resolutions.find((one) => one === value) ?? null });
  }

  protected saveSize(value: string): void {
    void this.#save({ maxSize: value ? Number(value) : null });
  }

  protected saveLanguages(languages: readonly string[]): void {
    void this.#save({ languages: [...languages] });
  }

  /** Shown at once; what the server refuses is taken back. */
  protected async hide({ id }: Provider, hidden: boolean): Promise<void> {
    this.#providers.update(({ items }) => ({
      items: items.map((one) => (one.id === id ? { ...one, hidden } : one)),
    }));
    await this.#try(this.#api.call(providerRoutes.prefer, { id, hidden }));
    this.#providers.reload();
  }

  async #save(change: Partial<SourcePreferences>): Promise<void> {
    const before = this.preferences.value();
    if (!before) return;
    const now = { ...before, ...change };
    this.preferences.update(() => now);
    await this.#try(this.#api.call(sourceRoutes.prefer, now));
    this.preferences.reload();
  }

  async #try(done: Promise<unknown>): Promise<void> {
    try {
      await done;
    } catch (error) {
      this.#toasts.failed(this.t('notSaved'), error);
    }
  }
}
