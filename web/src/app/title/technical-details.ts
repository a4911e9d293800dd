import { Component, computed, inject, input } from '@angular/core';
import type { MediaStream, Source } from '@hearth/contract/title';
import { formatBitrate, formatLanguage } from '../core/format';
import { I18n, translator } from '../core/i18n/i18n';
import { titleMessages } from './messages';
import { channelsOf } from './source-facts';

/** Codecs and the like of every file, folded away. */
@Component({
  selector: 'app-technical-details',
  templateUrl: './technical-details.html',
  styleUrl: './technical-details.css',
})
export class TechnicalDetails {
  readonly sources = input.required<readonly Source[]>();
  readonly #i18n = inject(I18n);
  protected readonly t = translator(titleMessages);

  protected readonly rows = computed(() => {
    const locale = this.#i18n.locale();
    const unknown = this.t('unknownLanguage');
    return this.sources()
      .filter((source) => source.extraKind === null)
      .map((source) => ({
        source,
        bitrate: source.bitrate ? formatBitrate(source.bitrate, locale) : '',
        external: source.externalSubtitles.map(({ language, format }) => ({
          language: language ? formatLanguage(language, locale) : unknown,
          format,
        })),
        streams: source.streams.map((stream) => ({
          index: stream.index,
          kind: this.t(stream.kind),
          facts: this.#facts(stream, locale, unknown),
        })),
      }));
  });

  #facts(stream: MediaStream, locale: string, unknown: string): string {
    const language = stream.language ? formatLanguage(stream.language, locale) : unknown;
    return [
      stream.kind === 'video' ? '' : language,
      stream.title,
      stream.codec,
      stream.codecString,
      stream.width && stream.height ? `${stream.width}×${stream.height}` : '',
      stream.frameRate ? `${Number(stream.frameRate.toFixed(3))} fps` : '',
      stream.hdr,
      channelsOf(stream),
      stream.bitrate ? formatBitrate(stream.bitrate, locale) : '',
      stream.isDefault && stream.kind !== 'video' ? this.t('default') : '',
      stream.forced ? this.t('forced') : '',
      stream.hearingImpaired ? this.t('hearingImpaired') : '',
    ]
      .filter(Boolean)
      .join(' · ');
  }
}
