import {
  afterNextRender,
  Component,
  computed,
  ElementRef,
  inject,
  Injector,
  input,
  linkedSignal,
  signal,
} from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { filesAmong, sourceRoutes } from '@hearth/contract/source';
import { type Episode, titleRoutes, type TitleDetail } from '@hearth/contract/title';
import { resource } from '../core/api/resource';
import { CastRow } from '../core/cast/cast-row';
import { formatEpisodeCode } from '../core/format';
import { PartsLine } from '../core/found/parts-line';
import { translator } from '../core/i18n/i18n';
import { Live } from '../core/live/live';
import { reloadOn } from '../core/live/reload-on';
import { PageTitle } from '../core/page-title';
import { paths } from '../core/paths';
import { ProblemState } from '../core/problem-state';
import { ProvidersInUse } from '../core/providers-in-use';
import { deviceFit } from '../core/sources/device-fit';
import { winnerOf } from '../core/sources/source-order';
import { linkOf, SourceTable } from '../core/sources/source-table';
import { hueOf, titleHue } from '../ui/artwork-color';
import { Carousel } from '../ui/carousel';
import { EmptyState } from '../ui/empty-state';
import { arrowDirections, moveFocus } from '../ui/spatial';
import { TitleCard } from '../ui/title-card';
import { DownloadMenu } from './download-menu';
import { EditDialog } from './edit-dialog';
import { Extras } from './extras';
import { titleMessages } from './messages';
import { Seasons } from './seasons';
import { TechnicalDetails } from './technical-details';
import { TitleHead } from './title-head';
import { Versions } from './versions';

/** Everything about one film or series. */
@Component({
  selector: 'app-title',
  imports: [
    Carousel,
    CastRow,
    DownloadMenu,
    EditDialog,
    EmptyState,
    Extras,
    PartsLine,
    ProblemState,
    RouterLink,
    Seasons,
    SourceTable,
    TechnicalDetails,
    TitleCard,
    TitleHead,
    Versions,
  ],
  templateUrl: './title.html',
  styleUrl: '../ui/title-page.css',
  host: { '[style.--hue]': 'hue()', '(keydown)': 'steer($event)' },
})
export class TitlePage {
  readonly id = input.required<string>();
  /** From the address: the season to open, the episode to show. */
  readonly season = input<string>();
  readonly episode = input<string>();

  readonly #router = inject(Router);
  readonly #providers = inject(ProvidersInUse);
  readonly #host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  readonly #injector = inject(Injector);
  protected readonly t = translator(titleMessages);
  protected readonly paths = paths;
  protected readonly editing = signal(false);

  protected readonly detail = resource(titleRoutes.detail, () => ({ id: this.id() }));
  readonly #nextEpisode = computed(() => this.detail.value()?.upNext?.episode?.id, { equal: Object.is });
  protected readonly sources = resource(sourceRoutes.ofTitle, () => {
    const detail = this.detail.value();
    // Of a series only what Play would take: all its files can be thousands.
    const episodeId = this.#nextEpisode();
    return detail && { id: detail.id, ...(episodeId ? { episodeId } : {}), ...deviceFit() };
  });
  /** Providers found something: files and finds are one table then. */
  protected readonly found = computed(() => {
    const sources = this.sources.value();
    return sources?.items.some(({ kind }) => kind !== 'file') ? sources : undefined;
  });
  /** Where the best that is not here plays. */
  protected readonly foundLink = computed(() => {
    const best = winnerOf((this.found()?.items ?? []).filter(({ kind }) => kind !== 'file'));
    return best && linkOf(best);
  });
  /** Of a series, the episode of the address. */
  protected readonly named = linkedSignal<string, Episode | undefined>({
    ...{ source: this.id, computation: () => undefined },
  });
  /** Its sources are shown, where there may be any besides files; until then those of the next one are. */
  protected readonly chosen = computed(() => (this.#providers.haveSources() ? this.named() : undefined));
  protected readonly ofChosen = resource(sourceRoutes.ofTitle, () => {
    const episode = this.chosen();
    return episode && { id: episode.titleId, episodeId: episode.id, ...deviceFit() };
  });
  protected readonly table = computed(() =>
    this.chosen()
      ? (this.ofChosen.value() ?? { items: [], parts: [], searching: !this.ofChosen.problem() })
      : this.found(),
  );
  /** Whose sources they are, of a series. */
  protected readonly sourcesOf = computed(() => {
    const episode = this.chosen() ?? this.detail.value()?.upNext?.episode;
    return episode ? formatEpisodeCode(episode.seasonNumber, episode.number) : '';
  });
  protected readonly filesAmong = filesAmong;
  protected readonly files = computed(() => {
    const sources = this.sources.value();
    return sources && filesAmong(sources.items);
  });
  protected readonly similar = resource(titleRoutes.similar, () => ({ id: this.id() }));

  protected readonly hue = computed(() => {
    const detail = this.detail.value();
    const color = detail?.backdrop?.color ?? detail?.poster?.color;
    return (color ? hueOf(color) : null) ?? titleHue(detail?.name ?? '');
  });

  constructor() {
    inject(Live).on('sources.changed', ({ titleId }) => {
      if (titleId !== this.id()) return;
      this.sources.reload();
      this.ofChosen.reload();
    });
    inject(PageTitle).follow(() => this.detail.value()?.name);
    reloadOn(['library.changed', 'playstate.changed', 'favorites.changed'], () => {
      this.detail.reload();
      this.sources.reload();
      this.ofChosen.reload();
    });
  }

  /** Shows a change before the server has confirmed it. */
  protected show(change: Partial<TitleDetail>): void {
    this.detail.update((detail) => ({ ...detail, ...change }));
  }

  /** The address keeps it. Its sources stand below the seasons: whoever asks for them is led there, where there is room for them from the start. */
  protected async choose({ id, seasonNumber }: Episode): Promise<void> {
    await this.#keep({ season: seasonNumber, episode: id });
    const lead = () => {
      const table = this.#host.querySelector<HTMLElement>('app-source-table');
      table?.focus({ preventScroll: true });
      table?.scrollIntoView({ block: 'start', behavior: 'smooth' });
    };
    afterNextRender(lead, { injector: this.#injector });
  }

  protected openSeason(number: number): void {
    void this.#keep({ season: number, episode: null });
  }

  /** What is looked at on a page is not a place to go Back to. */
  #keep(queryParams: { season: number; episode: string | null }): Promise<boolean> {
    return this.#router.navigate([], { queryParams, replaceUrl: true });
  }

  /** A remote’s up and down go from part to part; rows have left and right. */
  protected steer(event: KeyboardEvent): void {
    const direction = arrowDirections[event.key];
    if (event.defaultPrevented || !direction || !(event.target instanceof HTMLElement)) return;
    if (event.target.closest('input, select, textarea, [role=menu], dialog')) return;
    if (moveFocus(this.#host, event.target, direction)) event.preventDefault();
  }
}
