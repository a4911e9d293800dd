import { Component, computed, ElementRef, inject, input } from '@angular/core';
import { Router } from '@angular/router';
import { discoverRoutes } from '@hearth/contract/discover';
import type { TitleReference } from '@hearth/contract/provider-exchange';
import { AbsentState } from '../core/absent-state';
import { resource } from '../core/api/resource';
import { CastRow } from '../core/cast/cast-row';
import { formatEpisodeCode } from '../core/format';
import { FoundCard } from '../core/found/found-card';
import { translator } from '../core/i18n/i18n';
import { PageTitle } from '../core/page-title';
import { paths } from '../core/paths';
import { ProblemState } from '../core/problem-state';
import { foundSources } from '../core/sources/found-sources';
import { SourceTable } from '../core/sources/source-table';
import { hueOf, titleHue } from '../ui/artwork-color';
import { Carousel } from '../ui/carousel';
import { arrowDirections, moveFocus } from '../ui/spatial';
import { FoundEpisodes } from './found-episodes';
import { FoundHead } from './found-head';
import { discoverMessages } from './messages';

/** A title as a provider knows it, where to get it, and Play. */
@Component({
  selector: 'app-found-title',
  imports: [AbsentState, Carousel, CastRow, FoundCard, FoundEpisodes, FoundHead, ProblemState, SourceTable],
  templateUrl: './found-title.html',
  styleUrl: '../ui/title-page.css',
  host: { '[style.--hue]': 'hue()', '(keydown)': 'steer($event)' },
})
export class FoundTitlePage {
  readonly providerId = input.required<string>();
  readonly type = input.required<string>();
  readonly itemId = input.required<string>();
  /** From the address: whose sources are shown. */
  readonly episode = input<string>();

  readonly #router = inject(Router);
  readonly #host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  protected readonly t = translator(discoverMessages);
  protected readonly paths = paths;
  protected readonly detail = resource(discoverRoutes.title, () => ({
    ...{ id: this.providerId(), type: this.type(), itemId: this.itemId() },
  }));
  /** The episode the address names, else the first that is no special. */
  protected readonly current = computed(() => {
    const episodes = this.detail.value()?.episodes ?? [];
    const named = episodes.find(({ id }) => id === this.episode());
    return named ?? episodes.find(({ season }) => season > 0) ?? episodes[0];
  });
  readonly #reference = computed<TitleReference | undefined>(
    () => {
      const title = this.detail.value();
      if (!title) return undefined;
      const { type, id, externalIds, name, originalName, year } = title;
      const episode = this.current();
      return {
        ...{ type, id, externalIds, name },
        ...(originalName ? { originalName } : {}),
        ...(year === null ? {} : { year }),
        ...(episode && { season: episode.season, episode: episode.episode }),
      };
    },
    { equal: (a, b) => JSON.stringify(a) === JSON.stringify(b) },
  );
  protected readonly sources = foundSources(this.#reference);
  /** Which episode’s sources are shown; empty for a film. */
  protected readonly code = computed(() => {
    const episode = this.current();
    return episode ? formatEpisodeCode(episode.season, episode.episode) : '';
  });
  protected readonly hue = computed(() => {
    const title = this.detail.value();
    const color = title?.backdrop?.color ?? title?.poster?.color;
    return (color ? hueOf(color) : null) ?? titleHue(title?.name ?? '');
  });

  constructor() {
    inject(PageTitle).follow(() => this.detail.value()?.name);
  }

  protected choose(id: string): void {
    void this.#router.navigate([], { queryParams: { episode: id }, replaceUrl: true });
  }

  /** A remote’s up and down go from part to part; rows have left and right. */
  protected steer(event: KeyboardEvent): void {
    const direction = arrowDirections[event.key];
    if (event.defaultPrevented || !direction || !(event.target instanceof HTMLElement)) return;
    if (event.target.closest('input, select, textarea, [role=menu], dialog')) return;
    if (moveFocus(this.#host, event.target, direction)) event.preventDefault();
  }
}
