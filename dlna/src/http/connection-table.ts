interface Row {
  readonly peer: string;
  /** Answers that are being made or sent. */
  serving: number;
  hasAsked: boolean;
}

export interface ConnectionLimits {
  readonly most: number;
  readonly mostPerPeer: number;
}

/** What a connection is worth, for when one has to go: nothing was asked yet, nothing is being answered, a film runs. */
const worth = ({ serving, hasAsked }: Row): number => (serving > 0 ? 2 : hasAsked ? 1 : 0);

/**
 * Who holds how many connections. Where there is no room, whoever holds most gives one up for a neighbour that holds
 * fewer: nobody, be it under many addresses, keeps the others out.
 */
export class ConnectionTable<C> {
  /** The oldest first. */
  readonly #rows = new Map<C, Row>();
  readonly #counts = new Map<string, number>();
  readonly #limits: ConnectionLimits;

  constructor(limits: ConnectionLimits) {
    this.#limits = limits;
  }

  /** @returns whether it may stay, and what was taken out for it and is to be cut */
  add(connection: C, peer: string): { readonly admitted: boolean; readonly displaced?: C } {
    const own = this.#counts.get(peer) ?? 0;
    if (own >= this.#limits.mostPerPeer) return { admitted: false };
    const displaced = this.#rows.size >= this.#limits.most ? this.#leastWorth(own) : undefined;
    if (this.#rows.size >= this.#limits.most && displaced === undefined) return { admitted: false };
    if (displaced !== undefined) this.remove(displaced);
    this.#rows.set(connection, { peer, serving: 0, hasAsked: false });
    this.#counts.set(peer, own + 1);
    return { admitted: true, ...(displaced !== undefined && { displaced }) };
  }

  /** It asked for something; @returns to be called when that is answered */
  asked(connection: C): () => void {
    const row = this.#rows.get(connection);
    if (!row) return () => undefined;
    row.hasAsked = true;
    row.serving++;
    return () => {
      row.serving--;
    };
  }

  remove(connection: C): void {
    const row = this.#rows.get(connection);
    if (!row) return;
    this.#rows.delete(connection);
    const left = (this.#counts.get(row.peer) ?? 1) - 1;
    if (left > 0) this.#counts.set(row.peer, left);
    else this.#counts.delete(row.peer);
  }

  /** Of those that hold most, and more than `own`, the connection that is worth least, and of these the oldest. */
  #leastWorth(own: number): C | undefined {
    const most = Math.max(...this.#counts.values());
    if (most <= own) return undefined;
    let least: { readonly connection: C; readonly worth: number } | undefined;
    for (const [connection, row] of this.#rows)
      if (this.#counts.get(row.peer) === most && (!least || worth(row) < least.worth))
        least = { connection, worth: worth(row) };
    return least?.connection;
  }
}
