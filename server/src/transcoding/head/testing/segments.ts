import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { FragmentReader } from '../../cmaf/fragment-reader.js';
import type { Sample } from '../../cmaf/track.js';

/** The samples of a segment behind its header. */
export function samplesOf(init: Uint8Array, segment: Uint8Array): readonly Sample[] {
  const reader = new FragmentReader();
  const parts = [...reader.push(init), ...reader.push(segment)];
  reader.end();
  return parts.flatMap((part) => (part.type === 'samples' ? part.samples : []));
}

/** What has to be the same whoever made a segment. */
export function shape(init: Uint8Array, segment: Uint8Array) {
  const samples = samplesOf(init, segment);
  const pts = samples.map((sample) => sample.pts).sort((a, b) => a - b);
  const last = samples.at(-1);
  return {
    decodeTime: samples[0]?.dts,
    frames: samples.length,
    firstPts: pts[0],
    lastPts: pts.at(-1),
    end: (last?.dts ?? 0) + (last?.duration ?? 0),
    firstIsKey: samples[0]?.key,
  };
}

/** Decodes header and segments. @returns frames (or samples of sound) and what ffmpeg complained about */
export async function decode(kind: 'video' | 'audio', pieces: readonly Uint8Array[]) {
  const args = ['-v', 'error', '-i', 'pipe:0', '-map', kind === 'video' ? '0:v' : '0:a', '-f'];
  const raw =
    kind === 'video'
      ? ['framehash', '-hash', 'md5', '-fps_mode', 'passthrough', 'pipe:1']
      : ['s16le', 'pipe:1'];
  const child = spawn(process.env['FFMPEG_PATH'] ?? 'ffmpeg', [...args, ...raw]);
  const out: Buffer[] = [];
  let errors = '';
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  child.stdin.end(Buffer.concat(pieces));
  await once(child, 'close');
  const lines =
    kind === 'video'
      ? Buffer.concat(out)
          .toString()
          .split('\n')
          .filter((line) => /^\d/.test(line))
      : [];
  return {
    frames: lines.length,
    hashes: lines.map((line) => line.split(',').at(-1)?.trim()),
    sound: Buffer.concat(out),
    errors,
  };
}
