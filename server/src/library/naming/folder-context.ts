import { findSeason } from './numbering.js';

/** Folders that hold anything and name nothing. */
const GENERIC =
  /^(?:[a-z]:|mnt|media|data|volumes?|volume\d|home|users?|srv|share[sd]?|nas|storage|disk\d*|hdd\d*|server|test|library|videos?|movies?|films?|filme|filmek|pel[ií]culas|cinema|tv|tv[ ._-]?(?:shows?|series|drop)|shows?|series|serien|s[eé]ries|seriale|сериалы|фильмы|anime|animes?|cartoons?|kids|documentar(?:y|ies)|downloads?|torrents?|complete[d]?|incomplete|incoming|unsorted|sorted|new|old|misc|watched|unwatched|temp|tmp|foreign|[a-z0-9#]|0-9|a-z|4k|uhd|hd|sd|1080p|720p|2160p|bluray|dvd|usenet|nzb|my (?:videos?|movies?|films?|series|tv shows?)|extras?|featurettes?|bonus|behind the scenes|deleted scenes|interviews?|scenes?|shorts?|trailers?|samples?|subs?|subtitles?|other|minisodes|versions?|(?:cd|dvd|dis[ck]|part|pt)[ ._-]?\d{1,2}|bdmv|stream|video_ts|audio_ts|certificate|backup|mixed|ova|ovas|oad|specials?|sp|season)$/iu;
const SPECIALS =
  /^(?:specials?|season[ ._-]?0+|s0+|ovas?|oad|sp|especiales|hors[ -]s[eé]rie|спецвыпуски|extras)$/iu;
const SEASON_ONLY =
  /^(?:(?:seasons?|series|saison|staffel|temporada|stagione|seizoen|se[zs]on|сезон|säsong|sæson|kausi|évad|s)[ ._-]{0,3}(\d{1,4}|[ivx]+)|(\d{1,2})(?:st|nd|rd|th|[ªº.])?[ ._]*(?:season|series|saison|staffel|temporada|stagione|seizoen|se[zs]on|сезон|évad)|第(\d{1,2})[季期]|s(\d{1,4}))(?:$|[ ._-]*[([-].*$)/iu;

/** One folder of the path, from the file upwards. */
export interface Folder {
  name: string;
  kind: 'generic' | 'season' | 'named';
  season: number | null;
}

export function readFolder(name: string): Folder {
  const trimmed = name.trim();
  if (SPECIALS.test(trimmed))
    return {
      name: trimmed,
      kind: /^extras$/iu.test(trimmed) ? 'generic' : 'season',
      season: /^extras$/iu.test(trimmed) ? null : 0,
    };
  if (GENERIC.test(trimmed)) return { name: trimmed, kind: 'generic', season: null };
  const only = SEASON_ONLY.exec(trimmed);
  if (only && !/^(?:18|19|20)\d\d$/u.test(trimmed)) {
    const season = Number(only[1] ?? only[2] ?? only[3] ?? only[4]);
    if (!Number.isNaN(season)) return { name: trimmed, kind: 'season', season };
    const worded = findSeason(trimmed);
    if (worded) return { name: trimmed, kind: 'season', season: worded.season };
  }
  if (/^(?:19|20)\d\d$/u.test(trimmed)) return { name: trimmed, kind: 'generic', season: null };
  const worded = findSeason(trimmed);
  if (worded && worded.start === 0 && /^(?:se|sa|st|te|s\d)/iu.test(trimmed))
    return { name: trimmed, kind: 'season', season: worded.season };
  return { name: trimmed, kind: 'named', season: null };
}

/**
 * Path parts. A slash inside brackets or between blanks belongs to the name («Series Title / S1E1-8 [2024, WEB-DL/HDTV]»);
 * a backslash separates only where no slash does.
 */
export function pathParts(path: string): string[] {
  const unix = path.includes('/') ? path : path.replace(/\\/gu, '/');
  const guarded = unix
    .replace(/[[(][^[\]()]*[\])]/gu, (bracket) => bracket.replace(/\//gu, '\u0001'))
    .replace(/ \/ /gu, ' \u0001 ');
  return guarded
    .split('/')
    .map((part) => part.replace(/\u0001/gu, '/'))
    .filter((part) => part.trim() !== '' && part !== '.' && part !== '..');
}
