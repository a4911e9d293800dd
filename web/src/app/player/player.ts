import { Location } from '@angular/common';
import {
  Component,
  computed,
  DestroyRef,
  effect,
  type ElementRef,
  inject,
  input,
  signal,
  untracked,
  viewChild,
  afterNextRender,
} from '@angular/core';
import { Router } from '@angular/router';
import { formatClock, formatEpisodeCode } from '../core/format';
import { I18n, translator } from '../core/i18n/i18n';
import { PageTitle } from '../core/page-title';
import { paths } from '../core/paths';
import { Session } from '../core/session/session';
import { Icon } from '../ui/icon';
import { IconButton } from '../ui/icon-button';
import { awakeness } from './awake';
import { BrowserPeers } from './browser-peers';
import { Controls } from './controls';
import { feedback } from './feedback';
import { focusFirst, moveFocus, zoneOf } from './focus-move';
import { TapReader } from './gestures';
import { HelpSheet } from './help-sheet';
import { commandFor, type PageCommand, type PlayerCommand } from './keyboard-map';
import { connectMediaSession } from './media-session';
import { playerMessages } from './messages';
import { NextCard } from './next-card';
import { isOffered } from './next-episode';
import { followPage } from './page-life';
import { Playback, rates } from './playback';
import { PlayerError } from './player-error';
import { sayNotices } from './say-notices';
import { screenOf } from './screen';
import { SessionExtras } from './session-extras';
import { SkipButton } from './skip-button';
import { skipOffer } from './skip-offer';
import { StatsPanel } from './stats-panel';
import { SubtitleLayer } from './subtitle-layer';
import { SubtitlePanel } from './subtitle-panel';
import { targetOf } from './session-opener';
import { SessionWatch } from './session-watch';
import { Subtitles } from './subtitles';
import { ThumbnailTrack } from './thumbnail-track';
import { TorrentWatch } from './torrent-watch';
import { waitText } from './wait-text';
import { waited } from './waited';

/** How long the offer to start over is shown, ms. */
const resumeMs = 9000;
/** Waiting for longer than this (ms) deserves words, and after the second an explanation. */
const wordsMs = 1500;
const longWaitMs = 6000;

/** The film fills the screen; everything else comes when it is wanted and fades when it is not. */
@Component({
  selector: 'app-player',
  imports: [
    Controls,
    HelpSheet,
    Icon,
    IconButton,
    NextCard,
    PlayerError,
    SkipButton,
    StatsPanel,
    SubtitleLayer,
    SubtitlePanel,
  ],
  providers: [BrowserPeers, Playback, SessionExtras, SessionWatch, Subtitles, ThumbnailTrack, TorrentWatch],
  templateUrl: './player.html',
  styleUrl: './player.css',
  host: {
    '(document:keydown)': 'key($event)',
  },
})
export class Player {
  readonly #router = inject(Router);
  readonly #location = inject(Location);
  readonly #account = inject(Session);
  readonly #i18n = inject(I18n);
  readonly #awake = awakeness();
  readonly #taps = new TapReader();
  protected readonly playback = inject(Playback);
  protected readonly subtitles = inject(Subtitles);
  readonly #watch = inject(SessionWatch);
  readonly #known = waitText();
  readonly #extras = inject(SessionExtras);
  protected readonly skippable = skipOffer();
  protected readonly screen = screenOf();
  protected readonly t = translator(playerMessages);
  protected readonly clock = formatClock;

  readonly kind = input.required<string>();
  readonly id = input.required<string>();
  /** Where to begin (s), if the address says so. */
  readonly from = input<string>();

  private readonly stage = viewChild.required<ElementRef<HTMLElement>>('stage');
  private readonly video = viewChild.required<ElementRef<HTMLVideoElement>>('video');
  protected readonly controls = viewChild(Controls);
  protected readonly panel = signal<'stats' | 'subtitles' | null>(null);
  protected readonly help = signal(false);
  private readonly attached = signal(false);
  protected readonly dismissed = signal(false);
  protected readonly offerRestart = signal(false);
  protected readonly feedback = feedback();

  protected readonly now = this.playback.state;
  protected readonly name = computed(() => this.playback.session()?.title.name ?? '');
  protected readonly note = computed(() => {
    const session = this.playback.session();
    if (!session?.episode) return session?.title.year?.toString() ?? '';
    const { seasonNumber, number, name } = session.episode;
    return `${formatEpisodeCode(seasonNumber, number)} · ${name}`;
  });
  protected readonly next = computed(() => this.playback.session()?.nextEpisode ?? null);
  protected readonly offered = computed(() =>
    isOffered({
      hasNext: this.next() !== null,
      dismissed: this.dismissed(),
      ended: this.now().phase === 'ended',
      position: this.now().position,
      durationSeconds: this.now().duration,
      chapters: this.playback.session()?.chapters ?? [],
      markers: this.#extras.markers(),
    }),
  );
  protected readonly counting = computed(
    () =>
      this.now().phase === 'ended' &&
      !this.dismissed() &&
      (this.#account.user()?.preferences.autoplayNext ?? true),
  );
  protected readonly busy = computed(
    () => this.now().phase === 'opening' || (this.now().waiting && !this.playback.blocked()),
  );
  readonly #waited = waited(this.busy, [wordsMs, longWaitMs]);
  /** Why it does not run right now, as near as anybody knows. */
  protected readonly waiting = computed(() => {
    if (this.playback.reconnecting()) return this.t('reconnecting');
    if (this.now().phase === 'opening') return this.t('opening');
    return this.#known() ?? this.t(this.#waited() >= longWaitMs ? 'waitingLong' : 'waiting');
  });
  /** Words are worth showing once there is something to say. */
  protected readonly waitShown = computed(
    () =>
      this.playback.reconnecting() ||
      this.now().phase === 'opening' ||
      this.#waited() >= (this.#known() ? wordsMs : longWaitMs),
  );
  /** Controls stay while someone is busy with them, and whenever nothing moves. */
  protected readonly visible = computed(
    () =>
      this.#awake.awake() ||
      this.now().paused ||
      this.now().phase !== 'ready' ||
      this.panel() !== null ||
      (this.controls()?.busy() ?? false),
  );

  constructor() {
    afterNextRender(() => {
      const video = this.video().nativeElement;
      this.playback.attach(video);
      this.subtitles.attach(video);
      this.stage().nativeElement.focus({ preventScroll: true });
      this.attached.set(true);
    });
    inject(DestroyRef).onDestroy(() => {
      this.subtitles.detach();
      this.playback.detach();
    });
    connectMediaSession(this.playback, () => this.do({ name: 'next' }));
    this.#followSession();
    this.#followWaiting();
    sayNotices();
    followPage(this.playback);
    effect(() => this.subtitles.drawnByBrowser(this.screen.pip()));
    // Controls that faded must not keep the focus, or the next key would press something unseen.
    effect(() => {
      if (!this.visible()) this.stage().nativeElement.focus({ preventScroll: true });
    });
  }

  #followSession(): void {
    const title = inject(PageTitle);
    // The next episode is another address on the same page. Effects run after the view is there.
    effect(() => {
      const target = targetOf(this.kind(), this.id());
      const asked = untracked(this.from);
      if (!this.attached()) return;
      this.dismissed.set(false);
      untracked(() => void this.playback.open(target, asked === undefined ? undefined : Number(asked)));
    });
    effect(() => {
      const session = this.playback.session();
      untracked(() => {
        this.subtitles.begin(session);
        if (session)
          title.show(this.note() && session.episode ? `${this.name()} · ${this.note()}` : this.name());
      });
    });
    let timer: ReturnType<typeof setTimeout> | undefined;
    effect(() => {
      clearTimeout(timer);
      const resumed = this.playback.resumedAt() !== null;
      this.offerRestart.set(resumed);
      if (resumed && this.playback.running())
        timer = setTimeout(() => this.offerRestart.set(false), resumeMs);
    });
    inject(DestroyRef).onDestroy(() => clearTimeout(timer));
  }

  #followWaiting(): void {
    effect(() => {
      const session = this.playback.session()?.sessionId;
      // A start that goes well is over before anybody reads what it waits for, and questions would only hold it up.
      const every = this.panel() === 'stats' || (this.busy() && this.#waited() > 0) ? 1000 : null;
      untracked(() => this.#watch.follow(session, every));
    });
  }

  protected key(event: KeyboardEvent): void {
    this.#awake.touch();
    const command = commandFor(event, zoneOf(event.target, this.stage().nativeElement));
    if (!command) return;
    event.preventDefault();
    this.do(command);
  }

  protected awakened(): void {
    if (document.activeElement !== this.stage().nativeElement) this.#awake.touch();
  }

  /** A pointer moved: someone is there. Touches are told apart by their taps. */
  protected moved(event: PointerEvent): void {
    if (event.pointerType === 'mouse') this.#awake.touch();
  }

  protected pressed(event: MouseEvent): void {
    const touch = event instanceof PointerEvent && event.pointerType === 'touch';
    if (!touch) return this.do({ name: 'toggle' });
    const meaning = this.#taps.tap(event.clientX, this.stage().nativeElement.clientWidth, event.timeStamp);
    if (meaning === 'back') this.do({ name: 'skip', seconds: -10 });
    else if (meaning === 'on') this.do({ name: 'skip', seconds: 10 });
    else if (this.#awake.awake() && !this.now().paused) this.#awake.sleep();
    else this.#awake.touch();
  }

  protected pressedTwice(event: MouseEvent): void {
    // Both clicks have played and paused; what is left is the wish for the whole screen.
    if (!matchMedia('(pointer: coarse)').matches && event.detail > 0) this.do({ name: 'fullscreen' });
  }

  /** After a click the keys belong to the film again; with the keyboard the focus stays. */
  protected clicked(event: PointerEvent): void {
    const target = event.target instanceof HTMLElement ? event.target : null;
    if (!target?.closest('button') || target.closest('app-menu, dialog, app-player-panel')) return;
    this.stage().nativeElement.focus({ preventScroll: true });
  }

  protected do(command: PlayerCommand): void {
    const video = this.video().nativeElement;
    switch (command.name) {
      case 'toggle':
        this.playback.toggle();
        return this.feedback.show(this.now().paused ? 'play_arrow-fill' : 'pause-fill');
      case 'play':
        return this.playback.play();
      case 'pause':
        return this.playback.pause();
      case 'skip':
        this.playback.skip(command.seconds);
        this.controls()?.glance();
        return this.feedback.show(
          command.seconds < 0 ? 'replay_10' : 'forward_10',
          formatClock(this.now().position),
        );
      case 'seekPart':
        this.playback.seek(command.part * this.now().duration);
        return this.controls()?.glance();
      case 'skipPart':
        return this.skipPart();
      case 'volume':
        return this.#changeVolume(command.step);
      case 'mute':
        this.playback.setMuted(!video.muted);
        return this.feedback.show(video.muted ? 'volume_off' : 'volume_up');
      case 'rate':
        return this.#changeRate(command.direction);
      case 'captions':
        return this.feedback.show(this.subtitles.toggle() ? 'subtitles' : 'subtitles_off');
      case 'next':
        return this.playNext();
      default:
        return this.#doAround(command);
    }
  }

  #doAround(command: PageCommand): void {
    const stage = this.stage().nativeElement;
    const video = this.video().nativeElement;
    switch (command.name) {
      case 'fullscreen':
        return this.screen.toggleFullscreen(stage, video);
      case 'pip':
        return this.screen.togglePip(video);
      case 'stats':
        return this.panel.update((open) => (open === 'stats' ? null : 'stats'));
      case 'help':
        return this.help.set(true);
      case 'reveal':
        // The offer of the moment is what the middle button of a remote means.
        if (this.skippable.fresh()) return this.skipPart();
        return focusFirst(stage);
      case 'focus':
        return this.#moveFocus(command.direction);
      case 'back':
        return this.back();
      case 'leave':
        return this.leave();
    }
  }

  protected skipPart(): void {
    if (!this.skippable.skip()) return;
    // The button that was pressed goes away.
    this.stage().nativeElement.focus({ preventScroll: true });
    this.feedback.show('skip_next-fill', formatClock(this.now().position));
  }

  protected playNext(): void {
    const next = this.next();
    if (next) void this.#router.navigateByUrl(paths.watch('episode', next.id), { replaceUrl: true });
  }

  /** One step back: the panel, the controls, the whole screen, the page. */
  protected back(): void {
    if (this.panel() !== null) return this.panel.set(null);
    const stage = this.stage().nativeElement;
    const inControls = document.activeElement !== stage && stage.contains(document.activeElement);
    if (inControls && this.now().phase === 'ready' && !this.now().paused) {
      stage.focus({ preventScroll: true });
      return this.#awake.sleep();
    }
    if (!this.screen.exitFullscreen()) this.leave();
  }

  protected leave(): void {
    const title = this.playback.session()?.title.id;
    if (this.#router.lastSuccessfulNavigation()?.previousNavigation) this.#location.back();
    else void this.#router.navigateByUrl(title ? paths.title(title) : paths.home(), { replaceUrl: true });
  }

  #changeVolume(step: number): void {
    const video = this.video().nativeElement;
    this.playback.setVolume(video.volume + step);
    const text = this.t('percent', { percent: Math.round(video.volume * 100) });
    this.feedback.show(step > 0 ? 'volume_up' : 'volume_down', text);
  }

  #changeRate(direction: 1 | -1): void {
    const at = rates.findIndex((rate) => rate >= this.now().rate);
    const rate = rates[Math.min(rates.length - 1, Math.max(0, at + direction))];
    if (rate === undefined) return;
    this.playback.setRate(rate);
    this.feedback.show('speed', this.t('feedbackRate', { rate: rate.toLocaleString(this.#i18n.locale()) }));
  }

  #moveFocus(direction: 'left' | 'right' | 'up' | 'down'): void {
    const from = document.activeElement;
    if (from instanceof HTMLElement) moveFocus(this.stage().nativeElement, from, direction);
  }
}
