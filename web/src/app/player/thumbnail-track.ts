import { effect, inject, Injectable, signal, untracked } from '@angular/core';
import { SessionExtras } from './session-extras';
import { parseThumbnails, type Thumbnail, thumbnailAt } from './thumbnails';

/** The pictures over the seek bar. Nothing is loaded before somebody wants to see one. */
@Injectable()
export class ThumbnailTrack {
  readonly #extras = inject(SessionExtras);
  readonly #list = signal<readonly Thumbnail[]>([]);
  readonly #wanted = signal(false);
  #fileId: string | undefined;
  #loading = false;

  constructor() {
    effect(() => {
      const fileId = this.#extras.fileId();
      if (fileId === this.#fileId || fileId === undefined) return;
      this.#fileId = fileId;
      this.#list.set([]);
      this.#wanted.set(false);
    });
    effect(() => {
      const url = this.#extras.thumbnailsUrl();
      if (this.#wanted() && url !== null) untracked(() => void this.#load(url));
    });
  }

  /** Somebody looks for a place: from now on there are pictures, once they are made. */
  want(): void {
    this.#wanted.set(true);
  }

  /** What the film looks like at `position` (s), as far as it is known. */
  at(position: number): Thumbnail | undefined {
    return thumbnailAt(this.#list(), position);
  }

  async #load(url: string): Promise<void> {
    if (this.#loading || this.#list().length > 0) return;
    const fileId = this.#fileId;
    this.#loading = true;
    try {
      const address = new URL(url, document.baseURI).href;
      const reply = await fetch(address);
      if (reply.ok && fileId === this.#fileId) this.#list.set(parseThumbnails(await reply.text(), address));
    } catch {
      // The bar says the time without a picture; the next look tries again.
      this.#wanted.set(false);
    } finally {
      this.#loading = false;
    }
  }
}
