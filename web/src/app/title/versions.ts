import { Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { MediaStream, Source } from '@hearth/contract/title';
import { formatBitrate, formatBytes, formatLanguage } from '../core/format';
import { I18n, translator } from '../core/i18n/i18n';
import { paths } from '../core/paths';
import { IconButton } from '../ui/icon-button';
import { DownloadMenu } from './download-menu';
import { titleMessages } from './messages';
import { channelsOf, pictureOf, soundOf, subtitlesOf } from './source-facts';

/** Every version in one table, best first; codecs and the like stay folded away. */
@Component({
  selector: 'app-versions',
  imports: [DownloadMenu, IconButton, RouterLink],
  templateUrl: './versions.html',
  styleUrl: './versions.css',
})
export class Versions {
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
        link: paths.watch('file', source.fileId),
        name: source.label || source.fileName,
        picture: pictureOf(source),
        sound: soundOf(source, locale, unknown) || this.t('none'),
        subtitles: subtitlesOf(source, locale, unknown) || this.t('none'),
        size: formatBytes(source.size, locale),
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
