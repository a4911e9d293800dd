import type { ChildProcess } from 'node:child_process';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LanHost } from '../../../support/lan.js';

/** Where a client finds its torrent and its files; it may keep what it likes beside them. */
export interface PeerHome {
  /** Its own. */
  readonly folder: string;
  /** The `.torrent`. */
  readonly torrent: string;
  /** What the torrent names lies in here, or is to. */
  readonly files: string;
}

/** Somebody else's BitTorrent client. */
export interface PeerClient {
  readonly name: string;
  /** Why it can't run here; undefined if it can. */
  readonly missing: () => string | undefined;
  /** Fetches what is missing, gives what is there, until it is ended. */
  readonly start: (host: LanHost, home: PeerHome) => Promise<ChildProcess>;
}

const PORT = '6991';
/** Debian's own: its modules are for no other. */
const PYTHON = '/usr/bin/python3';

const unless = (program: string) => (): string | undefined =>
  spawnSync('which', [program]).status === 0 ? undefined : `${program} is not installed`;

const aria2 = (name: string, more: readonly string[] = []): PeerClient => ({
  name,
  missing: unless('aria2c'),
  start: (host, home) =>
    Promise.resolve(
      host.spawn('aria2c', [
        ...['--no-conf', '--dir', home.files, '--listen-port', PORT, '--check-integrity=true'],
        ...['--enable-dht=false', '--enable-dht6=false', '--bt-enable-lpd=false', '--seed-ratio=0.0'],
        ...['--file-allocation=none', '--disable-ipv6=true', ...more, home.torrent],
      ]),
    ),
});

const libtorrent = (name: string, encryption: 'any' | 'forced'): PeerClient => ({
  name,
  missing: () => {
    const { status } = spawnSync(PYTHON, ['-c', 'import libtorrent']);
    return status === 0 ? undefined : 'python3-libtorrent is not installed';
  },
  start: (host, home) => {
    const script = join(import.meta.dirname, 'libtorrent-peer.py');
    return Promise.resolve(host.spawn(PYTHON, [script, home.torrent, home.files, PORT, encryption]));
  },
});

const transmission: PeerClient = {
  name: 'Transmission',
  missing: unless('transmission-daemon'),
  start: async (host, home) => {
    const watched = join(home.folder, 'watched');
    await mkdir(watched, { recursive: true });
    // It takes a file that comes while it watches, or lay there before.
    execFileSync('cp', [home.torrent, join(watched, 'film.torrent')]);
    return host.spawn('transmission-daemon', [
      ...['--foreground', '--config-dir', join(home.folder, 'config'), '--download-dir', home.files],
      ...['--watch-dir', watched, '--peerport', PORT, '--port', '9091', '--no-dht', '--no-portmap'],
      ...['--no-lpd', '--no-utp', '--no-auth', '--encryption-tolerated'],
    ]);
  },
};

const rtorrent: PeerClient = {
  name: 'rTorrent',
  missing: unless('rtorrent'),
  start: async (host, home) => {
    const session = join(home.folder, 'session');
    await mkdir(session, { recursive: true });
    const lines = [
      'system.daemon.set = true',
      `directory.default.set = "${home.files}"`,
      `session.path.set = "${session}"`,
      `network.port_range.set = ${PORT}-${PORT}`,
      'dht.mode.set = disable',
      'protocol.pex.set = no',
      'trackers.use_udp.set = no',
      'protocol.encryption.set = allow_incoming,try_outgoing',
      `schedule2 = load, 0, 0, ((load.start, "${home.torrent}"))`,
    ];
    const settings = join(home.folder, 'rtorrent.rc');
    await writeFile(settings, `${lines.join('\n')}\n`);
    return host.spawn('rtorrent', ['-n', '-o', `import=${settings}`], { TERM: 'dumb', HOME: home.folder });
  },
};

export const peerClients: readonly PeerClient[] = [
  aria2('aria2'),
  aria2('aria2 that insists on encryption', ['--bt-require-crypto=true', '--bt-min-crypto-level=arc4']),
  libtorrent('libtorrent', 'any'),
  libtorrent('libtorrent that insists on encryption', 'forced'),
  rtorrent,
  transmission,
];
