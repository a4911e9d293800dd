import type { CreditRole } from '../entities/credit.entity.js';

/** What a Kodi `.nfo` file says; null and empty mean that it does not. https://kodi.wiki/view/NFO_files */
export interface Nfo {
  /** `ids`: nothing but external ids, from a URL or a text. */
  kind: 'movie' | 'series' | 'episode' | 'ids';
  name: string | null;
  originalName: string | null;
  sortName: string | null;
  /** Episodes only: the series' name. */
  seriesName: string | null;
  year: number | null;
  overview: string | null;
  tagline: string | null;
  genres: string[];
  /** 0–10 */
  rating: number | null;
  contentRating: string | null;
  studio: string | null;
  runtimeSeconds: number | null;
  /** Name of the set (collection) a movie belongs to. */
  set: string | null;
  externalIds: Record<string, string>;
  people: NfoPerson[];
  season: number | null;
  episode: number | null;
  /** `YYYY-MM-DD` */
  airDate: string | null;
}

export interface NfoPerson {
  name: string;
  role: CreditRole;
  character: string | null;
}

export const emptyNfo: Nfo = Object.freeze({
  kind: 'ids',
  name: null,
  originalName: null,
  sortName: null,
  seriesName: null,
  year: null,
  overview: null,
  tagline: null,
  genres: [],
  rating: null,
  contentRating: null,
  studio: null,
  runtimeSeconds: null,
  set: null,
  externalIds: {},
  people: [],
  season: null,
  episode: null,
  airDate: null,
});
