import { readFolder } from '../naming/folder-context.js';
import { albumCover } from '../sidecar/album-cover.js';
import { baseOf } from '../sidecar/file-kind.js';
import { type Artwork, DirectoryIndex, type SidecarFile, type SubtitleFile } from './directory-index.js';
import {
  type Directory,
  type DirectoryTree,
  type FileEntry,
  joinPath,
  nameOf,
  parentOf,
} from './directory-tree.js';
import { isDiscFolder } from '../music/track-path.js';
import { readPart } from './version-label.js';

/** Everything that lies around one media file and concerns it. */
export interface Surroundings {
  /** NFO files that may describe it, the nearest first. */
  nfo: SidecarFile[];
  /** `tvshow.nfo` above it. */
  seriesNfo: SidecarFile | null;
  subtitles: SubtitleFile[];
  /** Of the file itself: a film's poster, an episode's still. */
  own: Artwork;
  /** Of the series above it. */
  series: Artwork;
  /** By season number. */
  seasonPosters: Map<number, SidecarFile>;
  /** Newest inode change of all of them, in milliseconds: what tells that a file has to be looked at again. */
  changedMs: number;
}

const subtitleFolders = ['subs', 'subtitles', 'sub', 'vobsubs'];
/** More films than this in one directory share no folder artwork. */
const fewFilms = 12;

/** Looks around the media files of one library folder; keeps what it learns of a directory, so use one a scan. */
export class Neighbourhood {
  private readonly oneFilm = new Map<string, boolean>();
  private readonly indices = new Map<string, DirectoryIndex>();
  private readonly covers = new Map<string, SidecarFile | null>();
  /** Directories by their parent, then by lower-case name. */
  private readonly below = new Map<string, Map<string, string>>();

  constructor(private readonly tree: DirectoryTree) {
    for (const path of tree.directories.keys()) {
      if (path === '') continue;
      const siblings = this.below.get(parentOf(path)) ?? new Map<string, string>();
      siblings.set(nameOf(path).toLowerCase(), path);
      this.below.set(parentOf(path), siblings);
    }
  }

  around(directory: Directory, file: FileEntry): Surroundings {
    const index = this.indexOf(directory);
    const root = this.seriesRoot(directory.path);
    const base = baseOf(file.name).toLowerCase();
    const result: Surroundings = {
      nfo: this.nfoFor(index, base),
      seriesNfo: root?.sidecar('tvshow.nfo') ?? null,
      subtitles: this.subtitlesFor(index, baseOf(file.name)),
      own: index.artworkOf(base, this.isOneFilm(index)),
      series: root?.artworkOf(null, true) ?? {},
      seasonPosters: this.seasonPosters(index, root),
      changedMs: 0,
    };
    const art = [
      ...Object.values(result.own),
      ...Object.values(result.series),
      ...result.seasonPosters.values(),
    ];
    const all = [...result.nfo, ...result.subtitles, ...art, ...(result.seriesNfo ? [result.seriesNfo] : [])];
    result.changedMs = all.reduce((newest, { entry }) => Math.max(newest, entry.changedMs), 0);
    return result;
  }

  /** Around music lies the picture of its album, in its folder or, for a disc, above; around photos nothing. */
  aroundTagged(directory: Directory, { kind }: FileEntry): Surroundings {
    const above = isDiscFolder(nameOf(directory.path))
      ? this.tree.directories.get(parentOf(directory.path))
      : undefined;
    const cover = kind === 'audio' ? (this.coverIn(directory) ?? (above && this.coverIn(above))) : undefined;
    return {
      nfo: [],
      seriesNfo: null,
      subtitles: [],
      own: cover ? { poster: cover } : {},
      series: {},
      seasonPosters: new Map(),
      changedMs: cover?.entry.changedMs ?? 0,
    };
  }

  /** Media files of a directory that are no extras. */
  mainFiles(path: string): readonly FileEntry[] {
    const directory = this.tree.directories.get(path);
    return directory ? this.indexOf(directory).mainFiles : [];
  }

  private coverIn({ path, sidecars }: Directory): SidecarFile | undefined {
    let cover = this.covers.get(path);
    if (cover === undefined) {
      const entry = albumCover(sidecars.filter(({ kind }) => kind === 'image'));
      this.covers.set(path, (cover = entry ? { path: joinPath(path, entry.name), entry } : null));
    }
    return cover ?? undefined;
  }

  private indexOf(directory: Directory): DirectoryIndex {
    let index = this.indices.get(directory.path);
    if (!index) this.indices.set(directory.path, (index = new DirectoryIndex(directory)));
    return index;
  }

  private indexAt(path: string | undefined): DirectoryIndex | undefined {
    const directory = path === undefined ? undefined : this.tree.directories.get(path);
    return directory && this.indexOf(directory);
  }

  /** The directory of the series: the nearest with a `tvshow.nfo`, else the first above the seasons. */
  private seriesRoot(path: string): DirectoryIndex | undefined {
    for (let at = path; ; at = parentOf(at)) {
      const index = this.indexAt(at);
      if (index?.sidecar('tvshow.nfo')) return index;
      if (at === '') break;
    }
    let root = path;
    while (root !== '' && readFolder(nameOf(root)).kind === 'season') root = parentOf(root);
    return root === '' ? undefined : this.indexAt(root);
  }

  private nfoFor(index: DirectoryIndex, base: string): SidecarFile[] {
    const names = [`${base}.nfo`, ...(this.isOneFilm(index) ? ['movie.nfo'] : [])];
    const found = names.flatMap((name) => index.sidecar(name) ?? []);
    // One film and one NFO of any other name (as downloads have it) belong together.
    if (found.length > 0 || index.directory.media.length !== 1) return found;
    return [index.onlyNfo() ?? []].flat();
  }

  private subtitlesFor(index: DirectoryIndex, base: string): SubtitleFile[] {
    const result = index.subtitlesOf(base);
    for (const name of subtitleFolders) {
      const path = this.below.get(index.directory.path)?.get(name);
      const folder = this.indexAt(path);
      if (!folder || path === undefined) continue;
      const named = folder.subtitlesOf(base);
      named.push(...(this.indexAt(this.below.get(path)?.get(base.toLowerCase()))?.subtitlesOf(null) ?? []));
      if (named.length === 0 && index.mainFiles.length === 1) named.push(...folder.subtitlesOf(null));
      result.push(...named);
    }
    return result.slice(0, 100);
  }

  /** Whether folder-wide names such as `poster.jpg` and `movie.nfo` mean one film. */
  private isOneFilm(index: DirectoryIndex): boolean {
    const { path } = index.directory;
    let known = this.oneFilm.get(path);
    if (known === undefined) {
      const isSmall = path !== '' && index.mainFiles.length <= fewFilms;
      const stems = isSmall ? index.mainFiles.map((file) => baseOf(file.name).toLowerCase()) : [];
      const parts = new Set(stems.map((stem) => readPart(stem, true)?.stem ?? stem));
      const folder = nameOf(path).toLowerCase();
      known = isSmall && (parts.size <= 1 || stems.every((stem) => stem.startsWith(folder)));
      this.oneFilm.set(path, known);
    }
    return known;
  }

  private seasonPosters(index: DirectoryIndex, root: DirectoryIndex | undefined): Map<number, SidecarFile> {
    const posters = root?.seasonPosters() ?? new Map<number, SidecarFile>();
    if (!root || root === index) return posters;
    const { season } = readFolder(nameOf(index.directory.path));
    const own = index.artworkOf(null, true).poster;
    if (season !== null && own && !posters.has(season)) posters.set(season, own);
    return posters;
  }
}
