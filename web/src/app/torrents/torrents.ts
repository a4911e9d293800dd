import { Component, computed, DOCUMENT, inject, input, signal, viewChild } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { translator } from '../core/i18n/i18n';
import { pageNames } from '../core/i18n/page-names';
import { problemWords } from '../core/i18n/problem-words';
import { paths } from '../core/paths';
import { Session } from '../core/session/session';
import { TorrentAccess } from '../core/torrent-access';
import { ArrowArea } from '../ui/arrow-area';
import { EmptyState } from '../ui/empty-state';
import { ErrorState } from '../ui/error-state';
import { Icon } from '../ui/icon';
import { AddDialog, type AddStart } from './add-dialog';
import { torrentLinkIn } from './link-text';
import { torrentMessages } from './messages';
import { filtered, type TorrentFilter, torrentFilters } from './torrent-look';
import { TorrentRow } from './torrent-row';
import { TorrentTasks } from './torrent-tasks';
import { torrentWords } from './torrent-words';
import { TorrentsLive } from './torrents-live';

const filterWords = {
  every: 'showEvery',
  active: 'showActive',
  whole: 'showWhole',
  trouble: 'showTrouble',
} as const;

/** Every torrent of yours, live; drop a file anywhere, or paste a link, to add one. */
@Component({
  selector: 'app-torrents',
  imports: [AddDialog, ArrowArea, EmptyState, ErrorState, Icon, RouterLink, TorrentRow, TorrentTasks],
  providers: [TorrentsLive],
  templateUrl: './torrents.html',
  styleUrl: './torrents.css',
  host: {
    class: 'page',
    '(document:dragover)': 'over($event)',
    '(document:dragleave)': 'left($event)',
    '(document:drop)': 'dropped($event)',
    '(document:paste)': 'pasted($event)',
  },
})
export class Torrents {
  readonly #router = inject(Router);
  readonly #document = inject(DOCUMENT);
  protected readonly session = inject(Session);
  protected readonly access = inject(TorrentAccess);
  protected readonly live = inject(TorrentsLive);
  protected readonly t = translator(torrentMessages);
  protected readonly page = translator(pageNames);
  protected readonly problems = problemWords();
  protected readonly words = torrentWords();
  protected readonly settings = paths.admin('torrents');
  /** From the address. */
  readonly show = input<string>();
  readonly q = input<string>();
  protected readonly adding = signal<AddStart | null>(null);
  protected readonly dragging = signal(false);
  protected readonly tasks = viewChild(TorrentTasks);

  protected readonly filter = computed<TorrentFilter>(
    () => torrentFilters.find((one) => one === this.show()) ?? 'every',
  );
  protected readonly text = computed(() => this.q() ?? '');
  protected readonly shown = computed(() => filtered(this.live.items() ?? [], this.filter(), this.text()));
  protected readonly filters = computed(() =>
    torrentFilters.map((value) => ({
      value,
      name: this.t(filterWords[value]),
      count: filtered(this.live.items() ?? [], value, '').length,
    })),
  );
  protected readonly count = computed(() => {
    const whole = this.live.items()?.length ?? 0;
    const count = this.shown().length;
    return count === whole ? this.t('count', { count }) : this.t('filtered', { count, whole });
  });

  /** The address is the state. */
  protected find(change: { show?: TorrentFilter; q?: string }): void {
    const show = (change.show ?? this.filter()) === 'every' ? null : (change.show ?? this.filter());
    const q = (change.q ?? this.text()).trim() || null;
    void this.#router.navigate([], { queryParams: { show, q }, replaceUrl: true });
  }

  protected over(event: DragEvent): void {
    if (!this.access.usable() || !carries(event)) return;
    event.preventDefault();
    this.dragging.set(true);
  }

  protected left(event: DragEvent): void {
    // Leaving one element for another says where it goes; leaving the window says nothing.
    if (event.relatedTarget === null) this.dragging.set(false);
  }

  protected dropped(event: DragEvent): void {
    if (!this.access.usable() || !carries(event)) return;
    event.preventDefault();
    this.dragging.set(false);
    const file = event.dataTransfer?.files[0];
    const link = torrentLinkIn(event.dataTransfer?.getData('text/plain') ?? '');
    if (file) this.adding.set({ file });
    else if (link) this.adding.set({ link });
  }

  /** A link pasted anywhere but into a field is meant to be added. */
  protected pasted(event: ClipboardEvent): void {
    const focused = this.#document.activeElement;
    if (!this.access.usable() || this.adding() || focused?.matches('input, textarea, select')) return;
    const link = torrentLinkIn(event.clipboardData?.getData('text/plain') ?? '');
    const file = event.clipboardData?.files[0];
    if (link) this.adding.set({ link });
    else if (file?.name.endsWith('.torrent')) this.adding.set({ file });
  }
}

/** Something that can be a torrent is dragged, not a word of the page. */
function carries({ dataTransfer }: DragEvent): boolean {
  return (
    dataTransfer !== null &&
    ['Files', 'text/plain', 'text/uri-list'].some((type) => dataTransfer.types.includes(type))
  );
}
