import { readdirSync, readFileSync } from 'node:fs';
import { type TorrentDetails, type TorrentSettings, torrentRoutes } from '../../contract/src/torrent.js';
import { defaultTrackers } from '../../server/src/torrent/lists/default-trackers.js';
import type { Client } from './client.js';
import { Hearth, type HearthOptions } from './hearth.js';
import { waitFor } from './wait-for.js';

/** Torrents on, in a world of private addresses, and nobody asked beyond it. */
export const torrentEnvironment = {
  TORRENTS_ENABLED: 'true',
  TORRENT_ALLOW_PRIVATE: 'true',
  WEBTORRENT_DHT_PORT: '0',
  TORRENT_DHT_BOOTSTRAP: '127.0.0.1:9',
};

/** No discovery but by trackers that the test names. */
const quiet = {
  discovery: { dht: false, pex: false, lsd: false },
  trackerListUrl: '',
  // Real ones, of people who have no use for our tests.
  blockedTrackers: defaultTrackers.map(({ url }) => url),
} satisfies Partial<TorrentSettings>;

/** Turns off whatever would look further than the torrents of a test say. */
export async function quietTorrents(admin: Client, settings: Partial<TorrentSettings> = {}): Promise<void> {
  await admin.call(torrentRoutes.changeSettings, { ...quiet, ...settings });
}

/** A server of its own with torrents on, and its administrator. */
export async function startTorrentHearth(
  options: HearthOptions = {},
  settings: Partial<TorrentSettings> = {},
): Promise<{ hearth: Hearth; ada: Client }> {
  const hearth = await Hearth.start({ ...options, env: { ...torrentEnvironment, ...options.env } });
  try {
    const ada = await hearth.setUp();
    await quietTorrents(ada, settings);
    return { hearth, ada };
  } catch (error) {
    await hearth.dispose();
    throw error;
  }
}

/** Waits until what is known of a torrent is as `isSo` wants it. */
export function torrentThat(
  client: Client,
  hash: string,
  what: string,
  isSo: (details: TorrentDetails) => boolean,
  timeoutMs = 60_000,
): Promise<TorrentDetails> {
  let last: TorrentDetails | undefined;
  const look = async (): Promise<TorrentDetails | false> => {
    last = await client.call(torrentRoutes.info, { hash });
    return isSo(last) && last;
  };
  return waitFor(look, `a torrent that ${what}`, timeoutMs).catch((error: unknown) => {
    throw new Error(
      `${String(error)}; it is ${last?.state}, ${last?.haveBytes} of ${last?.size}: ${last?.message}`,
    );
  });
}

/** Indices of the pieces that are there. */
export function havePieces({ pieces }: TorrentDetails): number[] {
  const bits = Buffer.from(pieces, 'base64');
  return Array.from({ length: bits.length * 8 }, (_, index) => index).filter(
    (index) => ((bits[index >> 3] ?? 0) & (0x80 >> (index & 7))) !== 0,
  );
}

const read = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // gone meanwhile
  }
};

/** The process of the engine below a server (Linux). */
export function engineOf(pid: number): number | undefined {
  try {
    return readdirSync(`/proc/${pid}/task`)
      .flatMap((thread) => read(`/proc/${pid}/task/${thread}/children`).split(' '))
      .filter((child) => /torrent\/engine\/child\//.test(read(`/proc/${child}/cmdline`)))
      .map(Number)[0];
  } catch {
    return undefined;
  }
}
