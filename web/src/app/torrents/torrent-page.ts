import { Component, computed, effect, inject, input, untracked, viewChild } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { type TorrentDetails, torrentRoutes, type TorrentTracker } from '@hearth/contract/torrent';
import { Api } from '../core/api/api';
import { resource } from '../core/api/resource';
import { formatAgo } from '../core/format';
import { I18n, translator } from '../core/i18n/i18n';
import { problemWords } from '../core/i18n/problem-words';
import { reloadOn } from '../core/live/reload-on';
import { PageTitle } from '../core/page-title';
import { paths } from '../core/paths';
import { Session } from '../core/session/session';
import { Toasts } from '../core/toasts';
import { whileVisible } from '../core/while-visible';
import { ArrowArea } from '../ui/arrow-area';
import { EmptyState } from '../ui/empty-state';
import { ErrorState } from '../ui/error-state';
import { Icon } from '../ui/icon';
import { ProgressBar } from '../ui/progress-bar';
import { addMessages } from './add-messages';
import { detailsMessages } from './details-messages';
import { torrentMessages } from './messages';
import { PieceMap } from './piece-map';
import { saveFrom, TorrentFiles } from './torrent-files';
import { lookOf, pausable } from './torrent-look';
import { TorrentMenu } from './torrent-menu';
import { TorrentPeers } from './torrent-peers';
import { TorrentTasks } from './torrent-tasks';
import { TorrentWaiting } from './torrent-waiting';
import { torrentWords } from './torrent-words';
import { waitingSteps } from './waiting-steps';

/** Between two looks (ms). */
const everyMs = 2000;

/** One torrent: what is in it, which of it is here, from whom it comes, and what it waits for. */
@Component({
  selector: 'app-torrent-page',
  imports: [
    EmptyState,
    ErrorState,
    Icon,
    PieceMap,
    ProgressBar,
    RouterLink,
    TorrentFiles,
    TorrentMenu,
    TorrentPeers,
    TorrentTasks,
    TorrentWaiting,
  ],
  templateUrl: './torrent-page.html',
  styleUrl: './torrent-page.css',
  hostDirectives: [ArrowArea],
  host: { class: 'page' },
})
export class TorrentPage {
  readonly #api = inject(Api);
  readonly #router = inject(Router);
  readonly #session = inject(Session);
  readonly #toasts = inject(Toasts);
  readonly #locale = inject(I18n).locale;
  readonly hash = input.required<string>();
  /** Set by who has just added it: it starts when it can. */
  readonly play = input<string>();
  protected readonly t = translator(detailsMessages);
  protected readonly common = translator(torrentMessages);
  protected readonly warn = translator(addMessages);
  protected readonly problems = problemWords();
  protected readonly words = torrentWords();
  protected readonly paths = paths;
  protected readonly tasks = viewChild(TorrentTasks);
  protected readonly torrent = resource(torrentRoutes.info, () => ({ hash: this.hash() }));
  protected readonly look = computed(() => lookOf(this.torrent.value()?.state ?? 'metadata'));
  protected readonly guess = computed(() => {
    const torrent = this.torrent.value();
    const guess = torrent ? this.words.guess(torrent.guess) : '';
    return guess === torrent?.name ? '' : guess;
  });
  protected readonly mayChange = computed(
    () => this.#session.isAdmin() || (this.torrent.value()?.mine ?? false),
  );
  protected readonly starting = computed(
    () => this.play() !== undefined && this.torrent.value()?.playFileId === null,
  );
  protected readonly pausable = computed(() => {
    const torrent = this.torrent.value();
    return torrent !== undefined && pausable(torrent);
  });
  /** What is well needs no explanation. */
  protected readonly waits = computed(() => {
    const state = this.torrent.value()?.state;
    return state !== 'seeding' && state !== 'paused';
  });
  /** Every step to a picture is done. */
  protected readonly arrived = computed(() => {
    const torrent = this.torrent.value();
    return torrent !== undefined && waitingSteps(torrent).every(({ state }) => state === 'done');
  });
  protected readonly facts = computed(() => {
    const torrent = this.torrent.value();
    return torrent ? this.#facts(torrent) : [];
  });
  protected readonly trackers = computed(() =>
    (this.torrent.value()?.trackers ?? []).map((tracker) => ({ ...tracker, note: this.#tracker(tracker) })),
  );

  constructor() {
    const title = inject(PageTitle);
    effect(() => {
      const name = this.torrent.value()?.name;
      if (name) title.show(name);
    });
    effect(() => {
      const fileId = this.torrent.value()?.playFileId;
      if (this.play() === undefined || !fileId) return;
      untracked(() => void this.#router.navigateByUrl(paths.watch('file', fileId), { replaceUrl: true }));
    });
    whileVisible(everyMs, () => {
      // What is gone does not come back by being asked for.
      if (this.torrent.problem()?.code !== 'NOT_FOUND') this.torrent.reload();
    });
    reloadOn(['torrent.changed'], () => this.torrent.reload());
  }

  protected gone(): void {
    void this.#router.navigateByUrl(paths.torrents());
  }

  protected async saveTorrent({ magnet, name, infoHash }: TorrentDetails): Promise<void> {
    try {
      const url = URL.createObjectURL(await this.#api.bytes(torrentRoutes.convert, { magnet }));
      saveFrom(url, `${name || infoHash}.torrent`);
      URL.revokeObjectURL(url);
    } catch (error) {
      this.#toasts.failed(this.t('saveFailed'), error);
    }
  }

  #facts(torrent: TorrentDetails) {
    const { bytes, time } = this.words;
    const have =
      torrent.size === null
        ? bytes(torrent.haveBytes)
        : this.common('progressOf', { have: bytes(torrent.haveBytes), size: bytes(torrent.size) });
    return [
      { name: this.t('have'), value: have },
      { name: this.t('downloaded'), value: bytes(torrent.downloaded) },
      { name: this.t('uploaded'), value: bytes(torrent.uploaded) },
      {
        name: this.t('ratio'),
        value: torrent.ratio.toLocaleString(this.#locale(), { maximumFractionDigits: 2 }),
      },
      { name: this.t('peers'), value: this.words.peers(torrent) },
      ...(torrent.etaSeconds === null ? [] : [{ name: this.t('eta'), value: time(torrent.etaSeconds) }]),
      { name: this.t('added'), value: formatAgo(torrent.addedAt, this.#locale()) },
    ];
  }

  #tracker({ state, message, seeders, leechers }: TorrentTracker): string {
    return [
      this.t(state === 'failed' ? 'failedTracker' : state),
      ...(seeders === null || leechers === null ? [] : [this.t('seedersLeechers', { seeders, leechers })]),
      ...(message ? [message] : []),
    ].join(' · ');
  }
}
