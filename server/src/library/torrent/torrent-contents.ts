import type { TorrentFileInfo, TorrentMetadata } from '@hearth/contract/torrent';

/** A file of a torrent as an episode. */
export interface PackEpisode {
  readonly season: number;
  readonly number: number;
  /** Place among the episodes of its file. */
  readonly place: number;
  readonly name: string | null;
}

/** What is in a torrent, as a library puts it. */
export interface TorrentContents {
  readonly type: 'movie' | 'series';
  readonly name: string;
  readonly year: number | null;
  readonly files: readonly ContentFile[];
}

export interface ContentFile {
  readonly info: TorrentFileInfo;
  /** Empty for a film and for what accompanies one. */
  readonly episodes: readonly PackEpisode[];
  readonly extraKind: string | null;
  readonly subtitles: readonly TorrentFileInfo[];
}

/** A film takes at least this much of what can be played; the rest accompanies it. */
const filmShare = 0.5;
/** More beside one film would be a mistake. */
const mostSubtitles = 60;
/** What comes after the number in an episode's name is rarely its name; without a number all of it is. */
const nameOf = ({ name }: TorrentFileInfo): string => name.replace(/\.[a-z0-9]{2,5}$/i, '').slice(0, 200);

const bySize = (a: TorrentFileInfo, b: TorrentFileInfo): number => b.size - a.size;
const byPath = (a: TorrentFileInfo, b: TorrentFileInfo): number =>
  a.path.localeCompare(b.path, 'en', { numeric: true });

/** Reads a torrent's contents as a film with what accompanies it, or as a series. Null where nothing can be played. */
export function contentsOf(metadata: TorrentMetadata): TorrentContents | null {
  const playable = metadata.files.filter(({ playable: plays }) => plays).sort(byPath);
  const films = playable.filter(({ kind }) => kind === 'video');
  const shown = films.length > 0 ? films : playable.filter(({ kind }) => kind === 'audio');
  if (shown.length === 0) return null;
  const subtitles = metadata.files.filter(({ kind }) => kind === 'subtitle').sort(byPath);
  const { guess } = metadata;
  const named = { name: (guess.title || metadata.name).slice(0, 300), year: guess.year };
  const numbered = shown.filter((file) => file.guess.episodes.length > 0);
  if (numbered.length > 0) return { type: 'series', ...named, files: pack(shown, subtitles, guess.season) };
  const [best] = [...shown].sort(bySize);
  const total = shown.reduce((sum, { size }) => sum + size, 0);
  if (best && (shown.length === 1 || best.size > total * filmShare))
    return { type: 'movie', ...named, files: film(best, shown, subtitles) };
  return { type: 'series', ...named, files: parts(shown, subtitles) };
}

function film(
  best: TorrentFileInfo,
  all: readonly TorrentFileInfo[],
  subtitles: readonly TorrentFileInfo[],
): ContentFile[] {
  const others = all.filter((file) => file !== best);
  return [
    { info: best, episodes: [], extraKind: null, subtitles: subtitles.slice(0, mostSubtitles) },
    ...others.map((info) => ({ info, episodes: [], extraKind: 'other', subtitles: [] })),
  ];
}

/** Episodes by number; two files of one number are versions of it, what has none accompanies the rest. */
function pack(
  all: readonly TorrentFileInfo[],
  subtitles: readonly TorrentFileInfo[],
  season: number | null,
): ContentFile[] {
  return all.map((info) => ({
    info,
    episodes: [...new Set(info.guess.episodes)].map((number, place) => ({
      ...{ season: info.guess.season ?? season ?? 1, number, place, name: null },
    })),
    extraKind: info.guess.episodes.length > 0 ? null : 'other',
    subtitles: subtitlesOf(info, all, subtitles),
  }));
}

/** Films or tracks without numbers, one after the other. */
function parts(all: readonly TorrentFileInfo[], subtitles: readonly TorrentFileInfo[]): ContentFile[] {
  return all.map((info, index) => ({
    info,
    episodes: [{ season: 1, number: index + 1, place: 0, name: nameOf(info) }],
    extraKind: null,
    subtitles: subtitlesOf(info, all, subtitles),
  }));
}

/** Those that say the same episode, that are named alike, or that lie in a folder named like it. */
function subtitlesOf(
  info: TorrentFileInfo,
  all: readonly TorrentFileInfo[],
  subtitles: readonly TorrentFileInfo[],
): TorrentFileInfo[] {
  const base = nameOf(info).toLowerCase();
  const isNamedAlike = ({ path }: TorrentFileInfo): boolean =>
    path
      .toLowerCase()
      .split('/')
      .some((part) => part === base || part.startsWith(`${base}.`));
  const isOfEpisode = ({ guess }: TorrentFileInfo): boolean =>
    guess.episodes.length > 0 &&
    (guess.season === null || info.guess.season === null || guess.season === info.guess.season) &&
    guess.episodes.some((number) => info.guess.episodes.includes(number));
  const own = subtitles.filter((file) => isNamedAlike(file) || isOfEpisode(file));
  return (all.length === 1 ? subtitles : own).slice(0, mostSubtitles);
}
