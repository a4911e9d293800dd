import { Component, computed, inject, input } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { downloadRoutes } from '@hearth/contract/download';
import type { MediaStream, Source } from '@hearth/contract/title';
import { Api } from '../core/api/api';
import { formatBitrate, formatBytes, formatLanguage } from '../core/format';
import { I18n, translator } from '../core/i18n/i18n';
import { paths } from '../core/paths';
import { Session } from '../core/session/session';
import { Toasts } from '../core/toasts';
import { Icon } from '../ui/icon';
import { IconButton } from '../ui/icon-button';
import { Menu } from '../ui/menu';
import { titleMessages } from './messages';
import {
  channelsOf,
  downloadQualities,
  keepableQualities,
  pictureOf,
  soundOf,
  subtitlesOf,
} from './source-facts';

/** Every version in one table, best first; codecs and the like stay folded away. */
@Component({
  selector: 'app-versions',
  imports: [Icon, IconButton, Menu, RouterLink],
  templateUrl: './versions.html',
  styleUrl: './versions.css',
})
export class Versions {
  readonly sources = input.required<readonly Source[]>();
  readonly #api = inject(Api);
  readonly #toasts = inject(Toasts);
  readonly #router = inject(Router);
  readonly #i18n = inject(I18n);
  protected readonly t = translator(titleMessages);
  protected readonly isAdmin = inject(Session).isAdmin;

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
        qualities: downloadQualities(source),
        keepable: keepableQualities(source),
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

  /** What is ready is saved at once; the rest is converted first and waits among the downloads. */
  protected async ask({ fileId }: Source, quality: string): Promise<void> {
    try {
      const download = await this.#api.call(downloadRoutes.create, { fileId, quality });
      if (download.state === 'ready') saveFile(download.url, download.fileName);
      const begins = download.state === 'ready' ? 'downloadSaved' : 'downloadBegins';
      this.#tell(this.t(begins, { quality, name: download.fileName }), paths.downloads());
    } catch (error) {
      this.#toasts.failed(this.t('downloadFailed'), error);
    }
  }

  /** For whoever runs the server: made once, so that nobody who needs this size has to wait for a conversion. */
  protected async keep({ fileId }: Source, quality: string): Promise<void> {
    try {
      const { state } = await this.#api.call(downloadRoutes.optimise, { fileId, quality });
      const message = this.t(state === 'ready' ? 'versionKept' : 'versionBegins', { quality });
      this.#tell(message, paths.admin('streams'));
    } catch (error) {
      this.#toasts.failed(this.t('keepFailed'), error);
    }
  }

  /** Says what happens, and leads to where it is seen. */
  #tell(message: string, page: string): void {
    this.#toasts.show(message, {
      action: { label: this.t('toDownloads'), run: () => void this.#router.navigateByUrl(page) },
    });
  }

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

/** Has the browser save what lies at `url`, of this very server, under `name`. */
function saveFile(url: string, name: string): void {
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
}
