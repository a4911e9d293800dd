/** Films in swarms, streamers of them, and what a player asks for: for the benches of torrents. */
import '../support/typescript-hooks.mjs';
import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startHearth } from './hearth-process.mjs';

// After the hooks: TypeScript with parameter properties, which Node does not run by itself.
export const { startSwarm } = await import('../support/swarm.ts');
const defaults = JSON.parse(
  await readFile(join(import.meta.dirname, '../../server/src/torrent/lists/default-trackers.json'), 'utf8'),
);
const ffmpeg = process.env.FFMPEG_PATH || 'ffmpeg';

export const MiB = 1024 * 1024;
export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** A film of `seconds` at 16 Mbit/s (2 MB a second) with a clock in the picture; what the picture does not need is filler. */
export function makeFilm(path, seconds) {
  execFileSync(ffmpeg, [
    ...['-v', 'error', '-y', '-nostdin', '-f', 'lavfi', '-i', `testsrc2=d=${seconds}:s=320x180:r=24`],
    ...['-f', 'lavfi', '-i', `sine=d=${seconds}`, '-c:v', 'libx264', '-preset', 'ultrafast', '-tune', 'zerolatency'],
    ...['-g', '48', '-pix_fmt', 'yuv420p', '-b:v', '16M', '-minrate', '16M', '-maxrate', '16M', '-bufsize', '4M'],
    ...['-x264-params', 'nal-hrd=cbr:filler=1', '-c:a', 'aac', path],
  ]); // prettier-ignore
  return path;
}

export const temporary = (name) => mkdtempSync(join(tmpdir(), `hearth-bench-${name}-`));

/** Puts peerflix into a folder of its own, not into our packages. @returns the folder, or why there is none */
export function installPeerflix() {
  const folder = temporary('peerflix');
  const words = [
    'install',
    '--prefix',
    folder,
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    'peerflix@0.39.0',
  ];
  try {
    execFileSync('npm', words, { stdio: 'pipe', timeout: 180_000, cwd: folder });
    return { folder };
  } catch (error) {
    return {
      folder,
      missing: String(error.stderr ?? error)
        .trim()
        .split('\n')
        .at(-1),
    };
  }
}

/**
 * Starts `webtorrent` or `peerflix`. Each film gets a process of its own, up and waiting before it is asked: peerflix hangs
 * more often in one that has streamed before.
 */
export async function startLeecher(kind, folder = '') {
  let child;
  let port;
  const start = async () => {
    child = fork(join(import.meta.dirname, 'torrent-leecher.mjs'), [kind, folder]);
    [{ port }] = await once(child, 'message');
  };
  const stop = async () => {
    child.disconnect();
    await once(child, 'exit');
  };
  await start();
  const forget = async () => {
    await stop();
    await start();
  };
  const url = (magnet) => `http://127.0.0.1:${port}/?magnet=${encodeURIComponent(magnet)}`;
  return { name: kind, url, headers: {}, forget, stop };
}

/**
 * One answer from a byte on, as a player reads it. @param most bytes after which it hangs up
 * @returns ms to its first byte, bytes, and seconds from asking to the end
 */
export function read(url, { headers = {}, from = 0, most = Infinity, timeoutMs = 120_000, onBytes } = {}) {
  const began = performance.now();
  return new Promise((resolve, reject) => {
    const request = get(
      url,
      { agent: false, headers: { ...headers, range: `bytes=${from}-` } },
      (response) => {
        let [bytes, firstByteMs] = [0, 0];
        const done = () => {
          clearTimeout(limit);
          resolve({ firstByteMs, bytes, seconds: (performance.now() - began) / 1000 });
        };
        if (response.statusCode !== 206 && response.statusCode !== 200) {
          const parts = [];
          response.on('data', (part) => parts.push(part));
          response.on('end', () => reject(new Error(`${response.statusCode}: ${Buffer.concat(parts)}`)));
          return;
        }
        response.on('data', (part) => {
          firstByteMs ||= performance.now() - began;
          onBytes?.(part, from + bytes);
          bytes += part.length;
          if (bytes < most) return;
          request.destroy();
          done();
        });
        response.on('end', done);
        response.on('error', reject);
      },
    );
    const limit = setTimeout(
      () => request.destroy(new Error(`nothing more after ${timeoutMs} ms`)),
      timeoutMs,
    );
    request.on('error', (error) => {
      clearTimeout(limit);
      reject(error);
    });
  });
}

export const removeFolder = (folder) => rm(folder, { recursive: true, force: true });

/** Hearth with torrents on, in a house of its own. @param settings of torrents, as an administrator changes them */
export async function startTorrentHearth({ env = {}, settings = {} } = {}) {
  Object.assign(process.env, {
    ...{ TORRENTS_ENABLED: 'true', TORRENT_ALLOW_PRIVATE: 'true', WEBTORRENT_DHT_PORT: '0' },
    ...{ TORRENT_DHT_BOOTSTRAP: '127.0.0.1:9', DLNA_ENABLED: 'false', ...env },
  });
  const hearth = await startHearth();
  const { accessToken } = await hearth.api.setUp();
  const quiet = {
    discovery: { dht: false, pex: false, lsd: false },
    trackerListUrl: '',
    // Real ones, of people who have no use for our benches.
    blockedTrackers: defaults.trackers.map(({ url }) => url),
    ...settings,
  };
  await hearth.api.call('PATCH', '/api/torrents/settings', quiet);
  const headers = { authorization: `Bearer ${accessToken}` };
  const signInAgain = async () => {
    headers.authorization = `Bearer ${(await hearth.api.signIn()).accessToken}`;
  };
  const timer = setInterval(() => void signInAgain(), 5 * 60_000);
  const { stop } = hearth;
  return Object.assign(hearth, { headers, stop: () => (clearInterval(timer), stop()) });
}

/** Hearth as a streamer of one magnet link, in the way of {@link startLeecher}. */
export function hearthStreamer(hearth, infoHash) {
  return {
    name: 'Hearth',
    headers: hearth.headers,
    url: (magnet) => `${hearth.url}/api/stream?magnet=${encodeURIComponent(magnet)}`,
    forget: () => hearth.api.call('DELETE', `/api/torrents/${infoHash}?data=true`),
    stop: () => hearth.stop(),
  };
}

/** The process that is the engine below a server; undefined if there is none. */
export async function engineOf(pid) {
  for (const task of await readdir(`/proc/${pid}/task`).catch(() => []))
    for (const child of (await readFile(`/proc/${pid}/task/${task}/children`, 'utf8').catch(() => '')).split(
      ' ',
    ))
      if (
        child &&
        (await readFile(`/proc/${child}/cmdline`, 'utf8').catch(() => '')).includes('engine/child')
      )
        return Number(child);
  return undefined;
}

/** Bytes that a folder takes on the disk, holes not counted. */
export const diskUse = (folder) =>
  Number(execFileSync('du', ['-s', '--block-size=1', folder], { encoding: 'utf8' }).split('\t')[0]);
