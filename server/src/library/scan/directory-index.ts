import type { ImageKind } from '../entities/image.entity.js';
import { type ArtworkName, readArtworkName } from '../sidecar/artwork.js';
import { readExtraName } from '../sidecar/extra-name.js';
import { baseOf } from '../sidecar/file-kind.js';
import { readSubtitleName, type SubtitleName } from '../sidecar/subtitle-name.js';
import { type Directory, type FileEntry, joinPath } from './directory-tree.js';

/** A sidecar and where it lies below the library folder. */
export interface SidecarFile {
  path: string;
  entry: FileEntry;
}
export interface SubtitleFile extends SidecarFile {
  says: SubtitleName;
}
export type Artwork = Partial<Record<ImageKind, SidecarFile>>;

/** One directory's sidecars by name: a flat folder of ten thousand films must not be searched ten thousand times. */
export class DirectoryIndex {
  /** Files that are the thing itself: no trailers and the like. */
  readonly mainFiles: readonly FileEntry[];
  private readonly byName = new Map<string, FileEntry>();
  private readonly mediaBases: ReadonlySet<string>;
  private readonly art = new Map<string | null, { art: ArtworkName; entry: FileEntry }[]>();
  private readonly subtitles: { name: string; entry: FileEntry }[] = [];

  constructor(readonly directory: Directory) {
    this.mainFiles = directory.media.filter(
      (file) => readExtraName(joinPath(directory.path, file.name)) === null,
    );
    this.mediaBases = new Set(directory.media.map((file) => baseOf(file.name).toLowerCase()));
    for (const entry of directory.sidecars) {
      const name = entry.name.toLowerCase();
      this.byName.set(name, entry);
      if (entry.kind === 'subtitle') this.subtitles.push({ name, entry });
      const art = entry.kind === 'image' ? readArtworkName(entry.name) : null;
      if (art) this.art.set(art.base, [...(this.art.get(art.base) ?? []), { art, entry }]);
    }
    this.subtitles.sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  sidecar(lowerName: string): SidecarFile | undefined {
    const entry = this.byName.get(lowerName);
    return entry && this.located(entry);
  }

  /** The only NFO of a directory, whatever its name; undefined where there are several or none. */
  onlyNfo(): SidecarFile | undefined {
    const nfos = this.directory.sidecars.filter(
      ({ kind, name }) => kind === 'nfo' && !/^(?:tvshow|season)/i.test(name),
    );
    return nfos.length === 1 && nfos[0] ? this.located(nfos[0]) : undefined;
  }

  /** Subtitles of one media file by its name without ending; all of them for null. */
  subtitlesOf(base: string | null): SubtitleFile[] {
    const found: SubtitleFile[] = [];
    const prefix = base?.toLowerCase() ?? '';
    for (let at = this.firstSubtitle(prefix); at < this.subtitles.length; at++) {
      const { name, entry } = this.subtitles[at] ?? { name: '', entry: null };
      if (!entry || !name.startsWith(prefix)) break;
      const owner = this.ownerOf(name);
      if (base !== null && owner !== null && owner !== prefix) continue;
      const says = readSubtitleName(entry.name, base);
      if (says) found.push({ ...this.located(entry), says });
    }
    return found;
  }

  /** The best picture of each kind: those of `base` before the folder's own. */
  artworkOf(base: string | null, acceptFolder: boolean): Artwork {
    const own = base === null ? [] : (this.art.get(base) ?? []);
    const folder = acceptFolder ? (this.art.get(null) ?? []) : [];
    const result: Artwork = {};
    for (const group of [own, folder]) {
      const sorted = group.filter(({ art }) => art.season === null).sort((a, b) => a.art.rank - b.art.rank);
      for (const { art, entry } of sorted) result[art.kind] ??= this.located(entry);
    }
    return result;
  }

  /** Posters such as `season01-poster.jpg`, by season. */
  seasonPosters(): Map<number, SidecarFile> {
    const folder = this.art.get(null) ?? [];
    return new Map(
      folder.flatMap(({ art, entry }) =>
        art.season !== null && art.season >= 0 ? [[art.season, this.located(entry)] as const] : [],
      ),
    );
  }

  /** The media file here with the longest name that the subtitle's begins with: “Film 2” before “Film”. */
  private ownerOf(subtitle: string): string | null {
    for (
      let base = baseOf(subtitle);
      base !== '';
      base = base.slice(0, Math.max(0, base.search(/[._ ([-][^._ ([-]*$/)))
    ) {
      if (this.mediaBases.has(base)) return base;
    }
    return null;
  }

  private located(entry: FileEntry): SidecarFile {
    return { path: joinPath(this.directory.path, entry.name), entry };
  }

  private firstSubtitle(prefix: string): number {
    let low = 0;
    let high = this.subtitles.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.subtitles[middle]?.name ?? '') < prefix) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
