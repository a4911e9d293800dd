import { FileBytes } from './file-bytes.js';
import { ID, looksLikeMatroska, readSegment } from './matroska-segment.js';
import { attachedFiles } from './matroska-tags.js';
import { readTracks } from './matroska-track.js';
import { withAccess } from './open-access.js';

/** Where bytes lie in a file. */
export type ByteSpan = Readonly<{ start: number; size: number }>;

/**
 * Where the data of an attached file lies, its number as in `media.streams`; null if there is none. Synchronous: a
 * worker thread runs it. @throws the system's error or ProbeFailed
 */
export function indexedAttachment(path: string, streamIndex: number): ByteSpan | null {
  return withAccess(path, (access) => {
    const file = new FileBytes(access);
    if (!looksLikeMatroska(file.read(0, 64))) return null;
    const { parts } = readSegment(file);
    const [tracks, attachments] = [parts.get(ID.tracks), parts.get(ID.attachments)];
    if (tracks === undefined || attachments === undefined) return null;
    const data = [...attachedFiles(file, attachments)][streamIndex - readTracks(file, tracks).length]?.data;
    return data ? { start: data.start, size: data.end - data.start } : null;
  });
}
