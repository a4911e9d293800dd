import { randomInt } from 'node:crypto';
import type { TitleType } from '@hearth/contract/title';
import { newId } from '../../common/id.js';
import { type MediaInfo, streamsOf } from '../../ffmpeg/media-info.js';
import { nominalHeight } from '../../ffmpeg/picture-size.js';
import type { Title } from '../entities/title.entity.js';
import { foldName, identityOf, letterOf, sortNameOf } from '../scan/sort-name.js';
import type { Nfo } from '../sidecar/nfo.js';

/** A title as a scan wants it. */
export interface TitleKey {
  type: TitleType;
  name: string;
  year: number | null;
}

/** The fields that follow from name and year; only what no person set. */
export function namedFields(
  key: Pick<TitleKey, 'name' | 'year'>,
  locked: readonly string[],
  sortName?: string | null,
): Partial<Title> {
  const sort = sortName
    ? foldName(sortName).replaceAll(/\d+/g, (digits) => digits.padStart(5, '0'))
    : sortNameOf(key.name);
  return {
    identity: identityOf(key.name, key.year),
    ...(!locked.includes('name') && { name: key.name.slice(0, 300), sortName: sort, letter: letterOf(sort) }),
    ...(!locked.includes('year') && { year: key.year }),
  };
}

export function newTitle(libraryId: string, key: TitleKey, now: number): Title {
  const sortName = sortNameOf(key.name);
  return {
    id: newId(),
    libraryId,
    type: key.type,
    identity: identityOf(key.name, key.year),
    name: key.name.slice(0, 300),
    sortName,
    letter: letterOf(sortName),
    originalName: null,
    year: key.year,
    endYear: null,
    overview: null,
    tagline: null,
    studio: null,
    rating: null,
    contentRating: null,
    minAge: null,
    runtimeSeconds: null,
    genres: [],
    externalIds: {},
    lockedFields: [],
    posterId: null,
    backdropId: null,
    logoId: null,
    available: true,
    maxHeight: null,
    hdr: false,
    randomKey: randomInt(2 ** 31 - 1),
    addedAt: now,
    updatedAt: now,
  };
}

/** What an NFO adds to a title; a field that it does not state, or that a person set, stays. */
export function nfoFields(nfo: Nfo, title: Title): Partial<Title> {
  const stated: Partial<Title> = {
    ...(nfo.originalName && { originalName: nfo.originalName }),
    ...(nfo.overview && { overview: nfo.overview }),
    ...(nfo.tagline && { tagline: nfo.tagline }),
    ...(nfo.studio && { studio: nfo.studio }),
    ...(nfo.rating !== null && { rating: nfo.rating }),
    ...(nfo.contentRating && { contentRating: nfo.contentRating }),
    ...(nfo.genres.length > 0 && { genres: nfo.genres }),
    ...(Object.keys(nfo.externalIds).length > 0 && {
      externalIds: { ...title.externalIds, ...nfo.externalIds },
    }),
    ...(nfo.runtimeSeconds !== null &&
      title.runtimeSeconds === null && { runtimeSeconds: nfo.runtimeSeconds }),
    ...(nfo.sortName &&
      !title.lockedFields.includes('name') &&
      namedFields(title, title.lockedFields, nfo.sortName)),
  };
  return Object.fromEntries(Object.entries(stated).filter(([field]) => !title.lockedFields.includes(field)));
}

/** Height in 16:9 terms: a 1920 × 800 film is a 1080p film to everyone. */
export function pictureHeight(media: MediaInfo | null): number | null {
  const heights = media ? streamsOf(media, 'video').map(nominalHeight) : [];
  return heights.length > 0 ? Math.max(...heights) : null;
}

export const isHdr = (media: MediaInfo | null): boolean =>
  media !== null && streamsOf(media, 'video').some((video) => video.hdr.kind !== 'sdr');
