import { Inject, Injectable, Optional } from '@nestjs/common';
import type { ByteSource } from '../../common/bytes/byte-source.js';
import { FileByteSource } from '../../common/bytes/file-byte-source.js';
import type { PresentBytes } from '../../ffmpeg/present-lines.js';
import { RemoteFiles } from '../sources/remote-files.service.js';
import { TorrentService } from '../../torrent/torrent.service.js';
import type { MediaFile } from '../entities/media-file.entity.js';
import { isRemoteFileId, torrentFileOf, torrentLibraryId } from './torrent-ids.js';

export { infoHashOf, isNoTorrent, torrentFileId, torrentFileOf, torrentTitleId } from './torrent-ids.js';

type Located = Readonly<{ file: Pick<MediaFile, 'id' | 'libraryId' | 'size'>; path: string }>;
type Torrents = Pick<TorrentService, 'source' | 'address' | 'present' | 'facts' | 'maySee'>;

/** Whether a file's bytes come out of a torrent, or from another host. One that was kept in a library lies there. */
export const isInTorrent = ({ libraryId }: Pick<MediaFile, 'libraryId'>): boolean =>
  libraryId === torrentLibraryId;

/** Where the bytes of files are that lie on no disk here: in torrents, or with other hosts; and who may have them. */
@Injectable()
export class TorrentPlaces {
  constructor(
    @Optional() @Inject(TorrentService) private readonly torrents?: Torrents,
    @Optional() @Inject(RemoteFiles) private readonly remotes?: Pick<RemoteFiles, 'address' | 'open'>,
  ) {}

  /** An address that ffmpeg and worker threads read, of a file of a torrent. @throws ProblemError NOT_FOUND, TORRENTS_DISABLED */
  address(fileId: string, index?: number): Promise<string> {
    if (this.remotes && isRemoteFileId(fileId)) return this.remotes.address(fileId);
    const { infoHash, index: own } = this.file(fileId);
    return this.known().address(infoHash, index ?? own);
  }

  /** Its bytes, wherever they are. @throws the system's error, or ProblemError NOT_FOUND, TORRENT_NOT_READY */
  open({ file, path }: Located): Promise<ByteSource> {
    if (!isInTorrent(file)) return FileByteSource.open(path);
    if (this.remotes && isRemoteFileId(file.id)) return this.remotes.open(file.id);
    const { infoHash, index } = this.file(file.id);
    return this.known().source(infoHash, index);
  }

  /** Whether something of a file is not here yet: nobody may read all of it only to learn something. */
  isPartial(file: Located['file']): boolean {
    if (!isInTorrent(file)) return false;
    if (isRemoteFileId(file.id)) return true;
    const { infoHash, index } = this.file(file.id);
    return (this.torrents?.facts(infoHash)?.fileHaveBytes[index] ?? 0) < file.size;
  }

  /** What of a file of a torrent is here. @throws as `open` */
  present(fileId: string): Promise<PresentBytes> {
    const { infoHash, index } = this.file(fileId);
    return this.known().present(infoHash, index);
  }

  maySee(infoHash: string, accountId: string): Promise<boolean> {
    return this.torrents?.maySee(infoHash, accountId) ?? Promise.resolve(false);
  }

  private known(): Torrents {
    if (!this.torrents) throw new Error('There are no torrents here');
    return this.torrents;
  }

  private file(fileId: string): { infoHash: string; index: number } {
    const found = torrentFileOf(fileId);
    if (!found) throw new Error(`${fileId} is no file of a torrent`);
    return found;
  }
}
