import type { Element } from './ebml.js';
import type { FileBytes } from './file-bytes.js';
import type { AudioSpan, KeyframeFacts } from './keyframe-facts.js';
import type { Block } from './matroska-blocks.js';
import { cuePositions, type CuePosition } from './matroska-cues.js';
import { readInfo } from './matroska-probe.js';
import { ID, readSegment, type Segment } from './matroska-segment.js';
import { readTracks, type MatroskaTrack } from './matroska-track.js';
import { blocksFrom, findCluster } from './matroska-walk.js';

/** Where a file's last frame lies at most before the end of its media, once key frames are farther apart. */
const TAIL = 12 * 1024 * 1024;

/** Key frames by the cue index, the last frame's end by the blocks after the last of them; null without cues. */
export function matroskaKeyframes(file: FileBytes, streamIndex: number): KeyframeFacts | null {
  const segment = readSegment(file);
  const [tracksAt, cuesAt] = [segment.parts.get(ID.tracks), segment.parts.get(ID.cues)];
  const tracks = tracksAt ? readTracks(file, tracksAt) : [];
  const track = tracks[streamIndex];
  if (track?.type !== 1 || cuesAt === undefined || segment.firstCluster === null) return null;
  const cues = distinct(cuePositions(file, cuesAt).filter((cue) => cue.track === track.number));
  const last = cues.at(-1);
  if (last === undefined) return null;
  const { scale } = readInfo(file, segment.parts.get(ID.info));
  const mediaEnd = Math.max(cuesAt.start < segment.firstCluster.start ? segment.segment.end : cuesAt.offset, segment.firstCluster.end); // prettier-ignore
  const tail = readTail(file, segment, segment.segment.start + last.cluster, mediaEnd);
  const sounds = tracks.filter(({ type }) => type === 2);
  addEarlierEnds(file, segment, cues, sounds, tail);
  const seconds = (ticks: number): number => (ticks * scale) / 1e9;
  const end = endOfTrack(tail.get(track.number) ?? [], track, scale);
  if (end === null) return null;
  const ends = cues.slice(1).map(({ cluster }) => segment.segment.start + cluster);
  return {
    startSeconds: seconds(cues[0]?.time ?? 0),
    endSeconds: seconds(end),
    keyframes: cues.map(({ time }) => seconds(time)),
    bytes: cues.map((cue, at) => Math.max(0, (ends[at] ?? mediaEnd) - segment.segment.start - cue.cluster)),
    openGroups: hasOpenGroups(file, segment, track, cues),
    audio: audioSpans(file, segment, sounds, tail, scale),
  };
}

/** In order of time, one for each. */
export function distinct(cues: CuePosition[]): CuePosition[] {
  const sorted = cues.toSorted((a, b) => a.time - b.time);
  return sorted.filter(({ time }, at) => at === 0 || time !== sorted[at - 1]?.time);
}

/** The last blocks of every track. */
function readTail(
  file: FileBytes,
  { segment }: Segment,
  lastCluster: number,
  mediaEnd: number,
): Map<number, Block[]> {
  const near = Math.max(lastCluster, mediaEnd - TAIL);
  const from = near === lastCluster ? near : findCluster(file, near, mediaEnd);
  return lastBlocks(file, segment, from < 0 ? lastCluster : from, mediaEnd);
}

function lastBlocks(file: FileBytes, segment: Element, from: number, to: number): Map<number, Block[]> {
  const tail = new Map<number, Block[]>();
  for (const block of blocksFrom(file, { ...segment, end: to }, from)) {
    const blocks = tail.get(block.track) ?? [];
    tail.set(block.track, blocks);
    blocks.push(block);
    if (blocks.length > 128) blocks.splice(0, 64);
  }
  return tail;
}

/** How far before the last key frame the end of a sound track is looked for: bytes. */
const FARTHEST = 48 * 1024 * 1024;

/** Adds the last blocks of tracks that end before the last key frame, going back over ever more of the cues. */
function addEarlierEnds(
  file: FileBytes,
  { segment }: Segment,
  cues: readonly CuePosition[],
  wanted: readonly MatroskaTrack[],
  tail: Map<number, Block[]>,
): void {
  const offset = (at: number): number => segment.start + (cues[at]?.cluster ?? 0);
  let to = cues.length - 1;
  for (let step = 1; to > 0 && wanted.some(({ number }) => !tail.has(number)); step *= 2) {
    const from = Math.max(0, to - step);
    if (offset(cues.length - 1) - offset(from) > FARTHEST) return;
    for (const [number, blocks] of lastBlocks(file, segment, offset(from), offset(to)))
      if (!tail.has(number)) tail.set(number, blocks);
    to = from;
  }
}

/** Groups looked into, and pictures after their key frame: encoders make all groups alike. */
const GROUPS = 4;
const FOLLOWERS = 4;

function hasOpenGroups(
  file: FileBytes,
  { segment }: Segment,
  track: MatroskaTrack,
  cues: readonly CuePosition[],
): boolean {
  const step = Math.max(1, Math.floor(cues.length / GROUPS));
  return cues.some((cue, at) => {
    if (at % step !== Math.min(1, step - 1)) return false;
    let after = -1;
    for (const block of blocksFrom(file, segment, segment.start + cue.cluster)) {
      if (block.track !== track.number) continue;
      if (after < 0 && !(block.keyframe && block.time >= cue.time)) continue;
      if (after >= 0 && block.time < cue.time) return true;
      if ((after += 1) >= FOLLOWERS) return false;
    }
    return false;
  });
}

/** Ticks at which the last frame ends: it says how long it lasts, or all do, or as long as the one before. */
export function endOfTrack(blocks: readonly Block[], track: MatroskaTrack, scale: number): number | null {
  const ordered = blocks.toSorted((a, b) => a.time - b.time);
  const last = ordered.at(-1);
  if (last === undefined) return null;
  const gap = last.time - (ordered.at(-2)?.time ?? last.time);
  return last.time + (last.duration ?? (track.defaultDuration > 0 ? track.defaultDuration / scale : gap));
}

function audioSpans(
  file: FileBytes,
  { segment, firstCluster }: Segment,
  sounds: readonly MatroskaTrack[],
  tail: ReadonlyMap<number, Block[]>,
  scale: number,
): AudioSpan[] {
  const starts = firstTimes(file, segment, firstCluster, new Set(sounds.map(({ number }) => number)));
  return sounds.flatMap((track) => {
    const start = starts.get(track.number);
    const end = endOfTrack(tail.get(track.number) ?? [], track, scale);
    if (start === undefined || end === null) return [];
    const seconds = (ticks: number): number => Math.max(0, (ticks * scale - track.codecDelay) / 1e9);
    return [{ index: track.index, startSeconds: seconds(start), endSeconds: seconds(end) }];
  });
}

const FIRST_BLOCKS = 600;

/** When each track has its first block, as far as the first blocks tell. */
function firstTimes(
  file: FileBytes,
  segment: Element,
  firstCluster: Element | null,
  wanted: ReadonlySet<number>,
): Map<number, number> {
  const found = new Map<number, number>();
  let count = 0;
  for (const block of firstCluster ? blocksFrom(file, segment, firstCluster.offset) : []) {
    if (wanted.has(block.track) && !found.has(block.track)) found.set(block.track, block.time);
    if (found.size === wanted.size || (count += 1) > FIRST_BLOCKS) break;
  }
  return found;
}
