import type { FileBytes } from './file-bytes.js';
import type { AudioSpan, KeyframeFacts } from './keyframe-facts.js';
import { fragmentTiming } from './mp4-fragments.js';
import { readLayout, readMovie } from './mp4-probe.js';
import type { SampleTable } from './mp4-sample-columns.js';
import { endOf, readSampleTable } from './mp4-sample-table.js';
import { sampleTiming } from './mp4-samples.js';
import type { Mp4Track } from './mp4-track.js';

/** Key frames by the sample tables or the fragments; null where they are laid out in a way not read here. */
export function mp4Keyframes(file: FileBytes, streamIndex: number): KeyframeFacts | null {
  const { moov, moofs } = readLayout(file);
  const { tracks } = readMovie(file, moov);
  const track = tracks.find(({ index }) => index === streamIndex);
  const table =
    track?.handler === 'vide' ? readSampleTable(file, track, moov, moofs, { places: false }) : null;
  if (table === null || table.count === 0) return null;
  const fragments = moofs.length > 0 ? fragmentTiming(file, moov, moofs) : null;
  const audio = tracks
    .filter(({ handler }) => handler === 'soun')
    .flatMap((sound) => audioSpan(file, sound, fragments?.end.get(sound.id)) ?? []);
  return { ...factsOf(table), audio };
}

/** A table's key frames and ends. Frames before 0 are for the decoder only. */
export function factsOf(table: SampleTable): KeyframeFacts {
  const { timescale, pts, sync, size, count } = table;
  const keyframes: number[] = [];
  const bytes: number[] = [];
  let start = Infinity;
  let sum = 0;
  let key = -Infinity;
  let openGroups = false;
  for (let at = 0; at < count; at += 1) {
    const time = pts[at] ?? 0;
    if (time >= 0 && time < start) start = time;
    if (time < key) openGroups = true;
    if (sync[at] === 1) {
      key = time;
      if (keyframes.length > 0) bytes.push(sum);
      keyframes.push(time / timescale);
      sum = 0;
    }
    sum += size[at] ?? 0;
  }
  if (keyframes.length > 0) bytes.push(sum);
  return {
    startSeconds: Number.isFinite(start) ? start / timescale : 0,
    endSeconds: endOf(table) / timescale,
    keyframes,
    bytes,
    openGroups,
  };
}

/** By the sums of the time table alone: sound has tens of thousands of samples. */
function audioSpan(file: FileBytes, track: Mp4Track, fragmentsEnd: number | undefined): AudioSpan | null {
  const ticks = fragmentsEnd ?? sampleTiming(file, track).total;
  const endSeconds = ticks / track.timescale + track.shiftSeconds;
  if (!(endSeconds > 0)) return null;
  return { index: track.index, startSeconds: Math.max(0, track.shiftSeconds), endSeconds };
}
