import type { FileBytes } from './file-bytes.js';
import type { Box } from './mp4-boxes.js';
import { findMovie, readMovie } from './mp4-probe.js';
import { type Sample, samples } from './mp4-samples.js';
import { indexAway, type Presence, type PresentLine, type PresentLines } from './present-lines.js';
import { cueText, type Cue } from './webvtt.js';

const LARGEST_SAMPLE = 64 * 1024;

/** The lines of a text track (`tx3g`, QuickTime `text`, `wvtt`) by the sample tables; null for a fragmented or another track. */
export function mp4Cues(file: FileBytes, streamIndex: number): Cue[] | null {
  const found = textSamples(file, findMovie(file), streamIndex);
  return found && found.all.flatMap((sample) => cuesOf(file, sample, found.read));
}

/** Those of them whose bytes are here. @throws ProbeFailed where not all of the index is */
export function presentMp4Lines(
  file: FileBytes,
  streamIndex: number,
  { isHere, isKnown }: Presence,
): PresentLines | null {
  const movie = findMovie(file);
  // Bytes that are not here read as the end of the file: there would be fewer tracks and samples.
  if (!isHere(movie.offset, movie.end)) throw indexAway();
  const found = textSamples(file, movie, streamIndex);
  if (found === null) return null;
  const lines: PresentLine[] = [];
  for (const [number, sample] of found.all.entries()) {
    if (isKnown(number) || !isHere(sample.offset, sample.offset + sample.size)) continue;
    lines.push({ number, cues: cuesOf(file, sample, found.read), event: null });
  }
  return { count: found.all.length, head: '', lines };
}

type ReadSample = (sample: Buffer) => Line[];

function textSamples(
  file: FileBytes,
  movie: Box,
  streamIndex: number,
): { all: Sample[]; read: ReadSample } | null {
  const { tracks } = readMovie(file, movie);
  const track = tracks.find(({ index }) => index === streamIndex);
  const stsd = track?.tables.get('stsd');
  if (track === undefined || stsd === undefined) return null;
  const format = file.read(stsd.start + 12, 4).toString('latin1');
  const read =
    format === 'wvtt' ? readVttSample : format === 'tx3g' || format === 'text' ? readTimedText : null;
  const all = samples(file, track);
  return read === null || all.length === 0 ? null : { all, read };
}

function cuesOf(
  file: FileBytes,
  { offset, size, startSeconds, durationSeconds }: Sample,
  read: ReadSample,
): Cue[] {
  const found = read(file.read(offset, Math.min(size, LARGEST_SAMPLE)));
  return found.map((cue) => ({ ...cue, startSeconds, endSeconds: startSeconds + durationSeconds }));
}

type Line = Pick<Cue, 'text' | 'settings'>;

/** 3GPP TS 26.245 5.17: a length and the text, UTF-8 or UTF-16 by its mark; style boxes after it are left. */
function readTimedText(sample: Buffer): Line[] {
  if (sample.length < 3) return [];
  const text = sample.subarray(2, 2 + sample.readUInt16BE(0));
  const utf16 = text[0] === 0xfe && text[1] === 0xff;
  const decoded = utf16 ? new TextDecoder('utf-16be').decode(text) : text.toString('utf8');
  return decoded.trim() === '' ? [] : [{ text: cueText(decoded.replace(/\r\n?/g, '\n')) }];
}

/** ISO 14496-30 6.6: `vttc` boxes with `payl` and `sttg`; `vtte` is a gap. */
function readVttSample(sample: Buffer): Line[] {
  return boxesIn(sample).flatMap(([type, body]) => {
    if (type !== 'vttc') return [];
    const parts = new Map(boxesIn(body));
    return [
      {
        text: parts.get('payl')?.toString('utf8') ?? '',
        settings: parts.get('sttg')?.toString('utf8') ?? '',
      },
    ];
  });
}

function boxesIn(bytes: Buffer): [string, Buffer][] {
  const found: [string, Buffer][] = [];
  for (let at = 0; at + 8 <= bytes.length;) {
    const size = bytes.readUInt32BE(at);
    if (size < 8) break;
    found.push([bytes.toString('latin1', at + 4, at + 8), bytes.subarray(at + 8, at + size)]);
    at += size;
  }
  return found;
}
