import { Injectable } from '@angular/core';

/** The last replies by URL, so that a page seen before paints at once and is then refreshed. */
@Injectable({ providedIn: 'root' })
export class ReplyCache {
  readonly #replies = new Map<string, unknown>();
  static readonly limit = 60;

  get(url: string): unknown {
    return this.#replies.get(url);
  }

  set(url: string, reply: unknown): void {
    this.#replies.delete(url);
    this.#replies.set(url, reply);
    const oldest = this.#replies.keys().next();
    if (this.#replies.size > ReplyCache.limit && !oldest.done) this.#replies.delete(oldest.value);
  }

  /** When the account changes: nobody sees another's pages. */
  clear(): void {
    this.#replies.clear();
  }
}
