// First: WebTorrent takes `fetch` as it finds it.
import { setWebAccess } from './web-fetch.js';
import { once } from 'node:events';
import net from 'node:net';
import WebTorrent, {
  type Options,
  type ParsedTorrent,
  type Peer,
  type Torrent,
  type TorrentOptions,
} from 'webtorrent';
import { AddressSet, noRanges } from '../../lists/address-set.js';
import type { EngineSettings } from '../torrent-engine.js';
import { followWay, refusal, setEgress } from './egress.js';

/** What WebTorrent is told (measured choices: docs/adr/0021-pieces-on-disk.md). @param port 0: any */
function optionsFor(settings: EngineSettings, port: number): Options {
  const [address] = settings.bindAddresses;
  const bootstrap = settings.dhtBootstrap;
  return {
    dht: settings.dht ? (bootstrap.length > 0 ? { bootstrap } : {}) : false,
    dhtPort: port,
    // Only where `join` says so: WebTorrent would announce private torrents to the house as well.
    lsd: false,
    utPex: settings.pex,
    // Opening ports of a router is for people to do.
    natUpnp: false,
    natPmp: false,
    utp: false,
    secure: { off: 0, prefer: 1, require: 2 }[settings.encryption] as 0 | 1 | 2,
    maxConns: settings.maxPeers,
    downloadLimit: rate(settings.downloadLimit),
    uploadLimit: rate(settings.uploadLimit),
    torrentPort: address === undefined ? port : { port, host: address },
    // Ours are used (`web-connections.ts`).
    webSeeds: false,
    seedOutgoingConnections: false,
    tracker: { wrtc: false, ...socksOf(settings.proxy) },
  };
}

const rate = (limit: number): number => (limit > 0 ? limit : -1);

/** For trackers over UDP; those over HTTP go through `web-fetch.ts`. */
function socksOf(proxy: string | null): Readonly<Record<string, unknown>> {
  if (proxy === null) return {};
  const { hostname, port, username, password } = new URL(proxy);
  const authentication = username && {
    username: decodeURIComponent(username),
    password: decodeURIComponent(password),
  };
  const server = { ipaddress: hostname, port: Number(port || 1080), type: 5 };
  return { proxyOpts: { socksProxy: { proxy: { ...server, ...(authentication && { authentication }) } } } };
}

/** What takes a new client: its sockets are bound once. */
function shapeOf(settings: EngineSettings): string {
  const { port, dht, dhtBootstrap, encryption, bindAddresses, proxy } = settings;
  return JSON.stringify([port, dht, dhtBootstrap, encryption, bindAddresses, proxy]);
}

/** WebTorrent as this engine runs it: bound, limited and guarded. */
export class SwarmClient {
  private readonly extraServers: net.Server[] = [];
  private readonly goodbyes = new Set<Promise<void>>();

  private constructor(
    private readonly webtorrent: WebTorrent,
    private settings: EngineSettings,
  ) {}

  /** @param crashed when it can do nothing more @throws when no port can be listened on */
  static async open(settings: EngineSettings, crashed: (error: Error) => void): Promise<SwarmClient> {
    applyRules(settings);
    const webtorrent = await listen(settings).catch((error: unknown) => {
      // Somebody else has the port: peers that we find ourselves are reached all the same.
      if (settings.port === 0) throw error;
      return listen({ ...settings, port: 0 });
    });
    webtorrent.on('error', crashed);
    const client = new SwarmClient(webtorrent, settings);
    client.guard();
    await client.listenFurther();
    return client;
  }

  get listeningPort(): number | null {
    return this.webtorrent.listening ? this.webtorrent.torrentPort : null;
  }

  get dhtNodes(): number | null {
    const { dht } = this.webtorrent;
    return !dht ? null : (dht.nodes?.count() ?? 0);
  }

  /** @returns false if these settings need a new client: nothing was changed */
  configure(settings: EngineSettings): boolean {
    if (shapeOf(settings) !== shapeOf(this.settings)) return false;
    this.settings = settings;
    applyRules(settings);
    this.webtorrent.maxConns = settings.maxPeers;
    this.webtorrent.throttleDownload(rate(settings.downloadLimit));
    this.webtorrent.throttleUpload(rate(settings.uploadLimit));
    this.webtorrent.utPex = settings.pex;
    for (const { wires } of this.webtorrent.torrents) {
      for (const wire of [...wires]) if (wire.remoteAddress && isBlocked(wire.remoteAddress)) wire.destroy();
    }
    this.dropSurplus();
    return true;
  }

  /** Joins the swarm of a torrent. */
  join(torrent: string | ParsedTorrent, options: TorrentOptions): Torrent {
    const joined = this.webtorrent.add(torrent, {
      ...options,
      deselect: true,
      strategy: 'sequential',
      storeCacheSlots: 0,
    });
    this.limit(joined);
    return joined;
  }

  /** Nothing is exchanged for it from now on. @returns when its trackers have heard; silent ones get a second */
  leave(torrent: Torrent): Promise<void> {
    const goodbye = new Promise<void>((resolve) =>
      torrent.destroy({ destroyStore: false }, () => resolve()),
    ).finally(() => this.goodbyes.delete(goodbye));
    this.goodbyes.add(goodbye);
    return goodbye;
  }

  async close(): Promise<void> {
    for (const server of this.extraServers) server.close();
    await Promise.all(this.goodbyes);
    if (this.webtorrent.destroyed) return;
    await new Promise<void>((resolve) => this.webtorrent.destroy(() => resolve()));
  }

  private get connections(): number {
    return this.webtorrent.torrents.reduce(
      (sum, { _numConns, _numPending }) => sum + _numConns + _numPending,
      // Who was let in and has not said for which torrent takes a place as well.
      this.webtorrent._connPool._pendingConns.size,
    );
  }

  private get isFull(): boolean {
    return this.connections >= this.settings.maxConnections;
  }

  /** Who is too many since a limit was lowered; nobody asks those that wait to be let in. */
  private dropSurplus(): void {
    const { torrents, _connPool } = this.webtorrent;
    const { maxPeers, maxConnections } = this.settings;
    for (const torrent of torrents) dropWorst([torrent], torrent._numConns + torrent._numPending - maxPeers);
    const surplus = Math.max(0, this.connections - maxConnections);
    const strangers = [..._connPool._pendingConns].slice(0, surplus);
    for (const socket of strangers) socket.destroy();
    dropWorst(torrents, surplus - strangers.length);
  }

  /** WebTorrent counts only what it connects to, per torrent; it gives LSD private torrents too. */
  private limit(torrent: Torrent): void {
    const drain = torrent._drain.bind(torrent);
    torrent._drain = () => {
      if (!this.isFull) drain();
    };
    const addIncoming = torrent._addIncomingPeer.bind(torrent);
    torrent._addIncomingPeer = (peer: Peer) => {
      const isFull = torrent._numConns >= this.settings.maxPeers || this.isFull;
      if (isFull) peer.destroy(new Error('Enough peers'));
      else addIncoming(peer);
    };
    const startDiscovery = torrent._startDiscovery.bind(torrent);
    torrent._startDiscovery = () => {
      const isHidden = torrent.private === true || this.settings.bindAddresses.length > 0;
      this.webtorrent.lsd = this.settings.lsd && !isHidden;
      startDiscovery();
      this.webtorrent.lsd = false;
    };
  }

  /** Who is blocked is so either way; WebTorrent does not recognise IPv4 that arrives in IPv6. */
  private guard(): void {
    this.webtorrent.blocked = { contains: (address) => refusal(address) !== null };
    const { tcpServer, _onTCPConnectionBound: accept } = this.webtorrent._connPool;
    tcpServer.removeListener('connection', accept);
    tcpServer.on('connection', (socket) => this.admit(socket, accept));
  }

  private admit(socket: net.Socket, accept: (socket: net.Socket) => void): void {
    // Incoming peers may have private addresses: behind a container's network all have the router's.
    const isWelcome = socket.remoteAddress !== undefined && !isBlocked(socket.remoteAddress);
    if (isWelcome && !this.isFull) {
      followWay(socket);
      return accept(socket);
    }
    socket.on('error', () => undefined).destroy();
  }

  /** WebTorrent listens on one address. */
  private async listenFurther(): Promise<void> {
    const accept = this.webtorrent._connPool._onTCPConnectionBound;
    for (const host of this.settings.bindAddresses.slice(1)) {
      const server = net.createServer((socket) => this.admit(socket, accept));
      server.listen({ host, port: this.webtorrent.torrentPort });
      // One family is enough to go on with.
      await once(server, 'listening').then(
        () => this.extraServers.push(server),
        () => undefined,
      );
    }
  }
}

/** What moves between us and a peer, bytes a second; of equals, who has what is missing, and gives it, is worth more. */
const worth = ({ wire }: Peer): number =>
  wire
    ? wire.downloadSpeed() + wire.uploadSpeed() + Number(wire.amInterested) + Number(!wire.peerChoking)
    : -1;

function dropWorst(torrents: readonly Torrent[], count: number): void {
  const peers = torrents.flatMap(({ _peers }) => [...(_peers?.values() ?? [])]);
  const others = peers.filter(({ conn, type }) => conn && type !== 'webSeed');
  others.sort((a, b) => worth(a) - worth(b));
  for (const peer of others.slice(0, Math.max(0, count))) peer.destroy();
}

let blocked = new AddressSet(noRanges);
const isBlocked = (address: string): boolean => blocked.has(address);

function applyRules(settings: EngineSettings): void {
  const { blockedAddresses, bindAddresses, allowPrivate, proxy } = settings;
  blocked = new AddressSet(blockedAddresses);
  const proxyHost = proxy === null ? null : new URL(proxy).hostname;
  setEgress({ bindAddresses, blocked, allowPrivate, proxyHost });
  setWebAccess({ proxy, bindAddresses, allowPrivate });
}

function listen(settings: EngineSettings): Promise<WebTorrent> {
  return new Promise((resolve, reject) => {
    const webtorrent = new WebTorrent(optionsFor(settings, settings.port));
    webtorrent.once('error', reject);
    webtorrent.once('listening', () => {
      webtorrent.off('error', reject);
      resolve(webtorrent);
    });
  });
}
