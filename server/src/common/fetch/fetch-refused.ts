export type FetchFault =
  /** No http(s) address, one with a password in it, or with a port that belongs to another service. */
  | 'bad-url'
  /** It is, or resolves to, an address that is not of the public. */
  | 'refused-address'
  /** It is, or leads to, a host that whoever asks for it may not ask (`permits`). */
  | 'other-host'
  /** The network interface that everything goes through is away. */
  | 'held'
  | 'not-found'
  | 'unreachable'
  | 'status'
  | 'too-large'
  /** Other bytes than before lie at the address. */
  | 'changed'
  | 'timeout'
  | 'too-many-redirects'
  /** Leads to something that is no http(s) address: `details.location` (a magnet link, mostly). */
  | 'other-scheme'
  | 'content-type'
  | 'encoding'
  | 'aborted';

/** Why an address was not fetched; the message is for people and holds no address. */
export class FetchRefused extends Error {
  constructor(
    readonly reason: FetchFault,
    message: string,
    readonly details: {
      readonly status?: number;
      readonly location?: string;
      /** Of a `status`: how long the host asks to be left alone. */
      readonly retryAfterSeconds?: number;
    } = {},
  ) {
    super(message);
    this.name = 'FetchRefused';
  }
}
