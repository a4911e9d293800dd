import { inject, Injectable } from '@angular/core';
import { playbackRoutes } from '@hearth/contract/playback';
import { Api } from './api/api';
import { Toasts } from './toasts';

/** What is marked as watched or not: a whole title, one of its seasons, or one episode. */
export type WatchTarget =
  { readonly titleId: string } | { readonly seasonId: string } | { readonly episodeId: string };

/** A change that shows at once, is saved, and can be taken back from the toast that tells of it. */
export interface OptimisticChange {
  /** Shows the new state. */
  readonly apply: () => void;
  /** Shows the old state again. */
  readonly revert: () => void;
  readonly save: () => Promise<unknown>;
  readonly unsave: () => Promise<unknown>;
  readonly texts: { readonly done: string; readonly undo: string; readonly failed: string };
}

/** What people do to titles, from any page. */
@Injectable({ providedIn: 'root' })
export class TitleActions {
  readonly #api = inject(Api);
  readonly #toasts = inject(Toasts);

  saveWatched(target: WatchTarget, watched: boolean): Promise<void> {
    return this.#api.call(playbackRoutes.watched, { ...target, watched });
  }

  saveFavorite(titleId: string, favorite: boolean): Promise<unknown> {
    return this.#api.call(favorite ? playbackRoutes.addFavorite : playbackRoutes.removeFavorite, { titleId });
  }

  /** Does `change` with an Undo; a refusal shows the old state and says why. */
  async perform(change: OptimisticChange): Promise<void> {
    const { texts } = change;
    if (!(await this.#attempt(change.apply, change.save, change.revert, texts.failed))) return;
    this.#toasts.undoable(texts.done, texts.undo, () => {
      void this.#attempt(change.revert, change.unsave, change.apply, texts.failed);
    });
  }

  async #attempt(
    show: () => void,
    save: () => Promise<unknown>,
    unshow: () => void,
    failed: string,
  ): Promise<boolean> {
    show();
    try {
      await save();
      return true;
    } catch (error) {
      unshow();
      this.#toasts.failed(failed, error);
      return false;
    }
  }
}
