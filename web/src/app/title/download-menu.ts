import {
  afterNextRender,
  Component,
  computed,
  effect,
  inject,
  Injector,
  input,
  model,
  viewChild,
} from '@angular/core';
import { Router } from '@angular/router';
import { downloadRoutes } from '@hearth/contract/download';
import type { Source } from '@hearth/contract/title';
import { Api } from '../core/api/api';
import { formatBytes } from '../core/format';
import { I18n, translator } from '../core/i18n/i18n';
import { paths } from '../core/paths';
import { Session } from '../core/session/session';
import { Toasts } from '../core/toasts';
import { Icon } from '../ui/icon';
import { IconButton } from '../ui/icon-button';
import { Menu } from '../ui/menu';
import { titleMessages } from './messages';
import { downloadQualities, keepableQualities } from './source-facts';

/** What versions of a film or an episode can be taken along as; for administrators, also what can be kept. */
@Component({
  selector: 'app-download-menu',
  imports: [Icon, IconButton, Menu],
  templateUrl: './download-menu.html',
  styleUrl: './download-menu.css',
  host: { '(pointerenter)': 'wanted.set(true)', '(focusin)': 'wanted.set(true)' },
})
export class DownloadMenu {
  /** What it is called: of the version, or the episode. */
  readonly name = input.required<string>();
  /** Undefined until they are there. */
  readonly sources = input.required<readonly Source[] | undefined>();
  readonly failed = input(false);
  /** Somebody is about to open it. */
  readonly wanted = model(false);

  readonly #api = inject(Api);
  readonly #toasts = inject(Toasts);
  readonly #router = inject(Router);
  readonly #i18n = inject(I18n);
  private readonly menu = viewChild.required(Menu);
  protected readonly t = translator(titleMessages);
  protected readonly isAdmin = inject(Session).isAdmin;
  protected readonly rows = computed(() =>
    this.sources()
      ?.filter((source) => source.extraKind === null && source.available)
      .map((source) => ({
        source,
        name: source.label || source.fileName,
        size: formatBytes(source.size, this.#i18n.locale()),
        qualities: downloadQualities(source),
        keepable: this.isAdmin() ? keepableQualities(source) : [],
      })),
  );

  constructor() {
    const injector = inject(Injector);
    // What comes while the menu is open is ready for the keyboard.
    effect(() => {
      if (this.rows() && this.menu().open()) afterNextRender(() => this.menu().focusFirst(), { injector });
    });
  }

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
}

/** Has the browser save what lies at `url`, of this very server, under `name`. */
function saveFile(url: string, name: string): void {
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
}
