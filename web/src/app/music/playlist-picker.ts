import { Component, computed, inject, model, signal } from '@angular/core';
import { playlistRoutes } from '@hearth/contract/playlist';
import { Api } from '../core/api/api';
import { toProblem } from '../core/api/problem';
import { resource } from '../core/api/resource';
import { translator } from '../core/i18n/i18n';
import { problemWords } from '../core/i18n/problem-words';
import { Toasts } from '../core/toasts';
import { Dialog } from '../ui/dialog';
import { Icon } from '../ui/icon';
import { TextField } from '../ui/text-field';
import { musicMessages } from './messages';

/** What goes into a playlist, and what it is called together; no tracks for an empty one. */
export interface Picked {
  readonly name: string;
  readonly trackIds: readonly string[];
}

/** Puts tracks into one of your playlists, or into a new one. */
@Component({
  selector: 'app-playlist-picker',
  imports: [Dialog, Icon, TextField],
  template: `
    <app-dialog [heading]="heading()" [open]="picked() !== null" (openChange)="$event || close()">
      @if (picked()?.trackIds?.length) {
        @for (list of own(); track list.id) {
          <button class="button quiet" type="button" [disabled]="busy()" (click)="append(list.id, list.name)">
            <app-icon name="playlist_play" /><bdi>{{ list.name }}</bdi>
          </button>
        }
      }
      <form id="playlist-form" (submit)="create($event)">
        <app-text-field [label]="t('playlistName')" [maxLength]="200" [(value)]="name" />
      </form>
      @if (trouble()) {
        <p role="alert">{{ trouble() }}</p>
      }
      <ng-container dialogActions>
        <button
          class="button primary"
          type="submit"
          form="playlist-form"
          [disabled]="busy() || !name().trim()"
        >
          {{ t('createPlaylist') }}
        </button>
      </ng-container>
    </app-dialog>
  `,
  styles: `
    .quiet {
      justify-content: start;
      inline-size: 100%;
    }
    form {
      margin-block-start: 1rem;
    }
    p {
      margin-block-start: 1rem;
      color: var(--app-bad);
    }
  `,
})
export class PlaylistPicker {
  readonly #api = inject(Api);
  readonly #toasts = inject(Toasts);
  readonly #words = problemWords();
  /** `null` while the dialog is closed. */
  readonly picked = model<Picked | null>(null);
  protected readonly t = translator(musicMessages);
  protected readonly name = signal('');
  protected readonly busy = signal(false);
  protected readonly trouble = signal('');
  readonly #lists = resource(playlistRoutes.list, () => (this.picked() ? {} : undefined));
  protected readonly own = computed(() => (this.#lists.value()?.items ?? []).filter(({ own }) => own));
  protected readonly heading = computed(() => {
    const picked = this.picked();
    return picked?.trackIds.length ? this.t('addTo', { name: picked.name }) : this.t('newPlaylist');
  });

  protected close(): void {
    this.picked.set(null);
    this.name.set('');
    this.trouble.set('');
  }

  protected append(id: string, list: string): void {
    void this.#do(list, (trackIds) => this.#api.call(playlistRoutes.append, { id, trackIds }));
  }

  protected create(event: Event): void {
    event.preventDefault();
    const name = this.name().trim();
    if (name) void this.#do(name, (trackIds) => this.#api.call(playlistRoutes.create, { name, trackIds }));
  }

  async #do(list: string, work: (trackIds: string[]) => Promise<unknown>): Promise<void> {
    const picked = this.picked();
    if (!picked || this.busy()) return;
    this.busy.set(true);
    this.trouble.set('');
    try {
      await work([...picked.trackIds]);
      this.#toasts.show(this.t('inPlaylist', { list }));
      this.close();
    } catch (error) {
      this.trouble.set(this.#words.message(toProblem(error)));
    } finally {
      this.busy.set(false);
    }
  }
}
