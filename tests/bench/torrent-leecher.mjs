/**
 * Another streamer of torrents, for comparison, in a process of its own: bare WebTorrent, or peerflix where its folder is
 * the second argument. `GET /?magnet=…` with a range gives the largest file, as Hearth's `/api/stream` does. Says its port
 * when it is ready, and leaves nothing.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const [kind, folder] = process.argv.slice(2);
const directory = mkdtempSync(join(tmpdir(), 'hearth-bench-leecher-'));
process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
process.once('disconnect', () => process.exit(0));

/** WebTorrent with the options that a streamer of one file takes: nothing is fetched but what is read. */
async function webTorrent() {
  const { default: WebTorrent } = await import('webtorrent');
  const quiet = { dht: false, lsd: false, utPex: false, utp: false, natUpnp: false, natPmp: false };
  const client = new WebTorrent(quiet);
  let torrent;
  const added = (magnet) => {
    torrent ??= client.add(magnet, { path: directory, deselect: true });
    return torrent.ready ? torrent : new Promise((ready) => torrent.once('ready', () => ready(torrent)));
  };
  const answer = async (request, response, magnet) => {
    const { files } = await added(magnet);
    const file = files.toSorted((a, b) => b.length - a.length)[0];
    const [, from = '0'] = /bytes=(\d+)-/.exec(request.headers.range ?? '') ?? [];
    response.writeHead(206, { 'content-length': file.length - Number(from) });
    const stream = file.createReadStream({ start: Number(from) });
    response.once('close', () => stream.destroy());
    stream.pipe(response);
  };
  return answer;
}

async function peerflix() {
  const flix = createRequire(join(folder, 'package.json'))('peerflix');
  let engine;
  const answer = async (request, response, magnet) => {
    engine ??= flix(magnet, {
      path: join(directory, 'film'),
      tmp: directory,
      dht: false,
      port: 0,
      verify: true,
    });
    if (!engine.server.listening) await new Promise((ready) => engine.server.once('listening', ready));
    request.url = '/';
    engine.server.emit('request', request, response);
  };
  return answer;
}

const answer = await (kind === 'peerflix' ? peerflix() : webTorrent());
const server = createServer((request, response) => {
  const magnet = new URL(request.url, 'http://x').searchParams.get('magnet');
  answer(request, response, magnet).catch((error) => response.destroy(error));
});
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
