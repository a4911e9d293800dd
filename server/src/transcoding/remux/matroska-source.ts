import type { FileBytes } from '../../ffmpeg/file-bytes.js';
import { FileBytes as Bytes } from '../../ffmpeg/file-bytes.js';
import type { Block } from '../../ffmpeg/matroska-blocks.js';
import { cuePositions } from '../../ffmpeg/matroska-cues.js';
import { distinct, endOfTrack } from '../../ffmpeg/matroska-keyframes.js';
import { readInfo } from '../../ffmpeg/matroska-probe.js';
import { ID, readSegment, type Segment } from '../../ffmpeg/matroska-segment.js';
import { type MatroskaTrack, readTracks } from '../../ffmpeg/matroska-track.js';
import { blocksFrom } from '../../ffmpeg/matroska-walk.js';
import type { RandomAccess } from '../../ffmpeg/random-access.js';
import type { AudioStream, VideoStream } from '../../ffmpeg/media-info.js';
import type { PresentedSample } from '../cmaf/segment-writer.js';
import { matroskaAudioEntry } from './audio-entry.js';
import { cutAudio } from './audio-cut.js';
import { frameOf, laces } from './matroska-frames.js';
import { MatroskaSound } from './matroska-sound.js';
import { RemuxFailed } from './remux-failure.js';
import {
  blockSize,
  type Cut,
  type CutSpan,
  fromZero,
  largestSegment,
  type TrackSource,
} from './track-source.js';
import { type Entry, matroskaVideoEntry, shownSize } from './video-entry.js';

/** What finding a place in a Matroska file takes. */
interface Layout {
  readonly segment: Segment;
  readonly track: MatroskaTrack;
  /** Nanoseconds a tick. */
  readonly scale: number;
  /** Where clusters begin, by time. */
  readonly places: readonly { readonly micros: number; readonly offset: number }[];
}

/** A stream of a Matroska or WebM file with cues. @throws RemuxFailed for one that is not read here */
export function openMatroska(
  file: FileBytes,
  access: RandomAccess,
  stream: VideoStream | AudioStream,
): TrackSource {
  const layout = readLayout(file, stream);
  const reader = (): FileBytes => new Bytes(access, blockSize[stream.kind], 2 * largestSegment, Infinity);
  const first = (): Uint8Array => firstFrame(reader(), layout);
  if (stream.kind === 'audio') {
    const sound = new MatroskaSound(layout.track, stream, layout.scale, firstBlock(file, layout), first);
    const sampleEntry = matroskaAudioEntry(layout.track, stream, first);
    const track = { kind: 'audio', timescale: sound.timescale, sampleEntry, width: 0, height: 0 } as const;
    return { track, cut: (span) => cutSound(layout, sound, reader(), span) };
  }
  const entry = matroskaVideoEntry(layout.track, stream, first);
  const timescale = 1e9 % layout.scale === 0 && layout.scale >= 1000 ? 1e9 / layout.scale : 1e6;
  return {
    track: { kind: 'video', timescale, sampleEntry: entry.entry, ...shownSize(stream) },
    cut: (span) => cutVideo(layout, timescale, entry, reader(), span),
  };
}

function readLayout(file: FileBytes, stream: VideoStream | AudioStream): Layout {
  const segment = readSegment(file);
  const [tracksAt, cuesAt] = [segment.parts.get(ID.tracks), segment.parts.get(ID.cues)];
  const tracks = tracksAt ? readTracks(file, tracksAt) : [];
  const track = tracks[stream.index];
  if (!track || !cuesAt || !segment.firstCluster)
    throw new RemuxFailed('unsupported', 'The file has no index of its own.');
  if (track.compression && track.compression.algorithm !== 3)
    throw new RemuxFailed('unsupported', 'The track is packed or encrypted.');
  const { scale } = readInfo(file, segment.parts.get(ID.info));
  const all = cuePositions(file, cuesAt);
  const picture = tracks.find(({ type }) => type === 1)?.number;
  const own = all.filter((cue) => cue.track === (stream.kind === 'video' ? track.number : (picture ?? track.number)));
  const places = distinct(own.length > 0 ? own : all).map(({ time, cluster }) => ({
    micros: Math.round((time * scale) / 1000),
    offset: segment.segment.start + cluster,
  }));
  if (places.length === 0) throw new RemuxFailed('unsupported', 'The index of the file is empty.');
  return { segment, track, scale, places };
} // prettier-ignore

/** The blocks of the track from the last place before a time on. */
function* blocksAt(layout: Layout, file: FileBytes, micros: number | null): Generator<Block> {
  const { segment, track, places } = layout;
  const place = micros === null ? undefined : places.findLast((one) => one.micros <= micros + 1);
  const offset = place?.offset ?? segment.firstCluster?.offset ?? segment.segment.start;
  for (const block of blocksFrom(file, segment.segment, offset))
    if (block.track === track.number) yield block;
}

function firstBlock(file: FileBytes, layout: Layout): Block | undefined {
  let count = 0;
  for (const block of blocksAt(layout, file, null)) {
    if (block.lacing === 0 || (count += 1) > 0) return block;
  }
  return undefined;
}

function firstFrame(file: FileBytes, layout: Layout): Uint8Array {
  const block = firstBlock(file, layout);
  const [lace] = block ? laces(file, block) : [];
  return lace ? frameOf(file, lace, layout.track) : new Uint8Array();
}

function cutVideo(
  layout: Layout,
  timescale: number,
  { filter }: Entry,
  file: FileBytes,
  { from, to }: CutSpan,
): Cut {
  const { scale, track } = layout;
  const ticks = ({ time }: Pick<Block, 'time'>): number => Math.round((time * scale * timescale) / 1e9);
  const microsOf = ({ time }: Block): number => Math.round((time * scale) / 1000);
  const samples: PresentedSample[] = [];
  const blocks: Block[] = [];
  let bytes = 0;
  let end: number | null = null;
  for (const block of blocksAt(layout, file, from)) {
    if (block.keyframe && to !== null && microsOf(block) >= to - 1) {
      end = ticks(block);
      break;
    }
    // Before the cut, or, where its key frame cannot be read, before the next that can.
    if (samples.length === 0 && !(block.keyframe && (from === null || microsOf(block) >= from - 1))) continue;
    const [lace] = laces(file, block);
    if (!lace) continue;
    bytes += lace.end - lace.start;
    if (bytes > largestSegment) throw new RemuxFailed('unsupported', 'The key frames are too far apart.');
    blocks.push(block);
    samples.push({
      pts: ticks(block),
      key: block.keyframe,
      bytes: filter(frameOf(file, lace, track)),
    });
  }
  const start = samples[0]?.pts;
  if (start === undefined) throw new RemuxFailed('damaged', 'No picture of the segment can be read.');
  end ??= ticks({ time: endOfTrack(blocks, track, scale) ?? 0 });
  return fromZero({ samples, start, end });
}

/** Sound stands in a file up to some seconds after the picture it belongs to. */
const SKEW = 2_000_000;

function cutSound(layout: Layout, sound: MatroskaSound, file: FileBytes, span: CutSpan): Cut {
  const { from } = span;
  for (let back = SKEW; from !== null; back *= 4) {
    const near = from - back;
    const blocks = blocksAt(layout, file, near);
    const first = blocks.next();
    if (first.done === true) break;
    // Right if what was read first lies before the span; else the sound runs further ahead of the picture.
    if (near <= 0 || sound.microsOf(first.value) <= from) {
      const again = blocksAt(layout, file, near);
      return cutAudio(sound.frames(file, again), span, sound.timescale);
    }
  }
  return cutAudio(sound.frames(file, blocksAt(layout, file, null)), span, sound.timescale);
}
