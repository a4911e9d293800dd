import { open } from 'node:fs/promises';
import { readAddress } from '../common/bytes/read-address.js';
import { isAddress } from '../common/bytes/media-address.js';
import { asProbeFailed } from './probe-failure.js';
import { looksLikeMatroska } from './matroska-segment.js';
import { looksLikeMusic } from './music-signature.js';
import { looksLikeMp4 } from './mp4-probe.js';
import { ffprobeOutput, type FfprobeOutput } from './ffprobe-output.js';
import { streamOf } from './ffprobe-streams.js';
import type { Container, MediaInfo, MediaTags } from './media-info.js';
import { mediaInput } from './media-input-arguments.js';
import { ProbeFailed, type MediaProbe, type ProbeFailureCode, type ProbeOptions } from './media-probe.js';
import { ProcessFailed, run, type RunResult } from './process-runner.js';

const ARGS = [
  '-v',
  'error',
  '-hide_banner',
  '-of',
  'json',
  '-show_format',
  '-show_streams',
  '-show_chapters',
];
const TIMEOUT_MS = 20_000;
/** Reading waits for peers. */
const ADDRESS_TIMEOUT_MS = 90_000;

const containerNames: Readonly<Record<string, Container>> = {
  'matroska,webm': 'matroska', 'mov,mp4,m4a,3gp,3g2,mj2': 'mp4', avi: 'avi', mpegts: 'mpegts', mpeg: 'mpegps', flv: 'flv',
  ogg: 'ogg', mp3: 'mp3', aac: 'aac', flac: 'flac', wav: 'wav', asf: 'asf',
}; // prettier-ignore
/** Formats that "contain" any text or picture: an answer in one of them means that this is no film. */
const notMedia =
  /^(image2|.*_pipe|tty|srt|ass|webvtt|subviewer|microdvd|lrc|mpl2|jacosub|concat|ffmetadata)$/;

/** First bytes of AVI, FLV, ASF, MPEG-PS and MPEG-TS. */
const otherMagic = /^(RIFF|FLV|0&\xb2u|\0\0\x01\xba|G)/;

/** Probes with an ffprobe process: every format there is, at 50 ms and more a file. */
export class FfprobeProbe implements MediaProbe {
  /** @param ffprobe path of the program, null where there is none. */
  constructor(
    private readonly ffprobe: string | null,
    private readonly timeoutMs = TIMEOUT_MS,
  ) {}

  async probe(path: string, { signal }: ProbeOptions = {}): Promise<MediaInfo> {
    const { size, head } = await readHead(path);
    if (size === 0) throw new ProbeFailed('empty', 'The file is empty.');
    if (this.ffprobe === null) throw new ProbeFailed('ffprobe-missing', 'ffprobe is not installed.');
    const result = await this.runFfprobe(this.ffprobe, path, signal);
    const info = parse(result, size, head);
    if (info.streams.length === 0)
      throw new ProbeFailed('no-streams', 'The file has no picture, sound or text.');
    return info;
  }

  private async runFfprobe(
    ffprobe: string,
    path: string,
    signal: AbortSignal | undefined,
  ): Promise<RunResult> {
    const timeoutMs = isAddress(path) ? ADDRESS_TIMEOUT_MS : this.timeoutMs;
    const options = { timeoutMs, ...(signal ? { signal } : {}) };
    const input = mediaInput(path);
    try {
      return await run(ffprobe, [...ARGS, '-show_data', ...input], options);
    } catch (error) {
      // `-show_data` prints codec headers, but attached fonts too: without it the answer is small.
      if (!(error instanceof ProcessFailed)) throw error;
      if (error.why !== 'output-too-large') throw failureOf(error);
      return run(ffprobe, [...ARGS, ...input], options).catch((second: unknown) => {
        throw second instanceof ProcessFailed ? failureOf(second) : second;
      });
    }
  }
}

function failureOf(error: ProcessFailed): ProbeFailed {
  const codes: Readonly<Record<ProcessFailed['why'], [ProbeFailureCode, string]>> = {
    missing: ['ffprobe-missing', 'ffprobe cannot be started.'],
    timeout: ['timeout', 'Reading the file took too long.'],
    cancelled: ['cancelled', 'The probe was cancelled.'],
    'output-too-large': ['damaged', 'The file describes more streams than any sound one.'],
    killed: ['probe-crashed', 'ffprobe crashed on this file.'],
  };
  const [code, reason] = codes[error.why];
  return new ProbeFailed(code, reason, { cause: error });
}

function parse({ stdout, stderr, exitCode }: RunResult, size: number, head: Buffer): MediaInfo {
  const said =
    stderr
      .trim()
      .split('\n')
      .at(-1)
      ?.replace(/^.*file:.*?: /, '') ?? '';
  let raw: unknown;
  try {
    raw = JSON.parse(stdout.toString());
  } catch (error) {
    throw new ProbeFailed('probe-crashed', 'ffprobe gave no answer.', { cause: error });
  }
  const output = ffprobeOutput.parse(raw);
  const name = output.format?.format_name ?? '';
  if (exitCode !== 0 || output.format === undefined) {
    // By extension alone ffprobe takes a letter for an MP4 and calls it damaged: believe the first bytes.
    const known =
      looksLikeMp4(head) ||
      looksLikeMatroska(head) ||
      looksLikeMusic(head) ||
      otherMagic.test(head.toString('latin1'));
    throw known
      ? new ProbeFailed('damaged', `The file is damaged: ${said.replace(/\.$/, '')}.`)
      : new ProbeFailed('not-media', 'The contents are of no known media format.');
  }
  if (notMedia.test(name)) throw new ProbeFailed('not-media', `This is a ${name} file, not a film or music.`);
  return toMediaInfo(output, output.format, size, head);
}

function toMediaInfo(
  output: FfprobeOutput,
  format: NonNullable<FfprobeOutput['format']>,
  size: number,
  head: Buffer,
): MediaInfo {
  const duration = format.duration ?? NaN;
  return {
    container: containerOf(format, head),
    durationSeconds: duration > 0 ? duration : null,
    startSeconds: format.start_time || 0,
    bitrate: format.bit_rate || null,
    size,
    faststart: null,
    streams: output.streams.flatMap((stream) => streamOf(stream) ?? []),
    chapters: output.chapters
      .filter(({ start_time, end_time }) => Number.isFinite(start_time + end_time))
      .map(({ start_time, end_time, tags }) => ({
        startSeconds: start_time,
        endSeconds: end_time,
        title: tags.get('title') ?? null,
      })),
    tags: tagsOf(output, format),
  };
}

function containerOf({ format_name, tags }: NonNullable<FfprobeOutput['format']>, head: Buffer): Container {
  const name = containerNames[format_name] ?? 'other';
  if (name === 'matroska') return head.includes('webm') ? 'webm' : 'matroska';
  return name === 'mp4' && (tags.get('major_brand') ?? 'qt  ') === 'qt  ' ? 'mov' : name;
}

function tagsOf(
  { streams }: FfprobeOutput,
  { tags, format_name }: NonNullable<FfprobeOutput['format']>,
): MediaTags {
  // Ogg keeps its comments in the stream.
  const all = format_name === 'ogg' ? new Map([...(streams[0]?.tags ?? []), ...tags]) : tags;
  const whole = (key: string): number | undefined => {
    const value = parseInt(all.get(key) ?? '', 10);
    return Number.isNaN(value) ? undefined : value;
  };
  const found = {
    title: all.get('title'),
    artist: all.get('artist'),
    albumArtist: all.get('album_artist') ?? all.get('albumartist'),
    album: all.get('album'),
    genre: all.get('genre'),
    date: all.get('date') ?? all.get('date_released'),
    comment: all.get('comment'),
    track: whole('track') ?? whole('tracknumber'),
    disc: whole('disc') ?? whole('discnumber'),
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined && value !== ''));
}

async function readHead(path: string): Promise<{ size: number; head: Buffer }> {
  try {
    if (isAddress(path)) {
      const { size, bytes } = await readAddress(path, { start: 0, end: 63 });
      return { size, head: bytes };
    }
    await using file = await open(path, 'r');
    const stats = await file.stat();
    if (!stats.isFile()) throw new ProbeFailed('unreadable', 'This is not a regular file.');
    const { buffer, bytesRead } = await file.read(Buffer.alloc(64), 0, 64, 0);
    return { size: stats.size, head: buffer.subarray(0, bytesRead) };
  } catch (error) {
    throw asProbeFailed(error);
  }
}
