import { EngineError } from '../torrent-engine.js';

interface Wait {
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/** Who waits for which piece of a torrent. */
export class PieceWaits {
  private readonly waits = new Map<number, Set<Wait>>();

  get isEmpty(): boolean {
    return this.waits.size === 0;
  }

  /** Resolves when the piece has come, or `signal` aborts. @throws EngineError when it never will */
  for(piece: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const all = this.waits.get(piece) ?? new Set();
      this.waits.set(piece, all);
      const leave = (): void => {
        all.delete(wait);
        if (all.size === 0 && this.waits.get(piece) === all) this.waits.delete(piece);
        signal.removeEventListener('abort', wait.resolve);
      };
      const wait: Wait = {
        resolve: () => (leave(), resolve()),
        reject: (error) => (leave(), reject(error)),
      };
      all.add(wait);
      signal.addEventListener('abort', wait.resolve, { once: true });
    });
  }

  came(piece: number): void {
    for (const { resolve } of [...(this.waits.get(piece) ?? [])]) resolve();
  }

  /** Nobody waits any more. */
  fail(error: EngineError): void {
    for (const all of [...this.waits.values()]) for (const { reject } of [...all]) reject(error);
  }
}
