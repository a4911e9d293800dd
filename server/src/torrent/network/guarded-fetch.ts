import type { Egress } from './egress.js';

export type FetchFault =
  | 'bad-url'
  | 'refused-address'
  | 'held'
  | 'not-found'
  | 'unreachable'
  | 'status'
  | 'too-large'
  | 'timeout'
  | 'too-many-redirects'
  | 'other-scheme'
  | 'content-type'
  | 'encoding'
  | 'aborted';

/** Why an address was not fetched. */
export class FetchRefused extends Error {
  constructor(
    readonly reason: FetchFault,
    message: string,
    readonly details: { readonly status?: number; readonly location?: string } = {},
  ) {
    super(message);
    this.name = 'FetchRefused';
  }
}

export interface GuardedFetchOptions {
  /** Of the body, after decompression. */
  readonly maxBytes: number;
  /** For everything: names, redirects, the body. */
  readonly timeoutMs: number;
  /** Hosts (`prowlarr`, `192.168.1.5`, `host:port`) that may have a private address; `*` lets all through. */
  readonly allowPrivateHosts?: readonly string[];
  /** `Accept` of the request, and media types of which the answer must be one (`text/*` fits its family). */
  readonly accept?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly egress?: Egress;
  readonly signal?: AbortSignal;
}

export interface Fetched {
  /** After redirects. */
  readonly url: string;
  readonly status: number;
  readonly contentType: string | null;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Uint8Array;
}

/** GETs an http(s) address that somebody else chose. @throws FetchRefused */
export function guardedFetch(_url: string, _options: GuardedFetchOptions): Promise<Fetched> {
  return Promise.reject(new FetchRefused('unreachable', 'Not built yet.'));
}
