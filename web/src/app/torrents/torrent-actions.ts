import { inject, Injectable } from '@angular/core';
import { type Torrent, torrentRoutes } from '@hearth/contract/torrent';
import { Api } from '../core/api/api';
import { translator } from '../core/i18n/i18n';
import { Toasts } from '../core/toasts';
import { copyText } from '../ui/clipboard';
import { torrentMessages } from './messages';

/** What people do to a torrent, from the list and from its page. A refusal is told; nothing here throws. */
@Injectable({ providedIn: 'root' })
export class TorrentActions {
  readonly #api = inject(Api);
  readonly #toasts = inject(Toasts);
  readonly #t = translator(torrentMessages);

  /** @returns how it is then; undefined where it was refused */
  pause(hash: string): Promise<Torrent | undefined> {
    return this.#try(this.#api.call(torrentRoutes.pause, { hash }));
  }

  resume(hash: string): Promise<Torrent | undefined> {
    return this.#try(this.#api.call(torrentRoutes.resume, { hash }));
  }

  change(hash: string, change: Partial<Pick<Torrent, 'download' | 'shared'>>): Promise<Torrent | undefined> {
    return this.#try(this.#api.call(torrentRoutes.change, { hash, ...change }));
  }

  /** `libraryId`: left out, the one that fits. */
  async keep({ infoHash: hash, name }: Torrent, libraryId?: string): Promise<Torrent | undefined> {
    const kept = await this.#try(this.#api.call(torrentRoutes.keep, { hash, libraryId }));
    if (kept) this.#toasts.show(this.#t('keepStarted', { name }), { tone: 'good' });
    return kept;
  }

  /** @returns whether it went */
  async remove(
    { infoHash: hash, name }: Pick<Torrent, 'infoHash' | 'name'>,
    data: boolean,
  ): Promise<boolean> {
    const gone = await this.#try(this.#api.call(torrentRoutes.remove, { hash, data }).then(() => true));
    if (gone) this.#toasts.show(this.#t('removed', { name }), { tone: 'good' });
    return gone ?? false;
  }

  async copyMagnet(hash: string): Promise<void> {
    const details = await this.#try(this.#api.call(torrentRoutes.info, { hash }));
    if (!details) return;
    const copied = await copyText(details.magnet);
    this.#toasts.show(this.#t(copied ? 'magnetCopied' : 'copyFailed'), { tone: copied ? 'good' : 'bad' });
  }

  async #try<T>(done: Promise<T>): Promise<T | undefined> {
    try {
      return await done;
    } catch (error) {
      this.#toasts.failed(this.#t('actionFailed'), error);
      return undefined;
    }
  }
}
