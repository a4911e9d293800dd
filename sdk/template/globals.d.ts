// What a provider has besides the language itself (ES2023, without Intl). There are no timers, no `fetch` but that of a
// question's context, nothing of Node and nothing of a page.

/** Of http and https; its parts are read only, but for `searchParams`. */
declare class URL {
  constructor(address: string | URL, base?: string | URL);
  readonly href: string;
  readonly origin: string;
  readonly protocol: string;
  readonly host: string;
  readonly hostname: string;
  readonly port: string;
  readonly pathname: string;
  readonly search: string;
  readonly hash: string;
  readonly searchParams: URLSearchParams;
  toString(): string;
  toJSON(): string;
}

declare class URLSearchParams {
  constructor(from?: string | Record<string, string> | Iterable<[string, string]>);
  append(name: string, value: string | number): void;
  set(name: string, value: string | number): void;
  delete(name: string): void;
  get(name: string): string | null;
  getAll(name: string): string[];
  has(name: string): boolean;
  entries(): IterableIterator<[string, string]>;
  [Symbol.iterator](): IterableIterator<[string, string]>;
  toString(): string;
}

/** UTF-8. */
declare class TextEncoder {
  encode(text?: string): Uint8Array;
}

/** UTF-8. */
declare class TextDecoder {
  decode(bytes?: Uint8Array | ArrayBuffer): string;
}

/** Lines in Hearth's log at level `debug`, 50 for each question. */
declare const console: Record<'log' | 'info' | 'debug' | 'warn' | 'error', (...values: unknown[]) => void>;
