/**
 * From a magnet link to the first byte, and how fast the whole film comes: Hearth beside bare WebTorrent and peerflix, from
 * the same seeder, in turns. Then what a seek costs while the seeder gives 16 Mbit/s. All are asked over HTTP by the same
 * reader; their processes are up and have met no torrent, but Hearth, which has had one since its engine started.
 * `--rounds` (5), `--seconds` (150) of film at 2 MB a second, `--peerflix` a folder that it is installed in already. Needs the built server and ffmpeg. Linux.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { median, table, target } from './table.mjs';
import { hearthStreamer, installPeerflix, makeFilm, MiB, read, removeFolder, startLeecher, startSwarm, startTorrentHearth, temporary } from './torrent-stage.mjs'; // prettier-ignore

const { values } = parseArgs({
  options: {
    peerflix: { type: 'string' },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '150' },
  },
});
const rounds = Number(values.rounds);
const directory = temporary('start');
const fixed = (number, digits = 0) => (number === undefined ? '–' : number.toFixed(digits));
const middle = (numbers) => (numbers.length > 0 ? median(numbers) : undefined);
const worst = (numbers) => (numbers.length > 0 ? Math.max(...numbers) : undefined);

/** One film from the beginning to the end. */
async function wholeFilm(streamer, swarm, found) {
  try {
    const { firstByteMs, bytes, seconds } = await read(streamer.url(swarm.magnet), {
      headers: streamer.headers,
    });
    if (bytes !== swarm.files[0].size) throw new Error(`${bytes} bytes of ${swarm.files[0].size}`);
    found.first.push(firstByteMs);
    found.rate.push(bytes / 1e6 / seconds);
  } catch (error) {
    found.failures++;
    console.log(`${streamer.name}: ${error.message}`);
  } finally {
    await streamer.forget();
  }
}

/** Begins to watch, then goes to 70 % and to 30 %, which nobody has fetched. */
async function seeks(streamer, swarm, found) {
  const url = streamer.url(swarm.magnet);
  const { headers } = streamer;
  try {
    await read(url, { headers, most: 4 * MiB });
    for (const place of [0.7, 0.3]) {
      const from = Math.floor(swarm.files[0].size * place);
      found[place].push((await read(url, { headers, from, most: MiB })).firstByteMs);
    }
  } catch (error) {
    found.failures++;
    console.log(`${streamer.name}: ${error.message}`);
  } finally {
    await streamer.forget();
  }
}

async function inTurns(streamers, swarm, measure, empty) {
  const found = new Map(streamers.map(({ name }) => [name, empty()]));
  for (let round = 0; round < rounds; round++)
    for (const streamer of streamers) await measure(streamer, swarm, found.get(streamer.name));
  return found;
}

async function startAndRate(streamers, film) {
  const swarm = await startSwarm({ files: [{ name: 'Film.mkv', from: film }] });
  try {
    const cold = await coldStart(streamers[0], swarm);
    const found = await inTurns(streamers, swarm, wholeFilm, () => ({ first: [], rate: [], failures: 0 }));
    console.log(`Hearth with no engine running: ${cold.toFixed(0)} ms to the first byte`);
    const rows = [...found].map(([name, { first, rate, failures }]) => [
      ...[name, fixed(middle(first)), fixed(worst(first)), fixed(middle(rate)), failures],
    ]);
    table(['seeder without a limit', 'first byte ms', 'worst', 'MB/s', 'failed'], rows);
    const [hearth, bare] = [found.get('Hearth'), found.get('webtorrent')];
    const [ours, theirs] = [median(hearth.first), median(bare.first)];
    const [rate, bareRate] = [median(hearth.rate), median(bare.rate)];
    target(`first byte ${ours.toFixed(0)} ms ≤ 1.1 × bare ${theirs.toFixed(0)} ms`, ours <= theirs * 1.1);
    target(`first byte ${ours.toFixed(0)} ms ≤ 400 ms`, ours <= 400);
    target(`${rate.toFixed(0)} MB/s ≥ 0.9 × bare ${bareRate.toFixed(0)} MB/s`, rate >= bareRate * 0.9);
  } finally {
    await swarm.close();
  }
}

/** The first torrent of all: the engine starts for it. */
async function coldStart(hearth, swarm) {
  const { firstByteMs } = await read(hearth.url(swarm.magnet), { headers: hearth.headers, most: MiB });
  await hearth.forget();
  return firstByteMs;
}

async function seekTable(streamers, film, pieceLength) {
  const files = [{ name: 'Film.mkv', from: film }];
  const swarm = await startSwarm({ files, pieceLength, uploadLimit: 2e6 });
  const adopted = streamers.map((one) => (one.adopt ? one.adopt(swarm.infoHash) : one));
  try {
    const found = await inTurns(adopted, swarm, seeks, () => ({ 0.7: [], 0.3: [], failures: 0 }));
    const rows = [...found].map(([name, at]) => [
      ...[
        name,
        ...[0.7, 0.3].flatMap((place) => [fixed(middle(at[place])), fixed(worst(at[place]))]),
        at.failures,
      ],
    ]);
    const size = `16 Mbit/s, pieces of ${pieceLength / 1024} KiB`;
    table([size, '70 % ms', 'worst', '30 % ms', 'worst', 'failed'], rows);
    return found.get('Hearth');
  } finally {
    await swarm.close();
  }
}

const flix = values.peerflix ? { folder: values.peerflix } : installPeerflix();
if (flix.missing) console.log(`without peerflix: ${flix.missing}`);
const streamers = [];
try {
  const film = makeFilm(join(directory, 'Film.mkv'), Number(values.seconds));
  const hearth = await startTorrentHearth({ env: { TORRENT_CACHE_SIZE: '4G' } });
  const probe = await startSwarm({ files: [{ name: 'Film.mkv', from: film }] });
  await probe.close();
  const adopt = (infoHash) => ({ ...hearthStreamer(hearth, infoHash), adopt });
  streamers.push(adopt(probe.infoHash), await startLeecher('webtorrent'));
  if (!flix.missing) streamers.push(await startLeecher('peerflix', flix.folder));
  await startAndRate(streamers, film);
  const { 0.7: ours } = await seekTable(streamers, film, 256 * 1024);
  target(`seek to 70 % ${median(ours).toFixed(0)} ms ≤ 1200 ms with pieces of 256 KiB`, median(ours) <= 1200);
  await seekTable(streamers, film, 4 * MiB);
} finally {
  for (const streamer of streamers) await streamer.stop();
  await removeFolder(directory);
  if (!values.peerflix) await removeFolder(flix.folder);
}
