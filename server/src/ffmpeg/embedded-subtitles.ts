import { AddressAccess } from './address-access.js';
import { assScript } from './ass-script.js';
import { pgsOfDvb } from './dvb/read-dvb.js';
import { FileBytes } from './file-bytes.js';
import { codecOf } from './matroska-codecs.js';
import { matroskaCues, presentMatroskaLines, subtitleBlocks } from './matroska-subtitles.js';
import { looksLikeMatroska } from './matroska-segment.js';
import { mp4Cues, presentMp4Lines } from './mp4-subtitles.js';
import { looksLikeMp4 } from './mp4-probe.js';
import { supFile } from './pgs.js';
import { withAccess } from './open-access.js';
import type { Presence, PresentBytes, PresentLines } from './present-lines.js';
import { looksLikeIndex } from './vobsub/index-file.js';
import { pgsOfBlocks, pgsOfMp4, pgsOfPair } from './vobsub/read-vobsub.js';
import { formatWebVtt } from './webvtt.js';

/** Small reads: subtitle blocks lie far apart, and each is a line of text. */
const BLOCK = 2048;

/**
 * A text track as WebVTT by the container's index; null if the container has none that lists the track.
 * Synchronous: a worker thread runs it. @throws the system's error or ProbeFailed
 */
export function indexedSubtitles(path: string, streamIndex: number): string | null {
  return withFile(path, (file, head) => {
    const cues = looksLikeMatroska(head)
      ? matroskaCues(file, streamIndex)
      : looksLikeMp4(head)
        ? mp4Cues(file, streamIndex)
        : null;
    return cues && formatWebVtt(cues);
  });
}

/**
 * An ASS track as the bytes of an `.ass` file, a track of pictures as those of a `.sup` file; null and errors as above.
 * An `.idx` file's streams are its languages. @param aspect of the picture, width by height, for pictures of a DVD
 */
export function indexedOriginal(path: string, streamIndex: number, aspect: number | null): Uint8Array | null {
  return withFile(path, (file, head) => {
    if (looksLikeIndex(head))
      return withFile(packetsBeside(path), (packets) => pgsOfPair(file, packets, streamIndex, aspect));
    if (looksLikeMp4(head)) return pgsOfMp4(file, streamIndex, aspect);
    const found = looksLikeMatroska(head) ? subtitleBlocks(file, streamIndex) : null;
    if (found === null) return null;
    const codec = codecOf(found.track);
    if (codec === 'hdmv_pgs_subtitle') return supFile(found.blocks);
    if (codec === 'dvb_subtitle') return pgsOfDvb(found.track.config, found.blocks, aspect);
    if (codec === 'dvd_subtitle') return pgsOfBlocks(found.track.config, found.blocks, aspect);
    const script = codec === 'ass' ? assScript(found.track.config.toString('utf8'), found.blocks) : null;
    return script === null ? null : Buffer.from(script);
  });
}

/**
 * The lines of a text track whose bytes are here, without those that are `known`; null where the container's index does
 * not list them. Synchronous as above. @throws ProbeFailed where not all of the index is here
 */
export function presentSubtitles(
  { address, spans }: PresentBytes,
  streamIndex: number,
  known: readonly number[],
): PresentLines | null {
  const numbers = new Set(known);
  const presence: Presence = {
    isHere: (start, end) => spans.some((span) => span.start <= start && end <= span.end + 1),
    isKnown: (number) => numbers.has(number),
  };
  const access = AddressAccess.open(address, spans);
  try {
    const file = new FileBytes(access, BLOCK);
    const head = file.exactly(0, 64);
    if (looksLikeMatroska(head)) return presentMatroskaLines(file, streamIndex, presence);
    return looksLikeMp4(head) ? presentMp4Lines(file, streamIndex, presence) : null;
  } finally {
    access.close();
  }
}

/** `Film.idx` has its pictures in `Film.sub`, `FILM.IDX` in `FILM.SUB`. */
const packetsBeside = (index: string): string => index.slice(0, -3) + (index.endsWith('X') ? 'SUB' : 'sub');

function withFile<T>(path: string, read: (file: FileBytes, head: Buffer) => T): T {
  return withAccess(path, (access) => {
    const file = new FileBytes(access, BLOCK);
    return read(file, file.read(0, 64));
  });
}
