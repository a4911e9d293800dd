import { Component, computed, inject, output, signal, viewChildren } from '@angular/core';
import { I18n, translator } from '../core/i18n/i18n';
import { Icon } from '../ui/icon';
import { IconButton } from '../ui/icon-button';
import { Menu } from '../ui/menu';
import { playerMessages } from './messages';
import { Playback, rates } from './playback';
import { heardTrack } from './subtitle-choice';
import { Subtitles } from './subtitles';
import { audioName, subtitleName, type TrackWords } from './track-names';

/** What is heard, what is read and how fast. */
@Component({
  selector: 'app-track-menus',
  imports: [Icon, IconButton, Menu],
  templateUrl: './track-menus.html',
  styles: `
    :host {
      display: contents;
    }
    .note {
      max-inline-size: 20rem;
      padding: 0.5rem 0.75rem;
      color: var(--app-text-3);
      font-size: var(--app-text-xs);
      line-height: 1.45;
      text-wrap: pretty;
    }
    .menu-heading {
      padding: 0.375rem 0.75rem;
      color: var(--app-text-3);
      font-size: var(--app-text-xs);
      font-weight: 650;
    }
    hr {
      margin: 0.375rem 0.75rem;
      border: 0;
      border-block-start: 1px solid var(--app-line);
    }
  `,
})
export class TrackMenus {
  readonly #i18n = inject(I18n);
  protected readonly playback = inject(Playback);
  protected readonly subtitles = inject(Subtitles);
  protected readonly t = translator(playerMessages);
  protected readonly rates = rates;
  readonly settings = output();
  private readonly menus = viewChildren(Menu);
  /** Set when a person chose one, so that the mark moves; browsers tell no one. */
  readonly #audioChosen = signal<number | null>(null);

  /** While a menu is open, the controls stay. */
  readonly open = computed(() => this.menus().some((menu) => menu.open()));

  readonly #words = computed<TrackWords>(() => ({
    unknown: this.t('unknownLanguage'),
    forced: this.t('subtitleForced'),
    hearing: this.t('subtitleHearing'),
    channels: (count) => this.t('channels', { count }),
  }));
  protected readonly texts = computed(() =>
    (this.playback.session()?.subtitles ?? []).map((track) => ({
      id: track.id,
      name: subtitleName(track, this.#i18n.locale(), this.#words()),
    })),
  );
  protected readonly sounds = computed(() => {
    const tracks = this.playback.session()?.audioTracks ?? [];
    const heard = heardTrack(tracks);
    const chosen = this.#audioChosen() ?? tracks.findIndex((track) => track === heard);
    return tracks.map((track, index) => ({
      on: index === chosen,
      name: audioName(track, this.#i18n.locale(), this.#words()),
    }));
  });
  /** Whether this browser can switch the sound of a file: known once the file is loaded. */
  protected readonly canSwitch = computed(
    () => this.playback.state().phase !== 'opening' && this.playback.audioTrack() !== null,
  );

  protected chooseSound(index: number): void {
    this.playback.selectAudioTrack(index);
    this.#audioChosen.set(index);
  }

  protected rateName(rate: number): string {
    return rate === 1 ? this.t('speedNormal') : `${rate.toLocaleString(this.#i18n.locale())}×`;
  }
}
