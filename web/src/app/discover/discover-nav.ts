import { Component, computed, inject, input } from '@angular/core';
import { Router, RouterLink, type UrlTree } from '@angular/router';
import { providerRoutes } from '@hearth/contract/provider';
import type { Catalog } from '@hearth/contract/provider-manifest';
import { resource } from '../core/api/resource';
import { translator } from '../core/i18n/i18n';
import { reloadOn } from '../core/live/reload-on';
import { paths } from '../core/paths';
import { discoverMessages } from './messages';

/** Whose lists are shown, and which of them. */
@Component({
  selector: 'app-discover-nav',
  imports: [RouterLink],
  template: `
    <nav class="row" [attr.aria-label]="t('providers')">
      <a
        class="tab"
        [routerLink]="paths.discover()"
        [class.on]="!providerId()"
        [attr.aria-current]="providerId() ? null : 'page'"
        >{{ t('all') }}</a
      >
      @for (provider of providers(); track provider.id) {
        <a
          class="tab"
          [routerLink]="paths.catalog(provider.id)"
          [class.on]="provider.id === providerId()"
          [attr.aria-current]="provider.id === providerId() ? 'page' : null"
          ><bdi>{{ provider.name }}</bdi></a
        >
      }
    </nav>
    @if (catalogs().length > 1) {
      <nav class="row" [attr.aria-label]="t('lists', { name: name() })">
        @for (one of catalogs(); track $index) {
          <a
            class="chip"
            [routerLink]="linkOf(one)"
            [class.on]="one === catalog()"
            [attr.aria-current]="one === catalog() ? 'page' : null"
            >{{ one.name }}</a
          >
        }
      </nav>
    }
  `,
  styleUrl: './discover-nav.css',
})
export class DiscoverNav {
  /** Empty: all of them. */
  readonly providerId = input('');
  readonly catalogs = input<readonly Catalog[]>([]);
  readonly catalog = input<Catalog>();
  readonly #router = inject(Router);
  protected readonly t = translator(discoverMessages);
  protected readonly paths = paths;
  readonly #all = resource(providerRoutes.list, () => ({}));
  protected readonly providers = computed(() =>
    (this.#all.value()?.items ?? []).filter(
      ({ id, enabled, hidden, catalogCount }) =>
        id === this.providerId() || (enabled && !hidden && catalogCount > 0),
    ),
  );
  protected readonly name = computed(
    () => this.providers().find(({ id }) => id === this.providerId())?.name ?? '',
  );

  constructor() {
    reloadOn(['provider.changed'], () => this.#all.reload());
  }

  /** Parsed: names of lists hold anything, slashes too. */
  protected linkOf({ type, id }: Catalog): UrlTree {
    return this.#router.parseUrl(paths.catalog(this.providerId(), type, id));
  }
}
