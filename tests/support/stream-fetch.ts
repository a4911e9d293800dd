import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Client } from './client.js';

const run = promisify(execFile);

/** One rendition as a player sees it. */
export interface FetchedPlaylist {
  /** Addresses from the server's root. */
  readonly init: string;
  readonly segments: readonly string[];
  /** s */
  readonly durations: readonly number[];
}

const beside = (url: string, name: string): string => new URL(name, `http://any${url}`).pathname;

export async function textOf(client: Client, url: string): Promise<string> {
  const response = await client.fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}: ${await response.text()}`);
  return response.text();
}

/** Bytes of a piece; one that is late is asked for again, as players do. */
export async function bytesOf(client: Client, url: string): Promise<Buffer> {
  for (let tries = 0; ; tries += 1) {
    const response = await client.fetch(url);
    if (response.ok) return Buffer.from(await response.arrayBuffer());
    const problem = await response.text();
    if (response.status !== 503 || tries >= 5) throw new Error(`${url}: ${response.status}: ${problem}`);
  }
}

/** Addresses of the media playlists that a multivariant playlist names: pictures (or music) first. */
export async function mediaPlaylists(client: Client, url: string): Promise<string[]> {
  const lines = (await textOf(client, url)).split('\n');
  const variants = lines.filter((line) => line !== '' && !line.startsWith('#'));
  const sounds = lines.flatMap((line) =>
    /TYPE=AUDIO/.test(line) ? [/URI="([^"]+)"/.exec(line)?.[1] ?? ''] : [],
  );
  return [...new Set([...variants, ...sounds])].map((name) => beside(url, name));
}

export async function playlistOf(client: Client, url: string): Promise<FetchedPlaylist> {
  const text = await textOf(client, url);
  const [, map = ''] = /#EXT-X-MAP:URI="([^"]+)"/.exec(text) ?? [];
  return {
    init: beside(url, map),
    segments: text
      .split('\n')
      .filter((line) => line.endsWith('.m4s'))
      .map((name) => beside(url, name)),
    durations: [...text.matchAll(/#EXTINF:([\d.]+),/g)].map(([, seconds]) => Number(seconds)),
  };
}

/** What a decoder makes of pieces in a row. Anything it complains of throws. */
export async function decode(pieces: readonly Buffer[]): Promise<{ frames: number; seconds: number }> {
  const folder = await mkdtemp(join(tmpdir(), 'hearth-stream-'));
  try {
    const file = join(folder, 'stream.mp4');
    await writeFile(file, Buffer.concat(pieces));
    const ffmpeg = process.env['FFMPEG_PATH'] || 'ffmpeg';
    const args = ['-v', 'error', '-xerror', '-nostdin', '-i', file, '-f', 'null', '-progress', 'pipe:1', '-'];
    const { stdout, stderr } = await run(ffmpeg, args);
    if (stderr) throw new Error(stderr);
    const last = (name: string): number =>
      Number([...stdout.matchAll(new RegExp(`^${name}=(\\d+)`, 'gm'))].at(-1)?.[1] ?? 0);
    return { frames: last('frame'), seconds: last('out_time_us') / 1e6 };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
