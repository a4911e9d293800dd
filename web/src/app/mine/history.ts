import { Component, computed, DestroyRef, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { type HistoryEntry, playbackRoutes } from '@hearth/contract/playback';
import { Api } from '../core/api/api';
import { formatClock, formatEpisodeCode } from '../core/format';
import { I18n, translator } from '../core/i18n/i18n';
import { pageNames } from '../core/i18n/page-names';
import { reloadOn } from '../core/live/reload-on';
import { paths } from '../core/paths';
import { ProblemState } from '../core/problem-state';
import { Toasts } from '../core/toasts';
import { EmptyState } from '../ui/empty-state';
import { IconButton } from '../ui/icon-button';
import { Poster } from '../ui/poster';
import { dayName, groupByDay } from './days';
import { mineMessages } from './messages';
import { Pages } from '../core/api/pages';

/** How long a removed entry can be brought back (ms): as long as its toast stays. */
const undoMs = 10_000;

/** What you watched, by day. */
@Component({
  selector: 'app-history',
  imports: [EmptyState, IconButton, Poster, ProblemState, RouterLink],
  templateUrl: './history.html',
  styleUrl: './history.css',
  host: { class: 'page', '(window:pagehide)': 'settle()' },
})
export class History {
  readonly #api = inject(Api);
  readonly #toasts = inject(Toasts);
  readonly #i18n = inject(I18n);
  protected readonly t = translator(mineMessages);
  protected readonly page = translator(pageNames);
  protected readonly home = paths.home();
  /** Removed here, not yet on the server: until then it can be undone. */
  readonly #removing = new Map<string, ReturnType<typeof setTimeout>>();

  protected readonly list = new Pages<HistoryEntry>(async (cursor) => {
    const reply = await this.#api.call(playbackRoutes.history, { cursor });
    return { ...reply, items: reply.items.filter(({ id }) => !this.#removing.has(id)) };
  });
  protected readonly days = computed(() => {
    const words = { today: this.t('today'), yesterday: this.t('yesterday') };
    return groupByDay(this.list.items()).map(({ key, entries }) => ({
      key,
      name: dayName(key, this.#i18n.locale(), words, new Date()),
      rows: entries.map((entry) => this.#row(entry)),
    }));
  });

  constructor() {
    void this.list.load();
    reloadOn(['playstate.changed'], () => void this.list.load());
    inject(DestroyRef).onDestroy(() => this.settle());
  }

  protected remove(id: string, name: string): void {
    const restore = this.list.remove(id);
    this.#removing.set(
      id,
      setTimeout(() => this.#removeNow(id, restore), undoMs),
    );
    this.#toasts.undoable(this.t('removed', { name }), this.t('undo'), () => {
      clearTimeout(this.#removing.get(id));
      if (this.#removing.delete(id)) restore();
    });
  }

  /** Leaving the page: what was removed stays removed. */
  protected settle(): void {
    for (const [id, timer] of this.#removing) {
      clearTimeout(timer);
      this.#removeNow(id, () => {});
    }
  }

  #removeNow(id: string, restore: () => void): void {
    this.#removing.delete(id);
    this.#api.call(playbackRoutes.deleteHistory, { id }).catch((error: unknown) => {
      restore();
      this.#toasts.failed(this.t('removeFailed'), error);
    });
  }

  #row({ id, title, episode, backdrop, ...entry }: HistoryEntry) {
    const code = episode
      ? `${formatEpisodeCode(episode.seasonNumber, episode.number)} · ${episode.name}`
      : '';
    const reached = entry.completed
      ? this.t('watched')
      : this.t('upTo', { time: formatClock(entry.positionSeconds) });
    return {
      id,
      name: title.name,
      code,
      image: episode?.still ?? backdrop,
      link: episode ? paths.watch('episode', episode.id) : paths.watch('title', title.id),
      titleLink: paths.title(title.id),
      percent:
        entry.completed || entry.durationSeconds <= 0
          ? 0
          : (entry.positionSeconds / entry.durationSeconds) * 100,
      note: [
        new Intl.DateTimeFormat(this.#i18n.locale(), { timeStyle: 'short' }).format(
          new Date(entry.watchedAt),
        ),
        reached,
        this.t('on', { device: entry.deviceName }),
      ].join(' · '),
    };
  }
}
