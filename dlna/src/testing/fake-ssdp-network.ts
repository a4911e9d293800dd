import type { OpenSsdpSocket, SsdpSocketOptions } from '../discovery/ssdp-socket.js';

interface Sent {
  /** Of the socket it left by. */
  readonly from: string;
  readonly text: string;
  /** Undefined: to the group. */
  readonly to: { readonly address: string; readonly port: number } | undefined;
}

/** A network where everything that is said is written down. */
export class FakeSsdpNetwork {
  readonly sent: Sent[] = [];
  readonly opened = new Map<string, SsdpSocketOptions>();
  /** Addresses whose sockets can't be opened, or can't send, by the system's word. */
  readonly refused = new Map<string, string>();
  readonly unsendable = new Map<string, string>();
  /** Addresses the kernel has forgotten the groups of. */
  readonly forgotten = new Set<string>();

  readonly open: OpenSsdpSocket = (options) => {
    const { address } = options;
    const refusal = this.refused.get(address);
    if (refusal !== undefined) return Promise.reject(systemError(refusal));
    this.opened.set(address, options);
    return Promise.resolve({
      send: (text, to) => {
        const trouble = this.unsendable.get(address);
        if (trouble !== undefined) return Promise.reject(systemError(trouble));
        this.sent.push({ from: address, text, to });
        return Promise.resolve();
      },
      rejoin: () => this.forgotten.delete(address),
      close: () => void this.opened.delete(address),
    });
  };

  /** As Linux does it: what is said to the group reaches every socket on the port, whatever interface it came by. */
  say(text: string, address: string, port = 50_000): void {
    for (const options of [...this.opened.values()])
      options.receive({ bytes: Buffer.from(text), address, port });
  }

  /** First lines and NTS of everything said to the group from an address, and forgets it. */
  announcedFrom(address: string): string[] {
    const mine = this.sent.filter(({ from, to }) => from === address && to === undefined);
    for (const one of mine) this.sent.splice(this.sent.indexOf(one), 1);
    return mine.map(({ text }) => /NTS: (.*)/.exec(text)?.[1]?.trim() ?? text);
  }

  /** Answers to somebody, and forgets them. */
  answersTo(address: string, port = 50_000): Sent[] {
    const theirs = this.sent.filter(({ to }) => to?.address === address && to.port === port);
    for (const one of theirs) this.sent.splice(this.sent.indexOf(one), 1);
    return theirs;
  }
}

const systemError = (code: string): Error => Object.assign(new Error(code), { code });
