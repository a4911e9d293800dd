import { languages, orders, pageSize } from './archive-manifest.js';

/** It answers no further (https://archive.org/help/aboutsearch.htm). */
const mostDocuments = 10_000;

const fields = ['identifier', 'title', 'description', 'year', 'date', 'subject', 'licenseurl', 'runtime'];

/**
 * Only what may be shown to anyone: items whose licence says so, whatever else is asked. Public-domain marks are Creative
 * Commons' own.
 */
const alwaysAsked =
  'mediatype:(movies) AND -access-restricted-item:true AND licenseurl:(*creativecommons.org* OR *publicdomain*)';

/** Whether a licence is one of those: what the search promises is looked at once more on the item itself. */
export const isOpenLicence = (address: string | null): boolean =>
  address !== null && /creativecommons\.org|publicdomain/iu.test(address);

/** Words of a text, without anything that means something to Lucene. */
const terms = (text: string): string =>
  (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => `"${word}"`).join(' AND ');

const within = (field: string, text: string | undefined): string[] => {
  const asked = terms(text ?? '');
  return asked === '' ? [] : [`${field}:(${asked})`];
};

function collectionTerm(ids: string | undefined): string[] {
  const names = (ids ?? '').split(',').filter((id) => /^[\w-]+$/u.test(id));
  return names.length === 0 ? [] : [`collection:(${names.join(' OR ')})`];
}

function yearTerm(range: string | undefined): string[] {
  const [, from, to] = /^(\d{1,4})?-(\d{1,4})?$/u.exec(range ?? '') ?? [];
  return from || to ? [`year:[${from ?? '*'} TO ${to ?? '*'}]`] : [];
}

function languageTerm(code: string | undefined): string[] {
  const [, ...written] = languages[code ?? ''] ?? [];
  return written.length === 0 ? [] : [`language:(${written.map((name) => `"${name}"`).join(' OR ')})`];
}

/** What is asked for a page of films; filters as the manifest has them. */
export function filmsQuery(extra: Readonly<Record<string, string>>): string {
  return [
    alwaysAsked,
    'format:("h.264" OR "Archive BitTorrent")',
    ...within('title', extra['search']),
    // Who searches means all of it.
    ...(extra['search'] ? [] : collectionTerm(extra['collection'])),
    ...yearTerm(extra['year']),
    ...within('subject', extra['subject']),
    ...languageTerm(extra['language']),
  ].join(' AND ');
}

/** What is asked for one film by its name. */
export const namedQuery = (name: string, year: number | undefined): string =>
  filmsQuery({ search: name, ...(year !== undefined && { year: `${year - 1}-${year + 1}` }) });

/** A page of a search. @param page 1 for the first */
export function searchAddress(base: string, query: string, order: string | undefined, page: number): URL {
  const url = new URL(`${base}/advancedsearch.php`);
  url.searchParams.append('q', query);
  for (const field of fields) url.searchParams.append('fl[]', field);
  url.searchParams.append('sort[]', (orders[order ?? ''] ?? ['', 'downloads desc'])[1]);
  url.searchParams.append('rows', String(pageSize));
  url.searchParams.append('page', String(page));
  url.searchParams.append('output', 'json');
  return url;
}

/** @returns the next page's number, null after the last that can be had */
export const pageAfter = (page: number, found: number): string | null =>
  page * pageSize < Math.min(found, mostDocuments) ? String(page + 1) : null;
