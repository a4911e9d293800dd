import type { FileBytes } from '../file-bytes.js';
import type { SubtitleBlock } from '../matroska-subtitles.js';
import { findMovie, readMovie } from '../mp4-probe.js';
import { decoderConfig } from '../mp4-sample-entry.js';
import { samples } from '../mp4-samples.js';
import { type IndexedLanguage, readHead, readLanguages, type VobSubHead } from './index-file.js';
import { pgsFileOf, type SubpictureUnit } from './pgs-file.js';
import { subpictureAt } from './program-stream.js';

/** Bytes of an `.idx` file; thirty languages of a long film are a third of it. */
export const largestIndex = 8 * 1024 * 1024;
/** Bytes; a unit tells its length in sixteen bits. */
const largestUnit = 0xffff;

/**
 * One language of an `.idx` file and its `.sub` as a `.sup` file; null where it has none, or nothing is sound in it.
 * @param at its place among the languages @param aspect as in `pgsFileOf`
 */
export function pgsOfPair(
  index: FileBytes,
  packets: FileBytes,
  at: number,
  aspect: number | null,
): Buffer | null {
  const text = index.read(0, largestIndex).toString('utf8');
  const language = readLanguages(text)[at];
  return language ? pgsFileOf(unitsOf(packets, language), readHead(text), aspect) : null;
}

function unitsOf(packets: FileBytes, { entries, number }: IndexedLanguage): SubpictureUnit[] {
  return entries.flatMap(({ startSeconds, offset }) => {
    const unit = subpictureAt(packets, offset, number);
    return unit ? [{ startSeconds, durationSeconds: null, unit }] : [];
  });
}

/** A Matroska track (S_VOBSUB): its configuration is the head of the `.idx` file. */
export function pgsOfBlocks(
  config: Buffer,
  blocks: readonly Omit<SubtitleBlock, 'element'>[],
  aspect: number | null,
): Buffer | null {
  const units = blocks.map(({ startSeconds, durationSeconds, payload }) => ({
    startSeconds,
    // Some muxers write a number that is none.
    durationSeconds: durationSeconds !== null && isSound(durationSeconds) ? durationSeconds : null,
    unit: payload,
  }));
  return pgsFileOf(units, readHead(config.toString('utf8')), aspect);
}

const isSound = (seconds: number): boolean => seconds > 0 && seconds < 600;

/** An MP4 track (object type 0xE0): its configuration is the palette. Null for any other track. */
export function pgsOfMp4(file: FileBytes, streamIndex: number, aspect: number | null): Buffer | null {
  const { tracks } = readMovie(file, findMovie(file));
  const track = tracks.find(({ index }) => index === streamIndex);
  const stsd = track?.tables.get('stsd');
  const config = stsd && decoderConfig(file, stsd);
  if (track === undefined || config?.objectType !== 0xe0) return null;
  const [width, height] = [Math.round(track.width), Math.round(track.height)];
  const size = width > 0 && height > 0 ? ([width, height] as const) : null;
  const units = samples(file, track).flatMap(({ offset, size: length, startSeconds }) =>
    length < 4 || length > largestUnit
      ? []
      : [{ startSeconds, durationSeconds: null, unit: Buffer.from(file.read(offset, length)) }],
  );
  return pgsFileOf(units, { size, palette: paletteOf(config.config) }, aspect);
}

/** Sixteen times nothing, Y, Cr, Cb. */
function paletteOf(bytes: Buffer): VobSubHead['palette'] {
  if (bytes.length < 64) return null;
  return Array.from({ length: 16 }, (_, at) => {
    const [y = 0, cr = 0, cb = 0] = bytes.subarray(at * 4 + 1, at * 4 + 4);
    const luma = 1.164 * (y - 16);
    const byte = (value: number): number => Math.min(255, Math.max(0, Math.round(value)));
    const red = byte(luma + 1.596 * (cr - 128));
    const green = byte(luma - 0.813 * (cr - 128) - 0.391 * (cb - 128));
    return (red << 16) | (green << 8) | byte(luma + 2.018 * (cb - 128));
  });
}
