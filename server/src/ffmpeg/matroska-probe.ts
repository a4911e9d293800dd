import { defaultLayout } from './audio-codecs.js';
import { hdrOf, noColour } from './colour.js';
import { float, inside, text, uint, type Element } from './ebml.js';
import type { FileBytes } from './file-bytes.js';
import { displayAspectOf, frameRateOf, reduce } from './frame-rate.js';
import { clusterBlocks, type Block } from './matroska-blocks.js';
import { codecOf, trackFacts } from './matroska-codecs.js';
import { ID, readSegment } from './matroska-segment.js';
import { readAttachments, readChapters, readTags, type MatroskaTags } from './matroska-tags.js';
import { readTracks, type MatroskaTrack } from './matroska-track.js';
import type { MediaInfo, MediaStream, VideoStream } from './media-info.js';
import { ProbeFailed } from './media-probe.js';
import { streamFlags } from './stream-flags.js';

type Info = { scale: number; durationSeconds: number | null; title: string | null };
type Start = { blocks: readonly Block[]; startSeconds: number };

const FIRST_BLOCKS = 120;

/** Reads Matroska and WebM (RFC 9559) from the segment's head and the block headers of its first cluster. */
export function probeMatroska(file: FileBytes): MediaInfo {
  const { docType, parts, firstCluster } = readSegment(file);
  const tracksElement = parts.get(ID.tracks);
  if (tracksElement === undefined) throw new ProbeFailed('damaged', 'The file has no list of tracks.');
  const info = readInfo(file, parts.get(ID.info));
  const tracks = readTracks(file, tracksElement);
  const tagsElement = parts.get(ID.tags);
  const tags = tagsElement ? readTags(file, tagsElement) : { tags: {}, byTrack: new Map<string, never>() };
  const start = readStart(file, firstCluster, info.scale);
  const streams = tracks.flatMap((track) => readStream(file, track, tags, start, info.scale) ?? []);
  const [attachments, chapters] = [parts.get(ID.attachments), parts.get(ID.chapters)];
  return {
    container: docType === 'webm' ? 'webm' : 'matroska',
    durationSeconds: info.durationSeconds,
    startSeconds: start.startSeconds,
    bitrate: info.durationSeconds ? Math.round((file.size * 8) / info.durationSeconds) : null,
    size: file.size,
    faststart: null,
    streams: attachments ? [...streams, ...readAttachments(file, attachments, tracks.length)] : streams,
    chapters: chapters ? readChapters(file, chapters, info.durationSeconds) : [],
    tags: info.title === null ? tags.tags : { ...tags.tags, title: info.title },
  };
}

/** @returns `scale` in nanoseconds a tick */
export function readInfo(file: FileBytes, element: Element | undefined): Info {
  let scale = 1_000_000;
  let ticks: number | null = null;
  let title: string | null = null;
  for (const field of element === undefined ? [] : inside(file, element)) {
    if (field.id === 0x2ad7b1) scale = uint(file, field) || scale;
    if (field.id === 0x4489) ticks = float(file, field);
    if (field.id === 0x7ba9) title = text(file, field).trim() || null;
  }
  const seconds = ticks === null ? NaN : (ticks * scale) / 1e9;
  return { scale, durationSeconds: seconds > 0 && Number.isFinite(seconds) ? seconds : null, title };
}

function readStart(file: FileBytes, cluster: Element | null, scale: number): Start {
  const blocks: Block[] = [];
  for (const block of cluster === null ? [] : clusterBlocks(file, cluster)) {
    blocks.push(block);
    if (blocks.length >= FIRST_BLOCKS) break;
  }
  const first = blocks.reduce((least, { time }) => Math.min(least, time), Infinity);
  return { blocks, startSeconds: Number.isFinite(first) ? (Math.max(0, first) * scale) / 1e9 : 0 };
}

function readStream(
  file: FileBytes,
  track: MatroskaTrack,
  tags: MatroskaTags,
  start: Start,
  scale: number,
): MediaStream | null {
  const codec = codecOf(track);
  const statistics = tags.byTrack.get(track.uid);
  const base = {
    index: track.index,
    codec,
    language: track.language,
    title: track.title,
    flags: streamFlags(track.flags, track.title),
    bitrate: Number(statistics?.get('BPS') ?? statistics?.get('BPS-ENG')) || null,
  };
  if (track.type === 1) return { ...base, ...video(file, track, codec, start, scale) };
  if (track.type === 2) {
    const facts = trackFacts(track, codec, null, null);
    const channels = facts.channels ?? track.audio.channels;
    return {
      ...base,
      kind: 'audio',
      codecString: facts.codecString ?? null,
      profile: facts.profile ?? null,
      // Some muxers state 32 bits for lossy sound, which has no depth.
      bitDepth:
        facts.bitDepth ??
        (/^(pcm|alac|truehd|mlp|tta|wavpack)/.test(codec) ? track.audio.bitDepth || null : null),
      channels,
      channelLayout: defaultLayout(channels),
      sampleRate: facts.sampleRate || track.audio.sampleRate,
    };
  }
  const bitmap = /pgs|dvd|dvb|arib/.test(codec);
  return track.type === 17 ? { ...base, kind: 'subtitle', form: bitmap ? 'bitmap' : 'text' } : null;
}

function video(
  file: FileBytes,
  track: MatroskaTrack,
  codec: string,
  start: Start,
  scale: number,
): Omit<VideoStream, 'index' | 'codec' | 'language' | 'title' | 'flags' | 'bitrate'> {
  const own = start.blocks.filter((block) => block.track === track.number);
  const pace = track.defaultDuration > 0 ? 1e9 / track.defaultDuration : measuredPace(own, scale);
  const rate = track.defaultDuration > 0 ? frameRateOf(pace) : frameRateOf(pace, 5e-4);
  const framesPerSecond = rate ? Math.round((rate.num / rate.den) * 1000) / 1000 : null;
  const key = own[0];
  const keyFrame = codec === 'vp9' && key ? file.read(key.start, Math.min(32, key.end - key.start)) : null;
  const facts = trackFacts(track, codec, keyFrame, framesPerSecond);
  const { width, height, displayWidth, displayHeight, interlaced } = track.video;
  const stretched = displayWidth > 0 && displayHeight > 0 && width > 0 && height > 0;
  const fromDisplay = reduce(displayWidth * height, displayHeight * width);
  const sampleAspect = stretched ? fromDisplay : (facts.sampleAspect ?? { num: 1, den: 1 });
  const rotation = rotationOf(track.video.roll);
  const colour = facts.colour ?? noColour;
  return {
    kind: 'video',
    codecString: facts.codecString ?? null,
    profile: facts.profile ?? null,
    level: facts.level ?? null,
    bitDepth: facts.bitDepth ?? (track.video.bits || null),
    pixelFormat: facts.pixelFormat ?? null,
    width,
    height,
    sampleAspect,
    displayAspect: displayAspectOf(width, height, sampleAspect, rotation),
    rotation,
    frameRate: rate,
    framesPerSecond,
    variableFrameRate: track.defaultDuration > 0 ? false : null,
    interlaced: interlaced === 0 ? (facts.interlaced ?? false) : interlaced === 1,
    hdr: hdrOf(colour.transfer, track.dolbyVision),
    colour,
  };
}

/** Frames a second by the time stamps of the first blocks, for files that don't state a duration of frames. */
function measuredPace(blocks: readonly Block[], scale: number): number {
  const times = blocks.map(({ time }) => time);
  const span = Math.max(...times) - Math.min(...times);
  return blocks.length > 2 && span > 0
    ? Math.round(((blocks.length - 1) * 1e12) / (span * scale)) / 1000
    : NaN;
}

/** ProjectionPoseRoll turns counter-clockwise. */
function rotationOf(roll: number): 0 | 90 | 180 | 270 {
  const turn = (((Math.round(-roll / 90) * 90) % 360) + 360) % 360;
  return turn === 90 || turn === 180 || turn === 270 ? turn : 0;
}
