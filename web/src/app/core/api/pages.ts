import { computed, signal } from '@angular/core';
import { type ApiProblem, toProblem } from './problem';

export interface Page<T> {
  readonly items: readonly T[];
  readonly total: number;
  readonly nextCursor: string | null;
}

/** A list that is read page by page and can lose entries. */
export class Pages<T extends { readonly id: string }> {
  readonly #items = signal<readonly T[]>([]);
  readonly #total = signal(0);
  readonly #cursor = signal<string | null>(null);
  readonly #known = signal(false);
  readonly #loading = signal(false);
  readonly #problem = signal<ApiProblem | undefined>(undefined);
  #generation = 0;

  readonly items = this.#items.asReadonly();
  readonly total = this.#total.asReadonly();
  /** False until the first page is there. */
  readonly known = this.#known.asReadonly();
  readonly loading = this.#loading.asReadonly();
  readonly problem = this.#problem.asReadonly();
  readonly hasMore = computed(() => this.#cursor() !== null);

  constructor(private readonly fetch: (cursor: string | undefined) => Promise<Page<T>>) {}

  /** Reads from the start; what is shown stays until then. */
  async load(): Promise<void> {
    await this.#read(undefined);
  }

  async more(): Promise<void> {
    const cursor = this.#cursor();
    if (cursor !== null && !this.#loading()) await this.#read(cursor);
  }

  /** Reads on, where the entry at `index` is wanted and not there yet. */
  async reach(index: number): Promise<void> {
    if (index >= this.#items().length) await this.more();
  }

  /** Takes an entry out of what is shown; returns what puts it back. */
  remove(id: string): () => void {
    const before = this.#items();
    const at = before.findIndex((item) => item.id === id);
    const item = before[at];
    if (!item) return () => {};
    this.#items.set(before.filter((other) => other.id !== id));
    this.#total.update((total) => total - 1);
    return () => {
      this.#items.update((items) => items.toSpliced(at, 0, item));
      this.#total.update((total) => total + 1);
    };
  }

  async #read(cursor: string | undefined): Promise<void> {
    const generation = ++this.#generation;
    this.#loading.set(true);
    try {
      const page = await this.fetch(cursor);
      if (generation !== this.#generation) return;
      this.#items.update((items) => (cursor === undefined ? page.items : [...items, ...page.items]));
      this.#total.set(page.total);
      this.#cursor.set(page.nextCursor);
      this.#known.set(true);
      this.#problem.set(undefined);
    } catch (error) {
      if (generation === this.#generation) this.#problem.set(toProblem(error));
    } finally {
      if (generation === this.#generation) this.#loading.set(false);
    }
  }
}
