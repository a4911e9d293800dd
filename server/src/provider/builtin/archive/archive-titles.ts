import type { providerItem, providerTitle } from '@hearth/contract/provider-exchange';
import type { z } from 'zod';
import { type ArchiveDocument, type ArchiveItem, secondsOf } from './archive-answers.js';
import { isOpenLicence } from './archive-query.js';
import { mainFilm } from './archive-sources.js';

const mostSubjects = 8;

/** A search result; null for one without a name or with another licence. */
export function itemOf(document: ArchiveDocument, base: string): z.input<typeof providerItem> | null {
  const { identifier, title } = document;
  if (title === null || !isOpenLicence(document.licenseurl)) return null;
  return {
    id: identifier,
    type: 'movie',
    name: title,
    year: document.year ?? document.date,
    posterUrl: `${base}/services/img/${identifier}`,
    posterShape: 'landscape',
    description: document.description,
    genres: document.subject.slice(0, mostSubjects),
    runtimeSeconds: secondsOf(document.runtime),
    externalIds: { archive: identifier },
  };
}

/** An item in full; null for what is none, is no film, or may not be shown to everyone. */
export function titleOf(item: ArchiveItem, base: string): z.input<typeof providerTitle> | null {
  const shown = item.metadata && isFree(item) ? itemOf(item.metadata, base) : null;
  return shown && { ...shown, runtimeSeconds: mainFilm(item.files)?.length ?? shown.runtimeSeconds ?? null };
}

/** Whether everyone may watch it. */
export const isFree = ({ metadata }: ArchiveItem): boolean =>
  metadata !== undefined &&
  metadata.mediatype === 'movies' &&
  metadata['access-restricted-item'] !== 'true' &&
  isOpenLicence(metadata.licenseurl);
