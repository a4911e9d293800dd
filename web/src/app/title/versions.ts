import { Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { Source } from '@hearth/contract/title';
import { formatBytes } from '../core/format';
import { I18n, translator } from '../core/i18n/i18n';
import { paths } from '../core/paths';
import { IconButton } from '../ui/icon-button';
import { DownloadMenu } from './download-menu';
import { titleMessages } from './messages';
import { pictureOf, soundOf, subtitlesOf } from './source-facts';
import { TechnicalDetails } from './technical-details';

/** Every version in one table, best first; codecs and the like stay folded away. */
@Component({
  selector: 'app-versions',
  imports: [DownloadMenu, IconButton, RouterLink, TechnicalDetails],
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
      }));
  });
}
