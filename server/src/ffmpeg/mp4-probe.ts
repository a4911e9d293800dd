import { audioCodecStrings, defaultLayout } from './audio-codecs.js';
import { hdrOf } from './colour.js';
import type { FileBytes } from './file-bytes.js';
import { displayAspectOf, frameRateOf, reduce } from './frame-rate.js';
import type { MediaInfo, MediaStream, VideoStream } from './media-info.js';
import { ProbeFailed } from './media-probe.js';
import { boxes, children, payload, versioned, type Box } from './mp4-boxes.js';
import { fragmentTiming, type FragmentTiming } from './mp4-fragments.js';
import { readSampleEntry, type SampleEntry } from './mp4-sample-entry.js';
import { firstCompositionOffset, sampleBytes, sampleTiming } from './mp4-samples.js';
import { coverStreams, readChapters, readMetadata } from './mp4-tags.js';
import { readTrack, type Mp4Track } from './mp4-track.js';
import { streamFlags } from './stream-flags.js';

type Layout = { moov: Box; moofs: Box[]; brand: string; faststart: boolean };

/** Whether the first bytes are those of an MP4 or QuickTime file. */
export function looksLikeMp4(head: Buffer): boolean {
  return /^(ftyp|moov|mdat|wide|free|skip|pnot|styp)$/.test(head.toString('latin1', 4, 8));
}

/** Reads an MP4/MOV (ISO 14496-12, QTFF) from its `moov` box; sample data is not touched but for chapter titles. */
export function probeMp4(file: FileBytes): MediaInfo {
  const layout = readLayout(file);
  const { tracks, timescale, duration } = readMovie(file, layout.moov);
  const fragments = layout.moofs.length > 0 ? fragmentTiming(file, layout.moov, layout.moofs) : null;
  const quickTime = layout.brand === 'qt  ';
  const chapterIds = new Set(tracks.flatMap((track) => track.chapterTracks));
  const streams = tracks
    .filter(({ id }) => !chapterIds.has(id))
    .flatMap((track) => readStream(file, track, quickTime, fragments) ?? []);
  const { tags, covers } = readMetadata(file, layout.moov);
  const durationSeconds = fragments
    ? fragmentedDuration(tracks, fragments)
    : duration > 0
      ? duration / timescale
      : null;
  return {
    container: quickTime ? 'mov' : 'mp4',
    durationSeconds,
    startSeconds: startOf(
      file,
      tracks.filter((track) => streams.some(({ index }) => index === track.index)),
    ),
    bitrate: durationSeconds ? Math.round((file.size * 8) / durationSeconds) : null,
    size: file.size,
    faststart: layout.faststart,
    streams: [...streams, ...coverStreams(covers, tracks.length)],
    chapters: readChapters(file, layout.moov, tracks, durationSeconds),
    tags,
  };
}

/** Where the index, the fragments and the brand lie. @throws ProbeFailed without an index */
export function readLayout(file: FileBytes): Layout {
  let moov: Box | undefined;
  let brand = 'qt  '; // files older than `ftyp` are QuickTime's
  let mediaFirst = false;
  let cut = false;
  const moofs: Box[] = [];
  for (const box of boxes(file, 0, file.size)) {
    cut ||= box.overruns;
    if (box.type === 'ftyp') brand = file.read(box.start, 4).toString('latin1');
    if (box.type === 'mdat' && moov === undefined) mediaFirst = true;
    if (box.type === 'moov') moov ??= box;
    if (box.type === 'moof') moofs.push(box);
  }
  if (moov === undefined) {
    throw new ProbeFailed(
      'damaged',
      `The index of the file (moov) is missing${cut ? ': the copy is incomplete' : ''}.`,
    );
  }
  return { moov, moofs, brand, faststart: !mediaFirst };
}

/** The tracks of `moov`. @returns `duration` in units of `timescale`. */
export function readMovie(
  file: FileBytes,
  moov: Box,
): { tracks: Mp4Track[]; timescale: number; duration: number } {
  const mvhd = children(file, moov).get('mvhd');
  const bytes = mvhd ? payload(file, mvhd, 64) : Buffer.alloc(0);
  const long = bytes[0] === 1;
  const sound = bytes.length >= (long ? 32 : 20);
  const timescale = (sound && bytes.readUInt32BE(long ? 20 : 12)) || 1000;
  const duration = sound ? versioned(bytes, long ? 24 : 16) : 0;
  const traks = [...boxes(file, moov.start, moov.end)].filter(({ type }) => type === 'trak').slice(0, 1000);
  const tracks = traks.flatMap((trak, index) => readTrack(file, trak, index, timescale) ?? []);
  return { tracks, timescale, duration: duration >= 0xffffffff ? 0 : duration };
}

/** Finds `moov` without the rest of the layout, for who only wants a track. */
export function findMovie(file: FileBytes): Box {
  return readLayout(file).moov;
}

function readStream(
  file: FileBytes,
  track: Mp4Track,
  quickTime: boolean,
  fragments: FragmentTiming | null,
): MediaStream | null {
  const stsd = track.tables.get('stsd');
  const entry = stsd && readSampleEntry(file, stsd, track.handler, quickTime);
  if (!entry) return null;
  const { codec } = entry;
  const bytes = fragments ? null : sampleBytes(file, track);
  const base = {
    index: track.index,
    codec,
    language: track.language,
    title: track.title,
    flags: streamFlags(track.flags, track.title),
    bitrate: bytes && track.durationSeconds ? Math.round((bytes * 8) / track.durationSeconds) : entry.bitrate,
  };
  if (track.handler === 'vide') return { ...base, ...video(file, track, entry, fragments) };
  if (track.handler === 'soun') {
    return {
      ...base,
      kind: 'audio',
      codecString: entry.facts.codecString ?? audioCodecStrings[codec] ?? null,
      profile: entry.facts.profile ?? null,
      bitDepth: entry.facts.bitDepth ?? null,
      channels: entry.channels,
      channelLayout: defaultLayout(entry.channels),
      sampleRate: entry.sampleRate,
    };
  }
  const subtitle = ['mov_text', 'webvtt', 'ttml', 'eia_608', 'dvd_subtitle'].includes(codec);
  if (!subtitle) return null;
  return { ...base, kind: 'subtitle', form: codec === 'dvd_subtitle' ? 'bitmap' : 'text' };
}

function video(
  file: FileBytes,
  track: Mp4Track,
  entry: SampleEntry,
  fragments: FragmentTiming | null,
): Omit<VideoStream, 'index' | 'codec' | 'language' | 'title' | 'flags' | 'bitrate'> {
  const { facts, colour } = entry;
  const width = entry.width || facts.width || 0;
  const height = entry.height || facts.height || 0;
  const sampleAspect = entry.sampleAspect ?? facts.sampleAspect ?? { num: 1, den: 1 };
  const timing = sampleTiming(file, track);
  const tick = fragments?.sampleDuration.get(track.id);
  const pace =
    timing.count > 0 ? (timing.count * track.timescale) / timing.total : tick ? track.timescale / tick : NaN;
  const mean = frameRateOf(pace);
  const fastest = timing.variable && timing.shortest > 0 ? track.timescale / timing.shortest : pace;
  const rate = frameRateOf(fastest, 1e-3);
  return {
    kind: 'video',
    codecString: facts.codecString ?? null,
    profile: facts.profile ?? null,
    level: facts.level ?? null,
    bitDepth: facts.bitDepth ?? null,
    pixelFormat: facts.pixelFormat ?? null,
    width,
    height,
    sampleAspect: reduce(sampleAspect.num, sampleAspect.den),
    displayAspect: displayAspectOf(width, height, sampleAspect, track.rotation),
    rotation: track.rotation,
    frameRate: rate,
    framesPerSecond: mean ? Math.round((mean.num / mean.den) * 1000) / 1000 : null,
    variableFrameRate: timing.count > 1 ? timing.variable : null,
    interlaced: entry.fields === null ? (facts.interlaced ?? false) : entry.fields > 1,
    hdr: hdrOf(colour.transfer, entry.dolbyVision),
    colour,
  };
}

function fragmentedDuration(tracks: readonly Mp4Track[], { end }: FragmentTiming): number | null {
  const ends = tracks.map(
    ({ id, timescale, shiftSeconds }) => (end.get(id) ?? 0) / timescale + Math.min(0, shiftSeconds),
  );
  return Math.max(0, ...ends) || null;
}

/** The earliest presentation time; ffmpeg's `start_time` of the file. */
function startOf(file: FileBytes, tracks: readonly Mp4Track[]): number {
  const starts = tracks.map((track) => {
    const first = firstCompositionOffset(file, track) / track.timescale;
    return Math.max(0, track.shiftSeconds + (track.handler === 'vide' ? first : 0));
  });
  return starts.length > 0 ? Math.min(...starts) : 0;
}
