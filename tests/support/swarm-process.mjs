/**
 * A swarm of one: a tracker (HTTP) and a WebTorrent that has everything, in a process of its own, that `swarm.ts` starts
 * and talks to. What it is to seed comes as JSON in the first argument; it says what it became as its first message, answers
 * questions, and ends with whoever started it.
 */
import { readFileSync } from 'node:fs';
import { Server } from 'bittorrent-tracker';
import createTorrent from 'create-torrent';
import WebTorrent from 'webtorrent';

/** @type {{path: string, metainfo?: string, name: string, address: string, pieceLength: number, uploadLimit: number, private: boolean, webSeeds: string[], trackerInterval: number}} */
const plan = JSON.parse(process.argv[2] ?? '{}');
const say = (/** @type {unknown} */ message) => process.send?.(message);

/** @type {string[]} what clients told the tracker: event, infohash, address */
const announced = [];
const tracker = new Server({ udp: false, ws: false, stats: false, interval: plan.trackerInterval });
for (const event of ['start', 'update', 'complete', 'stop'])
  tracker.on(event, (/** @type {string} */ address) => announced.push(`${event} ${address}`));
await new Promise((ready) => tracker.listen(0, plan.address.includes(':') ? '::' : '0.0.0.0', ready));
const trackerUrl = `http://${plan.address}:${tracker.http.address().port}/announce`;

/** @returns {Promise<Buffer>} */
const makeMetainfo = () =>
  new Promise((made, failed) => {
    const options = {
      name: plan.name,
      pieceLength: plan.pieceLength,
      announceList: [[trackerUrl]],
      urlList: plan.webSeeds,
      createdBy: 'Hearth tests',
      ...(plan.private && { private: true }),
    };
    createTorrent(plan.path, options, (/** @type {Error | null} */ error, /** @type {Uint8Array} */ bytes) =>
      error ? failed(error) : made(Buffer.from(bytes)),
    );
  });
const metainfo = plan.metainfo ? readFileSync(plan.metainfo) : await makeMetainfo();

const client = new WebTorrent({
  dht: false,
  lsd: false,
  utPex: false,
  utp: false,
  natUpnp: false,
  natPmp: false,
  maxConns: 200,
  uploadLimit: plan.uploadLimit,
});
client.on('error', (/** @type {Error} */ error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
const options = {
  path: plan.path.slice(0, plan.path.lastIndexOf('/')),
  skipVerify: true,
  announce: [trackerUrl],
};
const torrent = client.add(metainfo, options);

/** Bytes given away, by piece: who asks for one again shows. @type {number[]} */
const served = [];
/** Bytes that may yet be given away. */
let allowance = Infinity;
/** What waits for more to be allowed. @type {(() => void)[]} */
const held = [];
let spoil = false;

const giveHeld = () => {
  while (allowance > 0 && held.length > 0) held.shift()?.();
};

torrent.on('wire', (/** @type {any} */ wire) => {
  const give = wire.piece;
  wire.piece = (
    /** @type {number} */ index,
    /** @type {number} */ offset,
    /** @type {Uint8Array} */ bytes,
  ) => {
    const now = () => {
      if (wire.destroyed) return;
      allowance -= bytes.length;
      served[index] = (served[index] ?? 0) + bytes.length;
      give.call(wire, index, offset, spoil ? bytes.map((byte) => byte ^ 0xff) : bytes);
    };
    held.push(now);
    giveHeld();
  };
});

/** @type {Record<string, (value: any) => unknown>} */
const answers = {
  served: () => Array.from({ length: torrent.pieces.length }, (_, index) => served[index] ?? 0),
  forget: () => (served.length = 0),
  announced: () => announced,
  allow: (/** @type {number | null} */ bytes) => {
    allowance = bytes === null ? Infinity : Math.max(0, Number.isFinite(allowance) ? allowance : 0) + bytes;
    giveHeld();
  },
  waiting: () => allowance <= 0 && held.length > 0,
  leave: () => new Promise((gone) => client.destroy(() => gone(null))),
  spoil: (/** @type {boolean} */ value) => (spoil = value),
  peers: () => torrent.wires.map((/** @type {any} */ wire) => `${wire.remoteAddress}`),
  uploadLimit: (/** @type {number} */ limit) => client.throttleUpload(limit),
  /** Leaves everybody; they have to find it again. */
  hangUp: () => torrent.wires.slice().forEach((/** @type {any} */ wire) => wire.destroy()),
};
process.on('message', async (/** @type {{id: number, ask: string, value: unknown}} */ { id, ask, value }) =>
  say({ id, answer: (await answers[ask]?.(value)) ?? null }),
);
process.once('disconnect', () => process.exit(0));

await new Promise((ready) => torrent.once('ready', ready));
const ready = async () => {
  // The tracker has to know the seeder before anybody asks for it.
  while (!announced.some((line) => line.startsWith('start')))
    await new Promise((next) => setTimeout(next, 5));
  say({
    ready: {
      metainfo: metainfo.toString('base64'),
      infoHash: torrent.infoHash,
      trackerUrl,
      port: client.torrentPort,
      pieceLength: torrent.pieceLength,
      pieceCount: torrent.pieces.length,
      files: torrent.files.map((/** @type {any} */ file) => ({
        path: file.path,
        size: file.length,
        offset: file.offset,
      })),
    },
  });
};
await ready();
