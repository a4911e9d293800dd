import {
  ADTS,
  CustomSource,
  FLAC,
  Input,
  MP3,
  OGG,
  WAVE,
  type InputTrack,
  type MetadataTags,
} from 'mediabunny';
import { audioCodecStrings, defaultLayout } from './audio-codecs.js';
import type { FileBytes } from './file-bytes.js';
import type { AudioStream, Container, ImageStream, MediaInfo, MediaTags } from './media-info.js';
import { ProbeFailed } from './media-probe.js';
import { normalizeLanguage } from './language.js';
import { streamFlags, streamTitle } from './stream-flags.js';

const containerOf: Readonly<Record<string, Container>> = {
  MP3: 'mp3',
  FLAC: 'flac',
  Ogg: 'ogg',
  WAVE: 'wav',
  ADTS: 'aac',
};
const codecNames: Readonly<Record<string, string>> = {
  'pcm-s16': 'pcm_s16le', 'pcm-s24': 'pcm_s24le', 'pcm-s32': 'pcm_s32le', 'pcm-u8': 'pcm_u8', 'pcm-f32': 'pcm_f32le',
  ulaw: 'pcm_mulaw', alaw: 'pcm_alaw',
}; // prettier-ignore

/** Reads a music file. MPEG-TS is left to ffprobe: mediabunny sees no subtitles and no MPEG-2 video in it. */
export async function probeMusic(file: FileBytes): Promise<MediaInfo> {
  const source = new CustomSource({
    getSize: () => file.size,
    read: (start, end) => file.read(start, end - start),
  });
  const input = new Input({ formats: [MP3, FLAC, OGG, WAVE, ADTS], source });
  try {
    const tracks = await input.getTracks();
    const audio = await Promise.all(tracks.map((track, index) => readTrack(track, index, bitDepthOf(file))));
    const durationSeconds = (await input.getDurationFromMetadata()) ?? (await input.computeDuration());
    const tags = await input.getMetadataTags();
    return {
      container: containerOf[(await input.getFormat()).name] ?? 'other',
      durationSeconds: durationSeconds > 0 ? durationSeconds : null,
      startSeconds: 0,
      bitrate: durationSeconds > 0 ? Math.round((file.size * 8) / durationSeconds) : null,
      size: file.size,
      faststart: null,
      streams: [...audio, ...covers(tags, audio.length)],
      chapters: [],
      tags: readTags(tags),
    };
  } catch (error) {
    if (error instanceof ProbeFailed) throw error;
    throw new ProbeFailed('damaged', 'The music file is damaged.', { cause: error });
  } finally {
    input.dispose();
  }
}

async function readTrack(track: InputTrack, index: number, flacDepth: number | null): Promise<AudioStream> {
  if (!track.isAudioTrack())
    throw new ProbeFailed('not-media', 'This music file carries something else than sound.');
  const name = await track.getCodec();
  const codec = name === null ? 'unknown' : (codecNames[name] ?? name);
  const channels = await track.getNumberOfChannels();
  const title = streamTitle(await track.getName());
  return {
    kind: 'audio',
    index,
    codec,
    language: normalizeLanguage(await track.getLanguageCode()),
    title,
    flags: streamFlags({}, title),
    bitrate: await track.getBitrate(),
    codecString: audioCodecStrings[codec] ?? null,
    profile: codec === 'aac' ? 'LC' : null,
    bitDepth: Number(/^pcm_[suf](\d+)/.exec(codec)?.[1] ?? NaN) || (codec === 'flac' ? flacDepth : null),
    channels,
    channelLayout: defaultLayout(channels),
    sampleRate: await track.getSampleRate(),
  };
}

/** STREAMINFO is the first block of a FLAC file (RFC 9639 8.2). */
function bitDepthOf(file: FileBytes): number | null {
  const head = file.read(0, 22);
  return head.toString('latin1', 0, 4) === 'fLaC' && head.length === 22
    ? ((((head[20] ?? 0) & 1) << 4) | ((head[21] ?? 0) >> 4)) + 1
    : null;
}

function covers({ images = [] }: MetadataTags, firstIndex: number): ImageStream[] {
  return images.map(({ data, mimeType, name }, i) => ({
    kind: 'image',
    index: firstIndex + i,
    codec: mimeType === 'image/png' ? 'png' : 'mjpeg',
    language: null,
    title: null,
    flags: streamFlags({}, null),
    bitrate: null,
    name: name ?? null,
    mime: mimeType,
    width: null,
    height: null,
    size: data.length,
  }));
}

function readTags(tags: MetadataTags): MediaTags {
  const written = ['TDRC', 'TYER', 'TYE', 'DATE', 'date', 'ICRD']
    .map((key) => tags.raw?.[key])
    .find((value) => typeof value === 'string');
  const { title, artist, albumArtist, album, genre, comment, trackNumber: track, discNumber: disc } = tags;
  const date = typeof written === 'string' ? written : tags.date?.toISOString().slice(0, 10);
  const all = { title, artist, albumArtist, album, genre, comment, date, track, disc };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined && value !== ''));
}
