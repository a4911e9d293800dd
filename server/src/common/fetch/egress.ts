/** Through what the server's own requests leave. */
export interface Egress {
  /** Local addresses that sockets are bound to; null: any. Empty: the way out is away, and nothing is sent. */
  readonly localAddresses: readonly string[] | null;
  /**
   * `socks5://[user:password@]host:port`: names are resolved and checked here; `socks5h://…`: the proxy resolves names
   * (nothing is asked here, and what it may reach is the proxy's to say), as curl has it. null: none.
   */
  readonly proxy: string | null;
}

/** Any way the system chooses. */
export const directEgress: Egress = Object.freeze({ localAddresses: null, proxy: null });

/** Whether nothing may be sent now: everything goes through an interface that is away. */
export const isHeld = (egress: Egress): boolean => egress.localAddresses?.length === 0;

/** The local address of a family to bind a socket to; undefined: any; null: there is none, and no socket may be opened. */
export function localAddress(egress: Egress, family: 4 | 6): string | undefined | null {
  if (egress.localAddresses === null) return undefined;
  return egress.localAddresses.find((address) => address.includes(':') === (family === 6)) ?? null;
}
