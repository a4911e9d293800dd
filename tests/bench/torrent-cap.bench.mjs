/**
 * A film that is much larger than the cap on the disk, watched with seeks at random: how much the torrent's files take at
 * the worst moment, and whether every byte and picture is the right one. `--seconds` (1000) of film at 2 MB a second,
 * `--cap` (256) MiB, `--seeks` (20), `--seed` repeats a run. Needs the built server and ffmpeg. Linux.
 */
import { execFile } from 'node:child_process';
import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { percentile, table, target } from './table.mjs';
import {
  makeFilm,
  MiB,
  pause,
  read,
  removeFolder,
  startSwarm,
  startTorrentHearth,
  temporary,
} from './torrent-stage.mjs';

const { seededRandom } = await import('../support/seeded-random.ts');
const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '1000' },
    cap: { type: 'string', default: '256' },
    seeks: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
  },
});
const run = promisify(execFile);
const ffmpeg = process.env.FFMPEG_PATH || 'ffmpeg';
const cap = Number(values.cap) * MiB;
const seconds = Number(values.seconds);
const pieceLength = MiB;
const directory = temporary('cap');

/** Bytes on the disk below a folder, holes not counted. */
async function taken(folder) {
  let sum = 0;
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => []))
    if (entry.isFile()) {
      const { blocks } = await stat(join(entry.parentPath, entry.name)).catch(() => ({ blocks: 0 }));
      sum += blocks * 512;
    }
  return sum;
}

/** Looks as often as it can. */
function watchDisk(folder) {
  const seen = { most: 0, looks: 0, over: false };
  const loop = (async () => {
    while (!seen.over) {
      seen.most = Math.max(seen.most, await taken(folder));
      seen.looks++;
      await pause(1);
    }
  })();
  return { seen, end: () => ((seen.over = true), loop) };
}

/** Reads 12 MiB from a place. @returns ms to the first byte, and how many bytes were wrong */
async function look(url, headers, film, from) {
  const parts = [];
  const { firstByteMs } = await read(url, {
    headers,
    from,
    most: 12 * MiB,
    onBytes: (part) => parts.push(part),
  });
  const got = Buffer.concat(parts);
  const right = Buffer.alloc(got.length);
  await film.read(right, 0, right.length, from);
  return { firstByteMs, wrong: got.equals(right) ? 0 : 1 };
}

/** One picture, as bytes. */
async function picture(input, second, headers = []) {
  const args = ['-v', 'error', '-nostdin', ...headers, '-ss', String(second), '-i', input];
  const options = { encoding: 'buffer', maxBuffer: 64 * MiB };
  return (await run(ffmpeg, [...args, '-frames:v', '1', '-f', 'rawvideo', '-'], options)).stdout;
}

const random = seededRandom(Number(values.seed));
let [hearth, swarm, film] = [];
try {
  console.log(`making ${(seconds * 2) / 1000} GB of film …`);
  const path = makeFilm(join(directory, 'Film.mkv'), seconds);
  film = await open(path);
  const { size } = await film.stat();
  swarm = await startSwarm({ files: [{ name: 'Film.mkv', from: path }], pieceLength });
  hearth = await startTorrentHearth({ settings: { cacheBytes: cap } });
  const url = `${hearth.url}/api/stream/${swarm.infoHash}`;
  await hearth.api.call('POST', '/api/torrents', { magnet: swarm.magnet });
  await read(`${hearth.url}/api/stream?magnet=${encodeURIComponent(swarm.magnet)}`, { headers: hearth.headers, most: MiB }); // prettier-ignore
  const disk = watchDisk(join(hearth.data, 'torrents'));
  const found = [];
  for (let n = 0; n < Number(values.seeks); n++)
    found.push(await look(url, hearth.headers, film, Math.floor(random() * (size - 13 * MiB))));
  const authorization = ['-headers', `authorization: ${hearth.headers.authorization}\r\n`];
  let wrongPictures = 0;
  for (let n = 0; n < 6; n++) {
    const second = Math.floor(random() * (seconds - 10));
    const pictures = await Promise.all([picture(url, second, authorization), picture(path, second)]);
    if (pictures[0].length === 0 || !pictures[0].equals(pictures[1])) wrongPictures++;
  }
  await disk.end();
  const times = found.map(({ firstByteMs }) => firstByteMs);
  const wrong = found.filter((one) => one.wrong).length;
  const row = [
    `${(size / 1e9).toFixed(2)} GB`,
    (cap / MiB).toFixed(0),
    (disk.seen.most / MiB).toFixed(1),
    disk.seen.looks,
  ];
  table(
    [
      'film',
      'cap MiB',
      'most MiB',
      'looks',
      'seeks',
      'p50 ms',
      'worst ms',
      'wrong places',
      'wrong pictures of 6',
    ],
    [
      [
        ...row,
        found.length,
        percentile(times, 0.5).toFixed(0),
        Math.max(...times).toFixed(0),
        wrong,
        wrongPictures,
      ],
    ],
  );
  target(
    `never more than the cap and a piece of ${pieceLength / MiB} MiB`,
    disk.seen.most <= cap + pieceLength,
  );
  target('every byte and picture right', wrong + wrongPictures === 0);
} finally {
  await film?.close();
  await hearth?.stop();
  await swarm?.close();
  await removeFolder(directory);
}
