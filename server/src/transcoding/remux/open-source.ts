import { FileBytes } from '../../ffmpeg/file-bytes.js';
import { looksLikeMatroska } from '../../ffmpeg/matroska-segment.js';
import type { AudioStream, VideoStream } from '../../ffmpeg/media-info.js';
import { looksLikeMp4 } from '../../ffmpeg/mp4-probe.js';
import { contentsVersion, openAccess } from '../../ffmpeg/open-access.js';
import type { RandomAccess } from '../../ffmpeg/random-access.js';
import { openMatroska } from './matroska-source.js';
import { openMp4 } from './mp4-source.js';
import { RemuxFailed } from './remux-failure.js';
import type { TrackSource } from './track-source.js';

type Stream = VideoStream | AudioStream;
type Opened = { readonly source: TrackSource; readonly access: RandomAccess; readonly version: string };

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
    const version = contentsVersion(path);
    if (known && known.version !== version) known.access.close();
    const current = known?.version === version ? known : { ...open(path, stream), version };
    this.opened.set(key, current);
    for (const [oldest, { access }] of this.opened) {
      if (this.opened.size <= KEPT) break;
      this.opened.delete(oldest);
      access.close();
    }
    return current.source;
  }
}

function open(path: string, stream: Stream): Omit<Opened, 'version'> {
  const access = openAccess(path);
  try {
    const file = new FileBytes(access, BLOCK);
    const head = file.read(0, 64);
    if (looksLikeMatroska(head)) return { source: openMatroska(file, access, stream), access };
    if (looksLikeMp4(head)) return { source: openMp4(file, access, stream), access };
    throw new RemuxFailed('unsupported', 'The media container is not read here.');
  } catch (error) {
    access.close();
    throw error;
  }
}
