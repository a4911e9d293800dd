/** What a reading thread asks of the thread that fetches for it. `end` included; null: only how large it is. */
export interface AddressRequest {
  readonly address: string;
  readonly range: { readonly start: number; readonly end: number } | null;
  readonly reply: AddressReply;
}

/** Shared memory that the answer is put into. */
export interface AddressReply {
  /** `places` below. */
  readonly control: SharedArrayBuffer;
  readonly data: SharedArrayBuffer;
}

/** Bytes fetched at once. */
export const fetchedAtOnce = 1024 * 1024;

/** Where in `control` what stands, as 32-bit numbers; the size of the whole takes two. */
export const places = { done: 0, status: 1, length: 2, sizeLow: 4, sizeHigh: 5 } as const;
export const controlBytes = 32;

/** In place of an HTTP status, where there was none. */
export const noAnswer = 0;
