import type { TitleType } from '@hearth/contract/title';

/** As titles are stored: those of torrents are of types that no list asks for. */
export type StoredTitleType = TitleType | 'torrent-movie' | 'torrent-series';

/** What it is to people. */
export const shownType = (type: StoredTitleType): TitleType =>
  type === 'series' || type === 'torrent-series' ? 'series' : 'movie';
