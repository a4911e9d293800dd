import { Component, computed, inject, output, signal } from '@angular/core';
import { libraryRoutes } from '@hearth/contract/library';
import type { Torrent } from '@hearth/contract/torrent';
import { resource } from '../core/api/resource';
import { formatBytes } from '../core/format';
import { I18n, translator } from '../core/i18n/i18n';
import { Dialog } from '../ui/dialog';
import { SelectField } from '../ui/select-field';
import { Switch } from '../ui/switch';
import { torrentMessages } from './messages';
import { TorrentActions } from './torrent-actions';
import type { TorrentAsk } from './torrent-menu';

/** Does what is asked; what can’t be taken back, or needs a choice, is asked about first. */
@Component({
  selector: 'app-torrent-tasks',
  imports: [Dialog, SelectField, Switch],
  template: `
    <app-dialog
      [heading]="t('removeHeading', { name: removing()?.name ?? '' })"
      [open]="removing() !== null"
      (openChange)="$event || removing.set(null)"
    >
      <p>{{ t('removeMessage') }}</p>
      @if (removing()?.kept !== 'yes') {
        <app-switch [label]="t('removeData')" [hint]="dataHint()" [(value)]="data" />
      }
      <ng-container dialogActions>
        <button class="button quiet" type="button" (click)="removing.set(null)">{{ t('cancel') }}</button>
        <button class="button danger" type="button" (click)="remove()">{{ t('removeConfirm') }}</button>
      </ng-container>
    </app-dialog>
    <app-dialog
      [heading]="t('keepHeading', { name: keeping()?.name ?? '' })"
      [open]="keeping() !== null"
      (openChange)="$event || keeping.set(null)"
    >
      <p>{{ t('keepMessage') }}</p>
      <app-select-field [label]="t('keepLibrary')" [options]="libraries()" [(value)]="libraryId" />
      <ng-container dialogActions>
        <button class="button quiet" type="button" (click)="keeping.set(null)">{{ t('cancel') }}</button>
        <button class="button primary" type="button" (click)="keep()">{{ t('keepConfirm') }}</button>
      </ng-container>
    </app-dialog>
  `,
})
export class TorrentTasks {
  readonly #actions = inject(TorrentActions);
  readonly #locale = inject(I18n).locale;
  protected readonly t = translator(torrentMessages);
  /** How it is now. */
  readonly changed = output<Torrent>();
  readonly removed = output<Torrent>();
  protected readonly removing = signal<Torrent | null>(null);
  protected readonly keeping = signal<Torrent | null>(null);
  protected readonly data = signal(true);
  protected readonly libraryId = signal('');
  readonly #libraries = resource(libraryRoutes.list, () => (this.keeping() ? {} : undefined));
  protected readonly libraries = computed(() => [
    { value: '', name: this.t('keepFits') },
    ...(this.#libraries.value()?.items ?? [])
      .filter(({ folders }) => folders.some(({ available }) => available))
      .map(({ id, name }) => ({ value: id, name })),
  ]);
  protected readonly dataHint = computed(() =>
    this.t('removeDataHint', { size: formatBytes(this.removing()?.haveBytes ?? 0, this.#locale()) }),
  );

  do(ask: TorrentAsk, torrent: Torrent): void {
    const { infoHash } = torrent;
    if (ask === 'remove') {
      this.data.set(true);
      this.removing.set(torrent);
    } else if (ask === 'keep') {
      this.libraryId.set('');
      this.keeping.set(torrent);
    } else if (ask === 'magnet') void this.#actions.copyMagnet(infoHash);
    else if (ask === 'pause') void this.#tell(this.#actions.pause(infoHash));
    else if (ask === 'resume') void this.#tell(this.#actions.resume(infoHash));
    else if (ask === 'share' || ask === 'unshare')
      void this.#tell(this.#actions.change(infoHash, { shared: ask === 'share' }));
    else void this.#tell(this.#actions.change(infoHash, { download: ask === 'whole' }));
  }

  protected async remove(): Promise<void> {
    const torrent = this.removing();
    this.removing.set(null);
    if (torrent && (await this.#actions.remove(torrent, torrent.kept === 'yes' ? false : this.data())))
      this.removed.emit(torrent);
  }

  protected async keep(): Promise<void> {
    const torrent = this.keeping();
    this.keeping.set(null);
    if (torrent) await this.#tell(this.#actions.keep(torrent, this.libraryId() || undefined));
  }

  async #tell(done: Promise<Torrent | undefined>): Promise<void> {
    const changed = await done;
    if (changed) this.changed.emit(changed);
  }
}
