import { closeSync, constants, fstatSync, openSync, statSync } from 'node:fs';
import { FileBytes } from '../../ffmpeg/file-bytes.js';
import { looksLikeMatroska } from '../../ffmpeg/matroska-segment.js';
import type { AudioStream, VideoStream } from '../../ffmpeg/media-info.js';
import { looksLikeMp4 } from '../../ffmpeg/mp4-probe.js';
import { openMatroska } from './matroska-source.js';
import { openMp4 } from './mp4-source.js';
import { RemuxFailed } from './remux-failure.js';
import type { TrackSource } from './track-source.js';

type Stream = VideoStream | AudioStream;
type Opened = { readonly source: TrackSource; readonly fd: number; readonly version: string };

/** An hour's sample table takes some megabytes: a picture, its sound and those of another viewer. */
const KEPT = 6;
/** Small reads while the index is read. */
const BLOCK = 8 * 1024;

/** Streams opened lately, so that the next segment begins with a read of its bytes. What was replaced is opened anew. */
export class OpenSources {
  private readonly opened = new Map<string, Opened>();

  /** @throws RemuxFailed, ProbeFailed or the system's error */
  get(path: string, contentKey: string, stream: Stream): TrackSource {
    const key = `${contentKey} ${stream.index} ${path}`;
    const known = this.opened.get(key);
    this.opened.delete(key);
    const { ino, size, mtimeMs } = statSync(path);
    const version = `${ino} ${size} ${mtimeMs}`;
    if (known && known.version !== version) closeSync(known.fd);
    const current = known?.version === version ? known : { ...open(path, stream), version };
    this.opened.set(key, current);
    for (const [oldest, { fd }] of this.opened) {
      if (this.opened.size <= KEPT) break;
      this.opened.delete(oldest);
      closeSync(fd);
    }
    return current.source;
  }
}

function open(path: string, stream: Stream): Omit<Opened, 'version'> {
  const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const stats = fstatSync(fd);
    if (!stats.isFile()) throw new RemuxFailed('unreadable', 'This is not a regular file.');
    const file = new FileBytes(fd, stats.size, BLOCK);
    const head = file.read(0, 64);
    if (looksLikeMatroska(head)) return { source: openMatroska(file, fd, stream), fd };
    if (looksLikeMp4(head)) return { source: openMp4(file, fd, stream), fd };
    throw new RemuxFailed('unsupported', 'The media container is not read here.');
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}
