import { Injectable, signal } from '@angular/core';
import { readStored, store } from '../core/storage';

const key = 'hearth.searches';
const most = 8;

/** Newest first; the same words again (in any case) move up; a longer version replaces the beginning of itself. */
export function remember(list: readonly string[], query: string): string[] {
  const text = query.trim();
  if (text.length < 2) return [...list];
  const same = (other: string) => text.toLowerCase().startsWith(other.toLowerCase());
  return [text, ...list.filter((other) => !same(other))].slice(0, most);
}

/** What was searched for in this browser. */
@Injectable({ providedIn: 'root' })
export class RecentSearches {
  readonly #list = signal<readonly string[]>(readStored(key, { safeParse: parseList }) ?? []);
  readonly list = this.#list.asReadonly();

  add(query: string): void {
    this.#save(remember(this.#list(), query));
  }

  remove(query: string): void {
    this.#save(this.#list().filter((other) => other !== query));
  }

  clear(): void {
    this.#save([]);
  }

  #save(list: readonly string[]): void {
    this.#list.set(list);
    store(key, list.length > 0 ? list : null);
  }
}

function parseList(value: unknown) {
  const list = Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
  return { success: true as const, data: list.slice(0, most) };
}
