import { type NetworkInterfaceInfo, networkInterfaces } from 'node:os';

export interface InterfaceState {
  readonly name: string;
  /** Without link-local ones; empty while it is away or has none. */
  readonly addresses: readonly string[];
  /** It is there and has an address: the system leaves out interfaces that are down. */
  readonly up: boolean;
}

export interface InterfaceWatchOptions {
  readonly read?: () => NodeJS.Dict<NetworkInterfaceInfo[]>;
  /** How often it is looked up. A read costs some hundredths of a millisecond. */
  readonly everyMs?: number;
}

/** A second: the engine looks for itself, more often (engine/child/egress.ts). */
const EVERY_MS = 1000;

/** Watches one network interface by its name, and costs nothing while none is named. */
export class InterfaceWatch {
  private readonly read: () => NodeJS.Dict<NetworkInterfaceInfo[]>;

  constructor(private readonly options: InterfaceWatchOptions = {}) {
    this.read = options.read ?? networkInterfaces;
  }

  /** All that are up, for people; the machine's own loopback too. */
  list(): InterfaceState[] {
    return Object.keys(this.readSafely()).map((name) => this.state(name));
  }

  /** Looked up now. */
  state(name: string): InterfaceState {
    const all = this.readSafely();
    const addresses = (Object.hasOwn(all, name) ? (all[name] ?? []) : [])
      .map(({ address }) => address)
      .filter((address) => !/^(?:fe[89ab][0-9a-f]:|169\.254\.)/iu.test(address));
    return { name, addresses, up: addresses.length > 0 };
  }

  /**
   * Watches from now on: the listener hears at once how it is, and then of every change of its addresses.
   * @param name empty: no interface, nothing is watched and nothing is said
   * @returns stops watching
   */
  watch(name: string, listener: (state: InterfaceState) => void): () => void {
    if (name === '') return () => undefined;
    let said: string | null = null;
    const look = (): void => {
      const state = this.state(name);
      const now = state.addresses.join(' ');
      if (now === said) return;
      said = now;
      listener(state);
    };
    const timer = setInterval(look, this.options.everyMs ?? EVERY_MS);
    timer.unref();
    look();
    return () => clearInterval(timer);
  }

  /** A system that does not answer has no way out. */
  private readSafely(): NodeJS.Dict<NetworkInterfaceInfo[]> {
    try {
      return this.read();
    } catch {
      return {};
    }
  }
}
