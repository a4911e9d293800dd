import { Component, computed, inject, input, output, signal } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { downloadRoutes } from '@hearth/contract/download';
import { type FilePriority, filePriority, type TorrentFile, torrentRoutes } from '@hearth/contract/torrent';
import { Api } from '../core/api/api';
import { translator } from '../core/i18n/i18n';
import { paths } from '../core/paths';
import { Toasts } from '../core/toasts';
import { Icon } from '../ui/icon';
import { IconButton } from '../ui/icon-button';
import { ProgressBar } from '../ui/progress-bar';
import { addMessages } from './add-messages';
import { detailsMessages } from './details-messages';
import { kindIcons } from './file-picker';
import { torrentMessages } from './messages';
import { torrentWords } from './torrent-words';

/** So many rows at a time. */
const pageSize = 100;

/** The files of a torrent: play one, say which comes first, take one along. */
@Component({
  selector: 'app-torrent-files',
  imports: [Icon, IconButton, ProgressBar, RouterLink],
  templateUrl: './torrent-files.html',
  styleUrl: './torrent-files.css',
})
export class TorrentFiles {
  readonly #api = inject(Api);
  readonly #toasts = inject(Toasts);
  readonly #router = inject(Router);
  readonly infoHash = input.required<string>();
  readonly files = input.required<readonly TorrentFile[]>();
  readonly mayChange = input(false);
  /** A priority was set: ask again. */
  readonly changed = output();
  protected readonly t = translator(detailsMessages);
  readonly #common = translator(torrentMessages);
  protected readonly warn = translator(addMessages);
  protected readonly words = torrentWords();
  protected readonly paths = paths;
  protected readonly icons = kindIcons;
  protected readonly priorities = filePriority.options;
  protected readonly page = pageSize;
  protected readonly room = signal(pageSize);
  protected readonly shown = computed(() => this.files().slice(0, this.room()));
  protected readonly more = computed(() => Math.min(pageSize, this.files().length - this.shown().length));

  protected async prioritise({ index }: TorrentFile, value: string): Promise<void> {
    const priority = filePriority.options.find((one): one is FilePriority => one === value);
    if (!priority) return;
    try {
      await this.#api.call(torrentRoutes.change, {
        hash: this.infoHash(),
        priorities: [{ index, priority }],
      });
    } catch (error) {
      this.#toasts.failed(this.#common('actionFailed'), error);
    } finally {
      this.changed.emit();
    }
  }

  /** The file as it is, saved by the browser; what is missing is fetched meanwhile. */
  protected async save(fileId: string, name: string): Promise<void> {
    try {
      const download = await this.#api.call(downloadRoutes.create, { fileId, quality: 'original' });
      if (download.state === 'ready') {
        saveFrom(download.url, download.fileName);
        this.#toasts.show(this.t('toDeviceStarted', { name }));
      } else
        this.#toasts.show(this.t('toDeviceWaits', { name }), {
          action: {
            label: this.t('toDownloads'),
            run: () => void this.#router.navigateByUrl(paths.downloads()),
          },
        });
    } catch (error) {
      this.#toasts.failed(this.t('toDeviceFailed'), error);
    }
  }
}

/** Lets the browser save what lies at `url`. */
export function saveFrom(url: string, name: string): void {
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
}
