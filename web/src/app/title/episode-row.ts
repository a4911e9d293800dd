import {
  afterNextRender,
  Component,
  computed,
  ElementRef,
  inject,
  input,
  output,
  signal,
} from '@angular/core';
import { RouterLink } from '@angular/router';
import { filesAmong, sourceRoutes } from '@hearth/contract/source';
import type { Episode } from '@hearth/contract/title';
import { resource } from '../core/api/resource';
import { formatDate, formatDuration } from '../core/format';
import { I18n, translator } from '../core/i18n/i18n';
import { paths } from '../core/paths';
import { ProvidersInUse } from '../core/providers-in-use';
import { Icon } from '../ui/icon';
import { IconButton } from '../ui/icon-button';
import { playedPercent } from '../ui/played';
import { Poster } from '../ui/poster';
import { DownloadMenu } from './download-menu';
import { titleMessages } from './messages';

/** One episode: its still with progress, what it is about, and Play. */
@Component({
  selector: 'app-episode-row',
  imports: [DownloadMenu, Icon, IconButton, Poster, RouterLink],
  templateUrl: './episode-row.html',
  styleUrl: './episode-row.css',
  host: { '[class.marked]': 'marked()' },
})
export class EpisodeRow {
  readonly episode = input.required<Episode>();
  /** The address asks for this one: it is shown and lit. */
  readonly marked = input(false);
  readonly watch = output<boolean>();
  /** Where else it is to be had is wanted. */
  readonly chosen = output();

  /** Of a season of fifty nobody downloads all: what an episode can be had as is asked for when it is wanted. */
  protected readonly downloading = signal(false);
  protected readonly sources = resource(sourceRoutes.ofTitle, () => {
    const { id: episodeId, titleId: id } = this.episode();
    return this.downloading() ? { id, episodeId } : undefined;
  });
  protected readonly files = computed(() => {
    const sources = this.sources.value();
    return sources && filesAmong(sources.items);
  });

  readonly #i18n = inject(I18n);
  protected readonly providers = inject(ProvidersInUse);
  protected readonly t = translator(titleMessages);
  protected readonly link = computed(() => paths.watch('episode', this.episode().id));
  protected readonly watched = computed(() => this.episode().state?.watched ?? false);
  protected readonly percent = computed(() => playedPercent(this.episode().state));
  protected readonly facts = computed(() => {
    const { runtimeSeconds, airDate, state } = this.episode();
    const locale = this.#i18n.locale();
    const left = this.percent() > 0 && state ? state.durationSeconds - state.positionSeconds : 0;
    return [
      left > 0
        ? this.t('minutesLeft', { time: formatDuration(left, locale) })
        : runtimeSeconds
          ? formatDuration(runtimeSeconds, locale)
          : '',
      airDate ? formatDate(airDate, locale) : '',
    ].filter(Boolean);
  });

  constructor() {
    const element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
    afterNextRender(() => {
      if (this.marked()) element.scrollIntoView({ block: 'center' });
    });
  }
}
