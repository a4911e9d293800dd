import { basename, join } from 'node:path';
import { type Inspection, type Inspector, ProbeFailed } from '../../ffmpeg/media-probe.js';
import { hasCoverArt, type MediaInfo, streamsOf } from '../../ffmpeg/media-info.js';
import { isComplete } from '../../ffmpeg/prober.js';
import { placeTrack } from '../music/place-track.js';
import { placePhoto } from '../photos/place-photo.js';
import type { FileRecord } from '../store/file-record.js';
import type { TagReader } from '../tags/tag-reader.port.js';
import type { SeenFile } from './changes.js';
import { noNfo, type Placement } from './placement.js';

interface Content {
  identity: Pick<Inspection, 'size' | 'modifiedMs' | 'fingerprint'>;
  media: MediaInfo | null;
  placement: Placement;
  failure: string | null;
}

/** Looks at single music and photo files: their names say little, their tags say what they are. */
export class TaggedFileReader {
  constructor(
    private readonly tags: TagReader,
    private readonly inspector: Inspector,
    private readonly signal: AbortSignal,
  ) {}

  /** Opens the file. @returns null when it is gone by now */
  async inspect(file: SeenFile): Promise<FileRecord | null> {
    try {
      return record(file, await (file.entry.kind === 'audio' ? this.track(file) : this.photo(file)));
    } catch (error) {
      if (!(error instanceof ProbeFailed) || error.code === 'cancelled') throw error;
      if (error.code === 'not-found') return null;
      const { size, modifiedMs } = file.entry;
      const unread: Placement = { kind: 'unmatched', reason: error.reason };
      const found = record(file, {
        identity: { size, modifiedMs, fingerprint: '' },
        media: null,
        placement: unread,
        failure: error.reason,
      });
      return { ...found, fingerprint: null };
    }
  }

  private async track(file: SeenFile): Promise<Content> {
    const path = pathOf(file);
    const { inspection, tags } = await this.tags.music(path, { signal: this.signal });
    const { media } = inspection;
    // Formats that the quick reader does not know, or knows too little of, are for ffprobe.
    const isEnough = media.ok && isComplete(media.info);
    const outcome = isEnough ? media : (await this.inspector.inspect(path, { signal: this.signal })).media;
    if (!outcome.ok) return failed(inspection, outcome.failure.reason);
    const { info } = outcome;
    // ffprobe takes noise for an MP3 of no channels.
    if (!streamsOf(info, 'audio').some(({ channels }) => channels > 0))
      return failed(inspection, 'There is no sound in it.');
    const { folder } = file.view;
    const placement = placeTrack(tags, {
      path: file.path,
      folderId: folder.id,
      folderName: basename(folder.path),
      durationSeconds: info.durationSeconds ?? 0,
      hasPicture: hasCoverArt(info),
    });
    return { identity: inspection, media: info, placement, failure: null };
  }

  private async photo(file: SeenFile): Promise<Content> {
    const { identity, photo } = await this.tags.photo(pathOf(file), { signal: this.signal });
    if ('failure' in photo) return failed(identity, photo.failure);
    const { folder } = file.view;
    const placement = placePhoto(photo, {
      path: file.path,
      folderId: folder.id,
      folderName: basename(folder.path),
      modifiedMs: identity.modifiedMs,
    });
    return { identity, media: null, placement, failure: null };
  }
}

const pathOf = (file: SeenFile): string => join(file.view.folder.path, file.path);

const failed = (identity: Content['identity'], reason: string): Content => ({
  identity,
  media: null,
  placement: { kind: 'unmatched', reason },
  failure: reason,
});

function record(file: SeenFile, { identity, media, placement, failure }: Content): FileRecord {
  return {
    known: file.known && { id: file.known.id, titleId: null },
    folderId: file.view.folder.id,
    relativePath: file.path,
    size: identity.size,
    modifiedMs: Math.floor(identity.modifiedMs),
    fingerprint: identity.fingerprint,
    state: failure === null ? 'matched' : 'failed',
    reason: failure,
    parsed: null,
    manualMatch: null,
    media,
    placement,
    nfo: noNfo,
    surroundings: file.surroundings,
    extra: null,
    versionLabel: null,
  };
}
