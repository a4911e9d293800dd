import { Component, computed, inject, signal } from '@angular/core';
import { torrentRoutes, type TorrentSettings } from '@hearth/contract/torrent';
import { Api } from '../core/api/api';
import { resource } from '../core/api/resource';
import { formatAgo } from '../core/format';
import { I18n, translator } from '../core/i18n/i18n';
import { problemWords } from '../core/i18n/problem-words';
import { Toasts } from '../core/toasts';
import { TorrentAccess } from '../core/torrent-access';
import { whileVisible } from '../core/while-visible';
import { ErrorState } from '../ui/error-state';
import { Icon } from '../ui/icon';
import { Switch } from '../ui/switch';
import { TorrentEngineCard } from './torrent-engine-card';
import { TorrentForm } from './torrent-form';
import { torrentMessages } from './torrent-messages';
import { TorrentPeople } from './torrent-people';

/** Between two looks at the engine (ms). */
const everyMs = 3000;

/** Torrents, for whoever runs the server: the notice, the switch, and everything that can be set. */
@Component({
  selector: 'app-admin-torrents',
  imports: [ErrorState, Icon, Switch, TorrentEngineCard, TorrentForm, TorrentPeople],
  templateUrl: './torrents.html',
  styleUrl: './torrents.css',
})
export class AdminTorrents {
  readonly #api = inject(Api);
  readonly #toasts = inject(Toasts);
  readonly #access = inject(TorrentAccess);
  readonly #locale = inject(I18n).locale;
  protected readonly t = translator(torrentMessages);
  protected readonly problems = problemWords();
  protected readonly settings = resource(torrentRoutes.settings, () => ({}));
  protected readonly engine = resource(torrentRoutes.engine, () => ({}));
  protected readonly busy = signal(false);
  /** When the notice was accepted; empty while it was not. */
  protected readonly accepted = computed(() => {
    const at = this.settings.value()?.noticeAcceptedAt;
    return at ? this.t('noticeWhen', { when: formatAgo(at, this.#locale()) }) : '';
  });

  constructor() {
    whileVisible(everyMs, () => this.engine.reload());
  }

  protected accept(): void {
    void this.#turn({ enabled: true, acceptNotice: true });
  }

  protected turn(enabled: boolean): void {
    void this.#turn({ enabled });
  }

  protected saved(settings: TorrentSettings): void {
    this.settings.update(() => settings);
    this.engine.reload();
    this.#access.reload();
  }

  async #turn(change: { enabled: boolean; acceptNotice?: true }): Promise<void> {
    this.busy.set(true);
    try {
      this.saved(await this.#api.call(torrentRoutes.changeSettings, change));
      this.#toasts.show(this.t(change.enabled ? 'turnedOn' : 'turnedOff'), { tone: 'good' });
    } catch (error) {
      this.#toasts.failed(this.t('actionFailed'), error);
      this.settings.reload();
    } finally {
      this.busy.set(false);
    }
  }
}
