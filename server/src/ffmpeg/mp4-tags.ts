import type { FileBytes } from './file-bytes.js';
import type { Chapter, ImageStream, MediaTags } from './media-info.js';
import { boxes, children, payload, type Box } from './mp4-boxes.js';
import { samples } from './mp4-samples.js';
import type { Mp4Track } from './mp4-track.js';
import { streamFlags } from './stream-flags.js';

const textKeys: Readonly<Record<string, keyof MediaTags>> = {
  '\xa9nam': 'title', '\xa9ART': 'artist', aART: 'albumArtist', '\xa9alb': 'album', '\xa9gen': 'genre', '\xa9day': 'date',
  '\xa9cmt': 'comment',
}; // prettier-ignore

export type Mp4Metadata = Readonly<{ tags: MediaTags; covers: readonly Cover[] }>;
type Cover = Readonly<{ mime: string; size: number }>;

/** iTunes metadata (`moov/udta/meta/ilst`) and the QuickTime strings beside it. */
export function readMetadata(file: FileBytes, moov: Box): Mp4Metadata {
  const udta = children(file, moov).get('udta');
  const tags: Record<string, string | number> = {};
  const covers: Cover[] = [];
  for (const box of udta === undefined ? [] : boxes(file, udta.start, udta.end)) {
    const key = textKeys[box.type];
    if (key !== undefined) tags[key] ??= quickTimeText(payload(file, box, 4096));
    if (box.type !== 'meta') continue;
    // `meta` is a full box in MP4 and a plain one in QuickTime: look where `hdlr` is.
    const full = file.read(box.start + 4, 4).toString('latin1') !== 'hdlr';
    const ilst = children(file, box, full ? 4 : 0).get('ilst');
    if (ilst !== undefined) readItems(file, ilst, tags, covers);
  }
  return { tags, covers };
}

function readItems(file: FileBytes, ilst: Box, tags: Record<string, string | number>, covers: Cover[]): void {
  for (const item of boxes(file, ilst.start, ilst.end)) {
    for (const data of boxes(file, item.start, item.end)) {
      if (data.type !== 'data') continue;
      if (item.type === 'covr') {
        const kind = file.read(data.start, 4).readUInt32BE();
        covers.push({ mime: kind === 14 ? 'image/png' : 'image/jpeg', size: data.end - data.start - 8 });
        continue;
      }
      const bytes = payload(file, data, 8192).subarray(8);
      const key = textKeys[item.type];
      if (key !== undefined) tags[key] = bytes.toString('utf8').trim();
      if ((item.type === 'trkn' || item.type === 'disk') && bytes.length >= 4) {
        tags[item.type === 'trkn' ? 'track' : 'disc'] = bytes.readUInt16BE(2);
      }
    }
  }
}

const quickTimeText = (bytes: Buffer): string =>
  bytes
    .subarray(4, 4 + (bytes.length >= 2 ? bytes.readUInt16BE(0) : 0))
    .toString('utf8')
    .trim();

/** Covers as streams; ffmpeg numbers them after the tracks. */
export function coverStreams(covers: readonly Cover[], firstIndex: number): ImageStream[] {
  return covers.map(({ mime, size }, i) => ({
    kind: 'image',
    index: firstIndex + i,
    codec: mime === 'image/png' ? 'png' : 'mjpeg',
    language: null,
    title: null,
    flags: streamFlags({}, null),
    bitrate: null,
    name: null,
    mime,
    width: null,
    height: null,
    size,
  }));
}

/** Chapters from the QuickTime chapter track, else from Nero's `chpl`. */
export function readChapters(
  file: FileBytes,
  moov: Box,
  tracks: readonly Mp4Track[],
  durationSeconds: number | null,
): Chapter[] {
  const wanted = new Set(tracks.flatMap((track) => track.chapterTracks));
  const track = tracks.find(
    ({ id, handler }) => wanted.has(id) && (handler === 'text' || handler === 'sbtl'),
  );
  if (track !== undefined) {
    const found = samples(file, track).slice(0, 1000);
    if (found.length > 0) {
      return found.map(({ offset, size, startSeconds, durationSeconds: length }) => {
        const bytes = file.read(offset, Math.min(size, 1024));
        const text = bytes.length > 2 ? bytes.subarray(2, 2 + bytes.readUInt16BE(0)) : Buffer.alloc(0);
        const utf16 = text[0] === 0xfe && text[1] === 0xff;
        const title = utf16 ? new TextDecoder('utf-16be').decode(text) : text.toString('utf8');
        return { startSeconds, endSeconds: startSeconds + length, title: title.trim() || null };
      });
    }
  }
  return neroChapters(file, moov, durationSeconds);
}

/** `udta/chpl`: 100 ns units, a length byte and UTF-8. */
function neroChapters(file: FileBytes, moov: Box, durationSeconds: number | null): Chapter[] {
  const udta = children(file, moov).get('udta');
  const chpl = udta && children(file, udta).get('chpl');
  if (chpl === undefined) return [];
  const bytes = payload(file, chpl);
  const starts: { startSeconds: number; title: string | null }[] = [];
  let at = bytes[0] === 1 ? 9 : 5;
  for (let count = bytes[at - 1] ?? 0; count > 0 && at + 9 <= bytes.length; count -= 1) {
    const length = bytes[at + 8] ?? 0;
    const title = bytes.toString('utf8', at + 9, at + 9 + length).trim();
    starts.push({ startSeconds: Number(bytes.readBigUInt64BE(at)) / 1e7, title: title || null });
    at += 9 + length;
  }
  return starts.map(({ startSeconds, title }, i) => ({
    startSeconds,
    endSeconds: starts[i + 1]?.startSeconds ?? durationSeconds ?? startSeconds,
    title,
  }));
}
