import { FileBytes } from '../../ffmpeg/file-bytes.js';
import { readLayout, readMovie } from '../../ffmpeg/mp4-probe.js';
import type { SampleTable } from '../../ffmpeg/mp4-sample-columns.js';
import { endOf, readSampleTable } from '../../ffmpeg/mp4-sample-table.js';
import type { RandomAccess } from '../../ffmpeg/random-access.js';
import type { AudioStream, VideoStream } from '../../ffmpeg/media-info.js';
import type { PresentedSample } from '../cmaf/segment-writer.js';
import type { Track } from '../cmaf/track.js';
import { type AudioFrame, cutAudio } from './audio-cut.js';
import { mp4SampleEntry } from './mp4-entry.js';
import type { SampleFilter } from './parameter-sets.js';
import { RemuxFailed } from './remux-failure.js';
import { shownSize } from './video-entry.js';
import {
  blockSize,
  type Cut,
  type CutSpan,
  fromZero,
  largestSegment,
  type TrackSource,
} from './track-source.js';

/** A stream of an MP4 or QuickTime file, plain or fragmented. @throws RemuxFailed for one laid out in a way not known */
export function openMp4(file: FileBytes, access: RandomAccess, stream: VideoStream | AudioStream): TrackSource {
  const { moov, moofs } = readLayout(file);
  const found = readMovie(file, moov).tracks.find(({ index }) => index === stream.index);
  const table = found && readSampleTable(file, found, moov, moofs);
  if (!found || !table || table.count === 0)
    throw new RemuxFailed('unsupported', 'The track is laid out in a way that is not read here.');
  const first = (): Uint8Array => {
    const at = Math.max(0, table.sync.indexOf(1));
    return file.read(table.offset[at] ?? -1, table.size[at] ?? 0);
  };
  const { entry, filter } = mp4SampleEntry(file, found, stream, first);
  const shape = stream.kind === 'video' ? shownSize(stream) : { width: 0, height: 0 };
  const track: Track = { kind: stream.kind, timescale: table.timescale, sampleEntry: entry, ...shape };
  const reader = (): FileBytes =>
    new FileBytes(access, blockSize[stream.kind], 2 * largestSegment, Infinity);
  return {
    track,
    cut: (span) => stream.kind === 'video' ? cutVideo(table, reader(), filter, span) : cutSound(table, reader(), span),
  };
} // prettier-ignore

const micros = ({ pts, timescale }: SampleTable, at: number): number =>
  Math.round(((pts[at] ?? 0) * 1e6) / timescale);

/** The first key frame at or after a time; the number of samples where there is none. */
function keyframeAt(table: SampleTable, time: number | null, after: number): number {
  for (let at = table.sync.indexOf(1, after); at >= 0; at = table.sync.indexOf(1, at + 1))
    if (time === null || micros(table, at) >= time - 1) return at;
  return table.count;
}

function cutVideo(table: SampleTable, file: FileBytes, filter: SampleFilter, { from, to }: CutSpan): Cut {
  const begin = keyframeAt(table, from, 0);
  const end = to === null ? table.count : keyframeAt(table, to, begin + 1);
  let bytes = 0;
  for (let at = begin; at < end; at += 1) bytes += table.size[at] ?? 0;
  if (bytes > largestSegment) throw new RemuxFailed('unsupported', 'The key frames are too far apart.');
  const samples: PresentedSample[] = [];
  for (let at = begin; at < end; at += 1) {
    const size = table.size[at] ?? 0;
    const read = file.read(table.offset[at] ?? -1, size);
    if (read.length < size || size === 0) continue; // the file is cut there
    samples.push({ pts: table.pts[at] ?? 0, key: table.sync[at] === 1, bytes: filter(read) });
  }
  if (samples.length === 0) throw new RemuxFailed('damaged', 'No picture of the segment can be read.');
  const next = end < table.count ? (table.pts[end] ?? 0) : endOf(table);
  return fromZero({ samples, start: table.pts[begin] ?? 0, end: next });
}

function cutSound(table: SampleTable, file: FileBytes, span: CutSpan): Cut {
  return cutAudio(framesFrom(table, file, span.from ?? -1), span, table.timescale);
}

function* framesFrom(table: SampleTable, file: FileBytes, from: number): Generator<AudioFrame> {
  let low = 0;
  for (let high = table.count; low < high;) {
    const middle = (low + high) >> 1;
    if (micros(table, middle) < from) low = middle + 1;
    else high = middle;
  }
  for (let at = Math.max(0, low - 1); at < table.count; at += 1) {
    const size = table.size[at] ?? 0;
    const offset = table.offset[at] ?? -1;
    if (offset < 0 || size === 0 || offset + size > file.size) continue;
    yield { pts: table.pts[at] ?? 0, duration: table.duration[at] ?? 0, bytes: () => file.read(offset, size) };
  }
} // prettier-ignore
