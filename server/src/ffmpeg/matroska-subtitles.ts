import { elementAt, elements, inside, text, type Element } from './ebml.js';
import type { FileBytes } from './file-bytes.js';
import { blockOf, blockPayload, clusterTime } from './matroska-blocks.js';
import { cuePositions, type CuePosition } from './matroska-cues.js';
import { codecOf } from './matroska-codecs.js';
import { readInfo } from './matroska-probe.js';
import { ID, readSegment, type Segment } from './matroska-segment.js';
import { readTags } from './matroska-tags.js';
import { readTracks, type MatroskaTrack } from './matroska-track.js';
import { indexAway, type Presence, type PresentLine, type PresentLines } from './present-lines.js';
import { matroskaAssText, srtText } from './subtitle-formats.js';
import type { Cue } from './webvtt.js';

/** One block of a subtitle track. Times in seconds; `duration` null where neither block nor index tells one. */
export type SubtitleBlock = Readonly<{
  startSeconds: number;
  durationSeconds: number | null;
  payload: Buffer;
  /** The SimpleBlock or BlockGroup. */
  element: Element;
}>;

/** Where the index says that the blocks of a track lie. */
interface SubtitleIndex {
  readonly segment: Segment;
  readonly track: MatroskaTrack;
  readonly positions: readonly CuePosition[];
  /** ns a tick */
  readonly scale: number;
}

/** Null where the index does not list them all. */
function subtitleIndex(file: FileBytes, segment: Segment, streamIndex: number): SubtitleIndex | null {
  const [tracks, cues] = [segment.parts.get(ID.tracks), segment.parts.get(ID.cues)];
  const track = tracks && readTracks(file, tracks)[streamIndex];
  if (track === undefined || cues === undefined || track.type !== 17) return null;
  file.seed(cues.start, file.read(cues.start, cues.end - cues.start));
  const positions = cuePositions(file, cues).filter((position) => position.track === track.number);
  if (positions.length === 0 || positions.length < 0.95 * statedCount(file, segment, track)) return null;
  const { scale } = readInfo(file, segment.parts.get(ID.info));
  return { segment, track, positions, scale };
}

/**
 * The blocks of a subtitle track by the file's cue index: only they are read, whatever the size of the film. Null where
 * the index does not list them all; then the whole file has to be read.
 */
export function subtitleBlocks(
  file: FileBytes,
  streamIndex: number,
): { track: MatroskaTrack; blocks: SubtitleBlock[] } | null {
  const index = subtitleIndex(file, readSegment(file), streamIndex);
  if (index === null) return null;
  const { track, positions, scale } = index;
  const clusterOf = clusterReader(file, index.segment);
  const blocks: SubtitleBlock[] = [];
  for (const position of positions) {
    const entry = clusterOf(position);
    const block = entry && readBlock(file, entry, position, track, scale);
    if (!block) return null; // an index that points elsewhere is not to be trusted
    blocks.push(block);
  }
  return { track, blocks };
}

/** Time stamp and name of a cluster lie in its first bytes. */
const clusterHead = 80;

/** What is needed to know where the lines of a track lie. */
const indexParts = [ID.seekHead, ID.info, ID.tracks, ID.cues, ID.tags];
/** Id and size of an element are no longer. */
const elementHead = 12;

/** Bytes that are not here read as the end of the file: the index would seem to be shorter, or not to be. */
function isIndexHere(file: FileBytes, { parts, astray }: Segment, isHere: Presence['isHere']): boolean {
  return indexParts.every((id) => {
    const [part, named = file.size] = [parts.get(id), astray.get(id)];
    if (part) return isHere(part.offset, part.end);
    return named >= file.size || isHere(named, Math.min(named + elementHead, file.size));
  });
}

/** The lines of a text track whose bytes are here; null as above. @throws ProbeFailed where not all of the index is */
export function presentMatroskaLines(
  file: FileBytes,
  streamIndex: number,
  { isHere, isKnown }: Presence,
): PresentLines | null {
  const segment = readSegment(file);
  if (!isIndexHere(file, segment, isHere)) throw indexAway();
  const index = subtitleIndex(file, segment, streamIndex);
  if (index === null) return null;
  const { track, positions, scale } = index;
  const codec = codecOf(track);
  const clusterOf = clusterReader(file, segment);
  const lines: PresentLine[] = [];
  for (const [number, position] of positions.entries()) {
    const at = segment.segment.start + position.cluster;
    if (isKnown(number) || !isHere(at, Math.min(at + clusterHead, file.size))) continue;
    const entry = clusterOf(position);
    const element = entry && elementAt(file, entry.cluster.start + position.relative, entry.cluster.end);
    if (!element || !isHere(element.offset, element.end)) continue;
    const block = readBlock(file, entry, position, track, scale);
    const cue = block && cueOf(file, block, track, codec);
    const event = block && codec === 'ass' ? block.payload.toString('utf8') : null;
    lines.push({ number, cues: cue ? [cue] : [], event });
  }
  return { count: positions.length, head: track.config.toString('utf8'), lines };
}

/** The lines of a text track; null as above. */
export function matroskaCues(file: FileBytes, streamIndex: number): Cue[] | null {
  const found = subtitleBlocks(file, streamIndex);
  if (found === null) return null;
  const codec = codecOf(found.track);
  const lines: Cue[] = [];
  for (const block of found.blocks) {
    const cue = cueOf(file, block, found.track, codec);
    if (cue === null) return null;
    lines.push(cue);
  }
  return lines;
}

/** mkvmerge's statistics tell how many lines there are. */
function statedCount(file: FileBytes, { parts }: Segment, track: MatroskaTrack): number {
  const tags = parts.get(ID.tags);
  const statistics = tags && readTags(file, tags).byTrack.get(track.uid);
  return Number(statistics?.get('NUMBER_OF_FRAMES') ?? statistics?.get('NUMBER_OF_FRAMES-ENG') ?? 0) || 0;
}

type Cluster = { cluster: Element; time: number };

/** Clusters by their positions, each looked at once. */
function clusterReader(
  file: FileBytes,
  segment: Segment,
): (position: Pick<CuePosition, 'cluster'>) => Cluster | null {
  const clusters = new Map<number, Cluster | null>();
  return ({ cluster }) => {
    const known = clusters.get(cluster);
    if (known !== undefined) return known;
    const entry = clusterAt(file, segment, cluster);
    if (clusters.size < 16_384) clusters.set(cluster, entry);
    return entry;
  };
}

function clusterAt(file: FileBytes, { segment }: Segment, position: number): Cluster | null {
  const cluster = position < 0 ? null : elementAt(file, segment.start + position, segment.end);
  return cluster?.id === ID.cluster ? { cluster, time: clusterTime(file, cluster) } : null;
}

function readBlock(
  file: FileBytes,
  { cluster, time }: Cluster,
  position: CuePosition,
  track: MatroskaTrack,
  scale: number,
): SubtitleBlock | null {
  if (position.relative < 0) return null;
  const element = elementAt(file, cluster.start + position.relative, cluster.end);
  const block = element && blockOf(file, element, time);
  if (!block || block.track !== track.number) return null;
  const payload = blockPayload(file, block, track);
  const duration = block.duration ?? position.duration;
  const durationSeconds = duration === null ? null : (duration * scale) / 1e9;
  return payload && { startSeconds: (block.time * scale) / 1e9, durationSeconds, payload, element };
}

function cueOf(file: FileBytes, block: SubtitleBlock, track: MatroskaTrack, codec: string): Cue | null {
  const { startSeconds, durationSeconds, payload, element } = block;
  if (durationSeconds === null) return null;
  const endSeconds = startSeconds + durationSeconds;
  const raw = payload.toString('utf8').replaceAll('\0', '');
  if (codec === 'ass') return { startSeconds, endSeconds, text: matroskaAssText(raw) };
  if (codec !== 'webvtt') return { startSeconds, endSeconds, text: srtText(raw) };
  const settings = additionSettings(file, element);
  // D_WEBVTT (WebM) puts identifier and settings on two lines before the text; S_TEXT/WEBVTT beside the block.
  if (!track.codecId.startsWith('D_WEBVTT')) return { startSeconds, endSeconds, text: raw, settings };
  const [, inline = '', ...body] = raw.split('\n');
  return { startSeconds, endSeconds, text: body.join('\n'), settings: inline.trim() };
}

/** BlockAdditional of S_TEXT/WEBVTT: settings, identifier and comments, a line each (Matroska codec mappings). */
function additionSettings(file: FileBytes, group: Element): string {
  for (const additions of elements(file, group.start, group.end)) {
    if (additions.id !== 0x75a1) continue;
    for (const more of inside(file, additions)) {
      for (const field of inside(file, more))
        if (field.id === 0xa5) return text(file, field).split('\n')[0]?.trim() ?? '';
    }
  }
  return '';
}
