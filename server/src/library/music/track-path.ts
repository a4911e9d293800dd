import { baseOf } from '../sidecar/file-kind.js';

/** What folder and file names say of a track; the way people lay out music: `Artist/Album (1999)/01 - Title.flac`. */
export interface TrackPath {
  /** The folder of the album, disc folders left out; empty for the library folder itself. */
  readonly albumFolder: string;
  readonly artist: string | null;
  readonly album: string | null;
  readonly year: number | null;
  readonly disc: number | null;
  readonly number: number | null;
  readonly title: string;
  /** Whether a folder says that this is by many. */
  readonly various: boolean;
}

const discFolder = /^(?:cd|dis[ck]|volume|vol\.?)[ ._-]*(\d{1,3})(?:\b.*)?$/i;
/** Whether a folder holds one disc of an album: `CD 1`, `Disc 2 - Live`. */
export const isDiscFolder = (name: string): boolean => discFolder.test(name);

const variousNames = new Set(
  'various artists|various|va|v a|compilations|compilation|soundtracks|soundtrack|verschiedene|verschiedene interpreten|diverse|artistes divers|varios artistas|multi interpretes'.split(
    '|',
  ),
);

/** Whether a name stands for many artists. @param folded as `foldName` makes it */
export const meansVarious = (folded: string): boolean => variousNames.has(folded);

const plain = (name: string): string => name.replaceAll('_', ' ').replaceAll(/\s+/g, ' ').trim();
const foldPlain = (name: string): string => plain(name).toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, ' ').trim(); // prettier-ignore

/** @param path below the library folder, with `/` */
export function readTrackPath(path: string): TrackPath {
  const folders = path.split('/');
  const file = readFileName(plain(baseOf(folders.pop() ?? '')));
  const disc = discFolder.exec(folders.at(-1) ?? '');
  // A folder `CD 1` that stands alone is the album.
  if (disc && folders.length > 1) folders.pop();
  const albumFolder = folders.join('/');
  const name = folders.at(-1);
  const above = folders.at(-2) ?? null;
  const album = name === undefined ? null : readAlbumName(plain(name));
  const isVarious = above !== null && meansVarious(foldPlain(above));
  const artist = isVarious ? null : above === null ? (album?.artist ?? null) : plain(above);
  return {
    albumFolder,
    artist: artist ?? null,
    album: album === null ? null : withoutArtist(album, artist),
    year: album?.year ?? null,
    disc: file.disc ?? (disc && folders.length > 0 ? Number(disc[1]) : null),
    number: file.number,
    title: file.title,
    various: isVarious || (name !== undefined && meansVarious(foldPlain(name))),
  };
}

interface AlbumName {
  readonly artist: string | null;
  readonly name: string;
  readonly full: string;
  readonly year: number | null;
}

/** `Artist - Album (1999) [FLAC]`, `1999 - Album`, `(1999) Album`. */
function readAlbumName(folder: string): AlbumName {
  const bare = folder.replaceAll(/\s*[[{][^\]}]*[\]}]/g, '').trim() || folder;
  const year = /\((\d{4})\)/.exec(bare) ?? /^(\d{4})\s*[-–.]\s+/.exec(bare);
  const isYear = year !== null && Number(year[1]) >= 1900 && Number(year[1]) <= 2100;
  const named = (isYear ? bare.replace(year[0], ' ') : bare).replaceAll(/\s+/g, ' ').trim();
  const full = named.replaceAll(/^[-–.\s]+|[-–\s]+$/g, '') || bare;
  const split = /^(.{1,100}?)\s[-–]\s(.+)$/.exec(full);
  return {
    artist: split?.[1] ?? null,
    name: split?.[2] ?? full,
    full,
    year: isYear ? Number(year[1]) : null,
  };
}

/** `Artist - Album` below a folder of that artist is the album; below another, the whole name is. */
function withoutArtist({ artist, name, full }: AlbumName, known: string | null): string {
  return artist !== null && known !== null && foldPlain(artist) === foldPlain(known) ? name : full;
}

/** `01 - Title`, `1-07 Title`, `03. Title`, `12 Title`. */
function readFileName(name: string): { disc: number | null; number: number | null; title: string } {
  const onDisc = /^(\d{1,2})[-.](\d{1,3})(?:\s*[-–.]\s*|\s+)(?=\S)(.+)$/.exec(name);
  if (onDisc?.[3]) return { disc: Number(onDisc[1]), number: Number(onDisc[2]), title: onDisc[3] };
  const numbered = /^(?:track\s*)?(\d{1,3})(?:\s*[-–.)]\s*|\s+)(?=\S)(.+)$/i.exec(name);
  if (numbered?.[2]) return { disc: null, number: Number(numbered[1]), title: numbered[2] };
  return { disc: null, number: null, title: name };
}
