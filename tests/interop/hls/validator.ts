import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { type Fragment, readFragment, timescaleOf } from './fragment.js';
import { type MediaPlaylist, type Multivariant, readMedia, readMultivariant } from './playlist.js';

const run = promisify(execFile);
const ffmpeg = process.env['FFMPEG_PATH'] ?? 'ffmpeg';
const ffprobe = process.env['FFPROBE_PATH'] ?? 'ffprobe';

/** What one segment is, apart from its bytes: two encoders that begin elsewhere must agree on it. */
export interface SegmentFacts {
  readonly decodeTime: number;
  readonly frames: number;
  readonly firstPts: number;
  readonly lastPts: number;
}

/** One rendition, as a player finds it: by its addresses alone. */
export class RenditionUnderTest {
  private constructor(
    readonly url: string,
    readonly playlist: MediaPlaylist,
    readonly init: Buffer,
    readonly timescale: number,
  ) {}

  static async open(url: string): Promise<RenditionUnderTest> {
    const playlist = readMedia(await text(url));
    if (playlist.init === null) throw new Error('no EXT-X-MAP');
    const init = await patiently(new URL(playlist.init, url).href);
    return new RenditionUnderTest(url, playlist, init, timescaleOf(init));
  }

  segment(index: number): Promise<Buffer> {
    const segment = this.playlist.segments[index];
    if (!segment) throw new Error(`no segment ${index}`);
    return patiently(new URL(segment.url, this.url).href);
  }

  /** Fetches segments in the given order, and all others after them. */
  async all(first: readonly number[] = []): Promise<Buffer[]> {
    const found: Buffer[] = [];
    const rest = this.playlist.segments.map((_, index) => index).filter((index) => !first.includes(index));
    for (const index of [...first, ...rest]) found[index] = await this.segment(index);
    return found;
  }
}

/** The multivariant playlist at `url`, every address in it absolute. */
export async function openMultivariant(url: string): Promise<Multivariant> {
  const { variants, media } = readMultivariant(await text(url));
  const absolute = (address: string): string => new URL(address, url).href;
  return {
    variants: variants.map((variant) => ({ ...variant, url: absolute(variant.url) })),
    media: media.map(
      (one) => new Map([...one].map(([key, value]) => [key, key === 'URI' ? absolute(value) : value])),
    ),
  };
}

export function factsOf(fragment: Fragment): SegmentFacts {
  const pts = fragment.samples.map((sample) => sample.pts);
  return {
    decodeTime: fragment.decodeTime,
    frames: pts.length,
    firstPts: Math.min(...pts),
    lastPts: Math.max(...pts),
  };
}

/**
 * Everything a player relies on in the segments of one rendition: each begins where the last one ended and with a key
 * frame, lasts what the playlist says, and never lies before zero. @returns the faults, none for a sound rendition
 */
export function faultsOf(
  rendition: RenditionUnderTest,
  segments: readonly Buffer[],
  kind: 'video' | 'audio',
): string[] {
  const { timescale, playlist } = rendition;
  const faults: string[] = [];
  let end: number | null = null;
  let declared = 0;
  let begin = 0;
  for (const [index, segment] of segments.entries()) {
    const fragment = readFragment(segment);
    const { frames, firstPts } = factsOf(fragment);
    const [first] = fragment.samples;
    if (!first || frames === 0) {
      faults.push(`segment ${index} is empty`);
      continue;
    }
    const length = fragment.samples.reduce((sum, { duration }) => sum + duration, 0);
    const frame = Math.max(...fragment.samples.map(({ duration }) => duration));
    if (kind === 'video' && !first.key) faults.push(`segment ${index} does not begin with a key frame`);
    if (end !== null && Math.abs(fragment.decodeTime - end) > Math.max(1, timescale / 10_000))
      faults.push(
        `segment ${index} begins ${(fragment.decodeTime - end) / timescale} s after the end of the one before`,
      );
    if (index === 0) begin = fragment.decodeTime;
    if (firstPts < 0 || firstPts > begin + timescale * 1e6)
      faults.push(`segment ${index} shows time ${firstPts}`);
    declared += playlist.segments[index]?.seconds ?? 0;
    end = fragment.decodeTime + length;
    // The drift of a player that trusts EXTINF and the one of the segment by itself: a frame each.
    const drift = Math.abs((end - begin) / timescale - declared);
    // Where a media container has no index, its length is that of its longest stream: sound may end a little earlier.
    const slack = kind === 'audio' && index === segments.length - 1 ? 0.1 : 1e-3;
    if (drift > frame / timescale + slack)
      faults.push(`at the end of segment ${index} EXTINF is ${drift.toFixed(4)} s off`);
  }
  return faults;
}

/** What ffmpeg makes of it all as one file: frames, and everything it complained about. */
export async function decode(
  init: Buffer,
  segments: readonly Buffer[],
): Promise<{ frames: number; errors: string }> {
  const args = [
    '-v',
    'error',
    '-i',
    'pipe:0',
    '-map',
    '0',
    '-fps_mode',
    'passthrough',
    '-f',
    'null',
    '-stats_period',
    '60',
    '-progress',
    'pipe:1',
    '-',
  ];
  const child = spawn(ffmpeg, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  let errors = '';
  let progress = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  child.stdout.on('data', (chunk: Buffer) => (progress += chunk.toString()));
  child.stdin.on('error', () => undefined); // it may have read enough
  child.stdin.end(Buffer.concat([init, ...segments]));
  await once(child, 'close');
  const frames = [...progress.matchAll(/^frame=\s*(\d+)/gm)].at(-1)?.[1];
  return { frames: Number(frames ?? NaN), errors };
}

/** Frames of the picture in a file, by decoding it. */
export async function framesIn(path: string): Promise<number> {
  const args = [
    '-v',
    'error',
    '-count_frames',
    '-select_streams',
    'v:0',
    '-show_entries',
    'stream=nb_read_frames',
    '-of',
    'csv=p=0',
    path,
  ];
  const { stdout } = await run(ffprobe, args);
  return Number(/\d+/.exec(stdout)?.[0]);
}

/** Comes back as often as a player would when it is told to (RFC 9110 10.2.3): a big picture takes an encoder its time. */
async function fetched(url: string, tries = 8): Promise<Response> {
  const response = await fetch(url);
  const later = Number(response.headers.get('retry-after'));
  if (response.status === 503 && later >= 1 && tries > 1) {
    await response.body?.cancel();
    await setTimeout(later * 1000);
    return fetched(url, tries - 1);
  }
  if (response.status !== 200)
    throw new Error(
      `${response.status} for ${new URL(url).pathname.replace(/hls\/[^/]+/, 'hls/…')}: ${await response.text()}`,
    );
  return response;
}

const text = async (url: string): Promise<string> => (await fetched(url)).text();
/** As a player gets it: who is told to come back comes back when told. Any other refusal throws. */
export const patiently = async (url: string): Promise<Buffer> =>
  Buffer.from(await (await fetched(url)).arrayBuffer());
