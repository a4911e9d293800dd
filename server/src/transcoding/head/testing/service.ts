import { Binaries } from '../../../ffmpeg/binaries.js';
import { FfprobeProbe } from '../../../ffmpeg/ffprobe-probe.js';
import { ffprobeKeyframes } from '../../../ffmpeg/ffprobe-keyframes.js';
import { streamsOf } from '../../../ffmpeg/media-info.js';
import type { MediaInput } from '../../media-input.js';
import { audioEncode, type Rendition, rungsFor, videoEncode } from '../../rendition.js';
import type { SegmentKey, SegmentStore } from '../../store/segment-store.port.js';
import { type KeyframeIndex, timelineOrigin } from '../../timeline/segment-table.js';
import { needsIndex, segmentTable } from '../../timeline/segment-tables.js';
import { softwareEncoder } from '../encoder.js';
import type { HeadTools } from '../head-tools.js';
import { HeadService, type HeadServiceOptions } from '../head.service.js';
import { clip, type ClipName } from './clips.js';

const binaries = new Binaries();

/** Keeps everything, in memory. */
export class MemoryStore implements SegmentStore {
  readonly kept = new Map<string, Uint8Array>();
  puts = 0;

  get = (key: SegmentKey): Promise<Uint8Array | undefined> => Promise.resolve(this.kept.get(nameOf(key)));
  has = (key: SegmentKey): Promise<boolean> => Promise.resolve(this.kept.has(nameOf(key)));
  forget = (): Promise<void> => Promise.resolve(this.kept.clear());

  put(key: SegmentKey, bytes: Uint8Array): Promise<void> {
    this.puts += 1;
    this.kept.set(nameOf(key), bytes);
    return Promise.resolve();
  }
}

const nameOf = ({ contentKey, renditionId, piece }: SegmentKey): string =>
  `${contentKey}/${renditionId}/${piece}`;

export async function inputOf(path: string): Promise<MediaInput> {
  const media = await new FfprobeProbe(binaries.ffprobe).probe(path);
  return { path, contentKey: path.replaceAll(/\W/g, '_'), media };
}

export async function keyframesOf({ path, media }: MediaInput): Promise<KeyframeIndex> {
  const [stream] = streamsOf(media, 'video');
  const facts = await ffprobeKeyframes(binaries.ffprobe, path, stream?.index ?? 0);
  const origin = timelineOrigin(media);
  return {
    startSeconds: facts.startSeconds - origin,
    endSeconds: facts.endSeconds - origin,
    keyframes: facts.keyframes.map((seconds) => seconds - origin),
    bytes: facts.bytes,
  };
}

/** A clip with the best encodes of its picture and its sound, and their tables. */
export async function film(name: ClipName) {
  const input = await inputOf(await clip(name));
  const [picture] = streamsOf(input.media, 'video');
  const [sound] = streamsOf(input.media, 'audio');
  if (!picture || !sound) throw new Error(`${name} lacks a stream`);
  const table = async (rendition: Rendition) =>
    segmentTable(
      input.media,
      rendition,
      needsIndex(input.media, rendition) ? await keyframesOf(input) : null,
    );
  const video = videoEncode(picture, rungsFor(picture)[0] ?? 360);
  const audio = audioEncode(sound, 2);
  return {
    input,
    picture,
    sound,
    video,
    audio,
    table,
    videoTable: await table(video),
    audioTable: await table(audio),
  };
}

export function tools(overrides: Partial<HeadTools> = {}): HeadTools {
  return {
    ffmpeg: binaries.ffmpeg ?? 'ffmpeg',
    store: new MemoryStore(),
    log: { warn: () => undefined },
    now: () => performance.now(),
    encoder: () => softwareEncoder,
    software: softwareEncoder,
    zscale: async () => (await binaries.ffmpegFeatures()).filters.has('zscale'),
    keyframes: keyframesOf,
    drawText: () => Promise.resolve(null),
    videoLimits: { nice: 5, aheadSeconds: 30, hardwareStartMs: 8_000 },
    audioLimits: { nice: 5, aheadSeconds: 300, hardwareStartMs: 8_000 },
    ...overrides,
  };
}

export const service = (overrides: Partial<HeadTools> = {}, options: HeadServiceOptions = {}): HeadService =>
  new HeadService(tools(overrides), { videoEncodes: 2, ...options });
