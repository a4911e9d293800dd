import { Component, computed, DOCUMENT, type ElementRef, inject, signal, viewChild } from '@angular/core';
import { Router, RouterLink, RouterLinkActive, RouterOutlet } from '@angular/router';
import { musicRoutes } from '@hearth/contract/music';
import { photoRoutes } from '@hearth/contract/photo';
import { providerRoutes } from '@hearth/contract/provider';
import { resource } from '../core/api/resource';
import { Casting } from '../core/casting/casting';
import { Connection } from '../core/connection';
import { pageNames } from '../core/i18n/page-names';
import { translator } from '../core/i18n/i18n';
import { Listening } from '../core/listening/listening';
import { reloadOn } from '../core/live/reload-on';
import { paths } from '../core/paths';
import { Session } from '../core/session/session';
import { Toasts } from '../core/toasts';
import { TorrentAccess } from '../core/torrent-access';
import { Brand } from '../ui/brand';
import { Icon } from '../ui/icon';
import type { IconName } from '../ui/icon-names';
import { Menu } from '../ui/menu';
import { CastBar } from './cast-bar';
import { ListeningBar } from './listening-bar';
import { shellMessages } from './messages';

interface Place {
  readonly name: string;
  readonly link: string;
  readonly icon: IconName;
  readonly iconOn: IconName;
  readonly exact: boolean;
  /** On small screens only: the top bar has it on large ones. */
  readonly narrow?: boolean;
  /** On large screens only. */
  readonly wide?: boolean;
}

/** The frame around every page: where you can go, who you are, whether the server is there. */
@Component({
  selector: 'app-shell',
  imports: [RouterOutlet, RouterLink, RouterLinkActive, Brand, CastBar, Icon, ListeningBar, Menu],
  templateUrl: './shell.html',
  styleUrl: './shell.css',
  host: {
    '(document:keydown)': 'shortcut($event)',
    '(window:scroll)': 'watchScroll()',
    '[style.--bars]': 'bars()',
  },
})
export class Shell {
  readonly #router = inject(Router);
  readonly #document = inject(DOCUMENT);
  readonly #toasts = inject(Toasts);
  protected readonly session = inject(Session);
  readonly #listening = inject(Listening);
  readonly #casting = inject(Casting);
  protected readonly bars = computed(() => this.#casting.mine().length + (this.#listening.current() ? 1 : 0));
  protected readonly connection = inject(Connection);
  protected readonly t = translator(shellMessages);
  protected readonly name = translator(pageNames);
  protected readonly paths = paths;
  protected readonly scrolled = signal(false);
  private readonly main = viewChild.required<ElementRef<HTMLElement>>('main');

  /** What a household does not have takes no place. */
  readonly #albums = resource(musicRoutes.albums, () => ({ limit: 1 }));
  readonly #photos = resource(photoRoutes.list, () => ({ limit: 1 }));
  readonly #providers = resource(providerRoutes.list, () => ({}));
  /** Somebody lists something for this person that the house does not have itself. */
  protected readonly hasProviders = computed(() =>
    (this.#providers.value()?.items ?? []).some(
      ({ enabled, hidden, catalogCount, runtime }) =>
        enabled && !hidden && catalogCount > 0 && runtime !== 'home',
    ),
  );
  private readonly hasMusic = computed(() => (this.#albums.value()?.total ?? 0) > 0);
  private readonly hasPhotos = computed(() => (this.#photos.value()?.total ?? 0) > 0);
  /** Torrents are on, and this person may use them. */
  protected readonly hasTorrents = inject(TorrentAccess).usable;

  private readonly extras = computed<readonly Place[]>(() => {
    const place = (name: 'music' | 'photos' | 'torrents', icon: IconName, wide = false): Place => ({
      ...{ name: this.name(name), link: paths[name](), icon, iconOn: icon, exact: false, wide },
    });
    return [
      ...(this.hasMusic() ? [place('music', 'music_note')] : []),
      ...(this.hasPhotos() ? [place('photos', 'image')] : []),
      // On a phone there is room for six.
      ...(this.hasTorrents() ? [place('torrents', 'hub', this.hasMusic() && this.hasPhotos())] : []),
    ];
  });

  private readonly discover = computed<Place>(() => ({
    ...{ name: this.name('discover'), link: paths.discover(), icon: 'explore', iconOn: 'explore-fill' },
    // On a phone there is room for six.
    ...{ exact: false, wide: this.extras().filter(({ wide }) => !wide).length > 1 },
  }));

  protected readonly places = computed<readonly Place[]>(() => [
    { name: this.name('home'), link: paths.home(), icon: 'home', iconOn: 'home-fill', exact: true },
    { name: this.name('movies'), link: paths.movies(), icon: 'movie', iconOn: 'movie-fill', exact: false },
    { name: this.name('series'), link: paths.series(), icon: 'tv', iconOn: 'tv-fill', exact: false },
    ...(this.hasProviders() ? [this.discover()] : []),
    ...this.extras(),
    {
      name: this.name('search'),
      link: paths.search(),
      icon: 'search',
      iconOn: 'search',
      exact: false,
      narrow: true,
    },
    {
      name: this.name('favorites'),
      link: paths.favorites(),
      icon: 'favorite',
      iconOn: 'favorite-fill',
      exact: false,
      wide: this.hasMusic() || this.hasPhotos() || this.hasTorrents(),
    },
  ]);

  constructor() {
    reloadOn(['library.changed'], () => {
      this.#albums.reload();
      this.#photos.reload();
    });
    reloadOn(['provider.changed'], () => this.#providers.reload());
  }

  protected readonly initial = computed(() => {
    const [first] = new Intl.Segmenter().segment(this.session.user()?.username ?? '');
    return first?.segment.toUpperCase() ?? '';
  });

  /** `/` searches from anywhere, unless something is being typed. */
  protected shortcut(event: KeyboardEvent): void {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
    const focused = this.#document.activeElement;
    if (
      focused instanceof HTMLElement &&
      (focused.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(focused.tagName))
    )
      return;
    event.preventDefault();
    void this.#router.navigateByUrl(paths.search());
  }

  protected watchScroll(): void {
    this.scrolled.set((this.#document.defaultView?.scrollY ?? 0) > 24);
  }

  protected skip(event: Event): void {
    event.preventDefault();
    this.main().nativeElement.focus();
  }

  protected signOut(): void {
    this.session.signOut().catch((error: unknown) => this.#toasts.failed(this.t('signOutFailed'), error));
  }
}
