import { Component, computed, inject, output, viewChildren } from '@angular/core';
import { I18n, translator } from '../core/i18n/i18n';
import { Icon } from '../ui/icon';
import { IconButton } from '../ui/icon-button';
import { Menu } from '../ui/menu';
import { playerMessages } from './messages';
import { Playback, rates } from './playback';
import { Subtitles } from './subtitles';
import { formatBitrate } from '../core/format';
import { reasonsOf, streamWords } from '../core/i18n/stream-words';
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
    small {
      margin-inline-start: auto;
      padding-inline-start: 1rem;
      color: var(--app-text-3);
      font-size: var(--app-text-xs);
      font-variant-numeric: tabular-nums;
      white-space: nowrap;
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
  readonly #streams = streamWords();
  protected readonly playback = inject(Playback);
  protected readonly subtitles = inject(Subtitles);
  protected readonly t = translator(playerMessages);
  protected readonly rates = rates;
  readonly settings = output();
  private readonly menus = viewChildren(Menu);

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
      note: track.burned || track.url === '' ? this.t('subtitleBurnt') : '',
    })),
  );
  protected readonly sounds = computed(() =>
    (this.playback.session()?.audioTracks ?? []).map((track, index) => ({
      on: index === this.playback.audioTrack(),
      name: audioName(track, this.#i18n.locale(), this.#words()),
    })),
  );
  protected readonly qualities = computed(() => {
    const chosen = this.playback.choice().quality;
    return (this.playback.session()?.qualities ?? []).map(({ name, bitrate, action }) => ({
      name,
      on: chosen === name,
      plays: name === this.playback.quality(),
      words: name === 'original' ? this.t('qualityOriginal') : name,
      note: [
        formatBitrate(bitrate, this.#i18n.locale()),
        this.t(action === 'copy' ? 'qualityCopy' : 'qualityEncode'),
      ].join(' · '),
    }));
  });
  /** What plays while the server chooses. */
  protected readonly autoNote = computed(() => this.qualities().find(({ plays }) => plays)?.words ?? '');
  /** Why it is not sent as it is. */
  protected readonly why = computed(() => {
    const session = this.playback.session();
    return session ? reasonsOf(session.streams).map((code) => this.#streams.reason(code)) : [];
  });

  protected rateName(rate: number): string {
    return rate === 1 ? this.t('speedNormal') : `${rate.toLocaleString(this.#i18n.locale())}×`;
  }
}
