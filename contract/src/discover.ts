import { z } from 'zod';
import { booleanQuery, cursor, id, idParams } from './common.js';
import { image } from './image.js';
import { providerEpisode, providerItem, providerTitle } from './provider-exchange.js';
import { defineRoute } from './route.js';
import { searchPart } from './source.js';

/** A provider's item in the house: its pictures come through the server, and what the library has is said. */
export const foundItem = providerItem.omit({ posterUrl: true, backdropUrl: true }).extend({
  providerId: id,
  poster: image.nullable(),
  backdrop: image.nullable(),
  /** The library's title, where it is the same. */
  titleId: id.nullable(),
});
export type FoundItem = z.infer<typeof foundItem>;

export const foundEpisode = providerEpisode.omit({ stillUrl: true }).extend({ still: image.nullable() });
export type FoundEpisode = z.infer<typeof foundEpisode>;

export const foundTitle = providerTitle
  .omit({ posterUrl: true, backdropUrl: true, logoUrl: true, credits: true, episodes: true, similar: true })
  .extend({
    providerId: id,
    titleId: id.nullable(),
    poster: image.nullable(),
    backdrop: image.nullable(),
    logo: image.nullable(),
    credits: z.array(
      z.object({
        name: z.string(),
        role: z.enum(['actor', 'director', 'writer']),
        character: z.string().nullable(),
        image: image.nullable(),
      }),
    ),
    episodes: z.array(foundEpisode),
    similar: z.array(foundItem),
  });
export type FoundTitle = z.infer<typeof foundTitle>;

export const discoverRow = z.object({
  providerId: id,
  providerName: z.string(),
  type: z.string(),
  catalogId: z.string(),
  name: z.string(),
  items: z.array(foundItem),
  /** The provider is still being asked: `discover.found` with an empty text says when to ask again. */
  searching: z.boolean(),
  /** Why there are none. */
  error: z.string().nullable(),
});
export type DiscoverRow = z.infer<typeof discoverRow>;

export const discoverSearch = z.object({
  /** Equal ids of several providers are one. */
  items: z.array(foundItem),
  parts: z.array(searchPart),
  searching: z.boolean(),
});
export type DiscoverSearch = z.infer<typeof discoverSearch>;

const filterPrefix = 'filter.';

/** A list's filter as a parameter of a query: its name is the provider's, and may be `id`, `type` or `cursor`. */
export const filterParameter = (name: string): string => filterPrefix + name;

/** The name of the filter that a parameter of a query stands for; undefined: of none. */
export const filterNameOf = (parameter: string): string | undefined =>
  parameter.startsWith(filterPrefix) ? parameter.slice(filterPrefix.length) : undefined;

/** Seconds to wait for providers; 0: what is known now. */
const wait = z.coerce.number().min(0).max(10).default(1);

export const discoverRoutes = {
  rows: defineRoute({
    method: 'GET',
    path: '/api/discover',
    access: 'member',
    summary:
      'Rows of what providers list, for the home and discover pages; answers with what is there in time.',
    query: z.object({
      wait,
      limit: z.coerce.number().int().min(1).max(20).default(20),
      /** Without the library's own lists. */
      away: booleanQuery.default(false),
    }),
    reply: z.object({ rows: z.array(discoverRow) }),
  }),
  discoverSearch: defineRoute({
    method: 'GET',
    path: '/api/discover/search',
    access: 'member',
    summary:
      'Searches all catalogs; answers with what is there now, `discover.found` says when there is more.',
    query: z.object({ q: z.string().trim().min(1).max(200), wait }),
    reply: discoverSearch,
  }),
  browse: defineRoute({
    method: 'GET',
    path: '/api/providers/:id/catalogs/:type/:catalogId',
    access: 'member',
    summary: 'A page of a provider’s list; a filter is the query parameter `filter.` and its name.',
    params: idParams.extend({ type: z.string().max(50), catalogId: z.string().max(200) }),
    query: z.looseObject({ cursor: cursor.optional() }),
    reply: z.object({ items: z.array(foundItem), nextCursor: z.string().nullable() }),
  }),
  title: defineRoute({
    method: 'GET',
    path: '/api/providers/:id/titles/:type/:itemId',
    access: 'member',
    summary: 'A title in full as a provider knows it.',
    params: idParams.extend({ type: z.string().max(50), itemId: z.string().max(300) }),
    reply: foundTitle,
  }),
  image: defineRoute({
    method: 'GET',
    path: '/api/remote-images/:picture',
    access: 'signed',
    summary: 'A provider’s picture, through the server, in the width that is asked for.',
    /** Where it comes from, sealed: addresses may hold keys. */
    params: z.object({ picture: z.string().max(6000) }),
    query: z.object({ width: z.coerce.number().int().optional() }),
    produces: 'image/webp',
  }),
};
