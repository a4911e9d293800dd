import type { ParsedTorrent, Torrent, TrackerOfTorrent, Wire } from 'webtorrent';
import { chunkStoreClass } from './chunk-store.js';
import type { SwarmClient } from './client.js';
import type { Plan } from './governor.js';
import type { Layout } from './layout.js';
import type { PieceSet } from './piece-set.js';
import type { PieceStore } from './piece-store.js';
import { quickenTorrent, quickenWire } from './quick-wires.js';
import { WebConnection } from './web-connections.js';
import { fetchRange } from './web-fetch.js';

/** What a torrent in its swarm tells whoever joined it. */
export interface SwarmListener {
  /** What is in it, when only its hash was known. @returns where pieces go; null: it is refused */
  described(torrent: Torrent): { store: PieceStore; layout: Layout } | null;
  /** Pieces may be asked for. */
  ready(): void;
  verified(piece: number): void;
  /** Stored nowhere: there was no room for one that nobody needs. */
  unwanted(piece: number): void;
  failed(error: Error): void;
}

export interface TrackerState {
  readonly url: string;
  state: 'working' | 'waiting' | 'failed';
  message: string | null;
  seeders: number | null;
  leechers: number | null;
}

export interface Joining {
  readonly torrent: string | ParsedTorrent;
  readonly trackers: readonly string[];
  readonly peers: readonly string[];
  readonly held: PieceSet | null;
}

/** One torrent among its peers, as WebTorrent has it: the only place that reaches into its private parts. */
export class SwarmTorrent {
  readonly torrent: Torrent;
  readonly trackers = new Map<string, TrackerState>();
  private place: { store: PieceStore; layout: Layout } | null = null;
  private isInterestDue = false;
  private stuck = new Map<number, number>();

  constructor(
    private readonly client: SwarmClient,
    joining: Joining,
    private readonly listener: SwarmListener,
  ) {
    for (const url of joining.trackers) this.trackers.set(url, unheard(url));
    this.torrent = client.join(joining.torrent, {
      announce: joining.trackers,
      store: chunkStoreClass(
        (torrent) => this.opened(torrent),
        (piece) => this.listener.unwanted(piece),
      ),
      ...(joining.held && { bitfield: joining.held.bytes }),
    });
    this.listen(joining.peers);
    quickenTorrent(this.torrent);
  }

  get isReady(): boolean {
    return this.torrent.ready && !this.torrent.destroyed;
  }

  /** What is fetched from now on. @param isJump somebody went elsewhere: what was asked of peers is taken back */
  apply({ fetch, urgent }: Plan, isJump: boolean): void {
    const { torrent } = this;
    if (torrent.destroyed) return;
    // Priorities stay 0: WebTorrent shuffles what has any. Streams' selections are not merged with their neighbours.
    const selection = { offset: 0, priority: 0, isStreamSelection: true };
    torrent._selections.clear();
    for (const { from, to } of fetch) torrent._selections.insert({ from, to, ...selection });
    const [first] = urgent;
    // A new peer is first asked for the end of the last selection.
    if (first !== undefined) torrent._selections.insert({ from: first, to: first, ...selection });
    torrent._critical = [];
    for (const piece of urgent) torrent._critical[piece] = true;
    if (!torrent.ready) return;
    if (isJump && urgent.length > 0) this.takeBack(fetch);
    torrent._update();
  }

  /** The piece is here after all (found on the disk). */
  found(piece: number): void {
    if (!this.isReady || this.torrent.bitfield.get(piece)) return;
    this.torrent._markVerified(piece);
    for (const wire of this.torrent.wires) wire.have(piece);
    this.torrent._checkDone();
  }

  /** The piece is not here any more: it may be fetched again, and peers are told (BEP 54, where they know it). */
  lost(piece: number): void {
    const { torrent } = this;
    if (!this.isReady || !torrent.bitfield.get(piece)) return;
    torrent._markUnverified(piece);
    for (const wire of torrent.wires) wire.lt_donthave.donthave(piece);
    if (this.isInterestDue) return;
    this.isInterestDue = true;
    setImmediate(() => {
      this.isInterestDue = false;
      if (!torrent.destroyed) torrent._updateInterest();
    });
  }

  /** Every few seconds: what waits for a peer that gives nothing is asked of others, what nobody needs is forgotten. */
  watch({ fetch, urgent }: Plan): void {
    const { torrent } = this;
    if (!this.isReady) return;
    const missing = new Map<number, number>();
    for (const index of urgent) {
      const piece = torrent.pieces[index];
      if (typeof piece !== 'object' || piece === null) continue;
      missing.set(index, piece.missing);
      if (this.stuck.get(index) === piece.missing) this.cancel((request) => request === index);
    }
    this.stuck = missing;
    this.forgetParts(fetch);
    torrent._drain();
    torrent._update();
  }

  /** Asks trackers again. */
  announce(): void {
    const tracker = this.torrent.discovery?.tracker;
    tracker?.update();
  }

  /** As `SwarmClient.leave`. */
  async leave(): Promise<void> {
    if (!this.torrent.destroyed) await this.client.leave(this.torrent);
  }

  private takeBack(fetch: Plan['fetch']): void {
    this.cancel((piece) => !fetch.some(({ from, to }) => piece >= from && piece <= to));
  }

  private cancel(isMeant: (piece: number) => boolean): void {
    for (const wire of this.torrent.wires) {
      if (wire.type === 'webSeed') continue;
      for (const { piece, offset, length } of [...wire.requests]) {
        if (isMeant(piece)) wire.cancel(piece, offset, length);
      }
    }
  }

  /** Parts of pieces that nobody waits for stay in memory otherwise. */
  private forgetParts(fetch: Plan['fetch']): void {
    const asked = new Set(this.torrent.wires.flatMap(({ requests }) => requests.map(({ piece }) => piece)));
    for (const [index, piece] of this.torrent.pieces.entries()) {
      if (typeof piece !== 'object' || piece === null || piece.missing === piece.length) continue;
      // Complete and on its way to the disk.
      if (piece.missing === 0 || asked.has(index)) continue;
      if (fetch.some(({ from, to }) => index >= from && index <= to)) continue;
      this.torrent._markUnverified(index);
    }
  }

  private listen(peers: readonly string[]): void {
    const { torrent, listener } = this;
    torrent.on('infoHash', () => {
      queueMicrotask(() => {
        if (!torrent.destroyed) for (const peer of peers) torrent.addPeer(peer, 'manual');
      });
    });
    torrent.on('metadata', () => this.connectWebSeeds());
    torrent.on('ready', () => {
      this.watchTrackers();
      listener.ready();
    });
    torrent.on('verified', (piece: number) => listener.verified(piece));
    torrent.on('error', (error: Error) => listener.failed(error));
    torrent.on('warning', () => undefined);
    torrent.on('wire', (wire: Wire) => {
      quickenWire(wire);
      // WebTorrent leaves requests for pieces that went without an answer; their sender waits, then hangs up.
      wire.on(
        'request',
        (piece: number, _offset: number, _length: number, answer: (error: Error) => void) => {
          if (torrent.ready && !torrent.bitfield.get(piece)) answer(new Error('The piece is not here'));
        },
      );
    });
    // Trackers are asked before the metadata is known.
    const start = torrent._startDiscovery.bind(torrent);
    torrent._startDiscovery = () => {
      start();
      this.watchTrackers();
    };
  }

  private connectWebSeeds(): void {
    const { torrent, place } = this;
    if (!place || torrent.destroyed) return;
    for (const url of torrent.urlList) {
      torrent.addWebSeed(new WebConnection(url, { torrent, layout: place.layout }, fetchRange));
    }
  }

  private watchTrackers(): void {
    const tracker = this.torrent.discovery?.tracker;
    if (!tracker || tracker.listeners('update').includes(this.heard)) return;
    tracker.on('update', this.heard);
    tracker.on('scrape', this.heard);
    tracker.on('warning', (error: Error) => this.blame(error));
    for (const each of tracker._trackers) this.guardTracker(each);
  }

  private readonly heard = (data: { announce?: string; complete?: number; incomplete?: number }): void => {
    const tracker = this.trackers.get(data.announce ?? '');
    if (!tracker) return;
    tracker.state = 'working';
    tracker.message = null;
    if (Number.isSafeInteger(data.complete)) tracker.seeders = Math.max(0, data.complete ?? 0);
    if (Number.isSafeInteger(data.incomplete)) tracker.leechers = Math.max(0, data.incomplete ?? 0);
  };

  private blame(error: Error): void {
    for (const tracker of this.trackers.values()) {
      if (error.message.includes(tracker.url)) fail(tracker, error);
    }
  }

  /** An answer that WebTorrent trips over must not end the process. */
  private guardTracker(tracker: TrackerOfTorrent): void {
    for (const name of ['_onAnnounceResponse', '_onScrapeResponse'] as const) {
      const take = tracker[name]?.bind(tracker);
      if (!take) continue;
      tracker[name] = (data) => {
        try {
          take(data);
        } catch (error) {
          const state = this.trackers.get(tracker.announceUrl);
          if (state) fail(state, error instanceof Error ? error : new Error(String(error)));
        }
      };
    }
  }

  private opened(torrent: Torrent): PieceStore | null {
    this.place = this.listener.described(torrent);
    // Otherwise every piece would be looked for.
    torrent._startupBitfield ??= new Uint8Array(Math.ceil(torrent.pieces.length / 8));
    return this.place?.store ?? null;
  }
}

const unheard = (url: string): TrackerState => ({
  url,
  state: 'waiting',
  message: null,
  seeders: null,
  leechers: null,
});

function fail(tracker: TrackerState, error: Error): void {
  tracker.state = 'failed';
  tracker.message = error.message.slice(0, 200);
}
