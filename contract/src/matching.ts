import { z } from 'zod';
import { id, idParams, page, pageQuery } from './common.js';
import { image } from './image.js';
import { defineRoute } from './route.js';
import { titleType } from './title.js';

/** A provider's title that one of the library may be. */
export const matchCandidate = z.object({
  providerId: id,
  providerName: z.string(),
  /** The provider's own id. */
  itemId: z.string(),
  name: z.string(),
  year: z.int().nullable(),
  runtimeSeconds: z.number().nullable(),
  poster: image.nullable(),
  /** 0–1 */
  confidence: z.number(),
  /** Why: how well each fits, 0–1; null where one of the two says nothing of it. */
  likeness: z.object({
    name: z.number(),
    year: z.number().nullable(),
    runtime: z.number().nullable(),
  }),
});
export type MatchCandidate = z.infer<typeof matchCandidate>;

/** A title that providers are not sure about. */
export const unsureTitle = z.object({
  titleId: id,
  libraryId: id,
  type: titleType,
  name: z.string(),
  year: z.int().nullable(),
  runtimeSeconds: z.number().nullable(),
  poster: image.nullable(),
  /** One of its files, from the library's folder on; null: none is here. */
  fileName: z.string().nullable(),
  /** The likeliest first. */
  candidates: z.array(matchCandidate),
});
export type UnsureTitle = z.infer<typeof unsureTitle>;

export const matchingRoutes = {
  unsure: defineRoute({
    method: 'GET',
    path: '/api/unsure-titles',
    access: 'admin',
    summary: 'Titles that providers are not sure about, with what they may be.',
    query: pageQuery,
    reply: page(unsureTitle),
  }),
  refuse: defineRoute({
    method: 'PUT',
    path: '/api/unsure-titles/:id',
    access: 'admin',
    summary: 'Says that a title is none of its candidates, or takes that back; others are looked for still.',
    status: 204,
    params: idParams,
    body: z.object({ none: z.boolean() }),
  }),
  candidates: defineRoute({
    method: 'GET',
    path: '/api/titles/:id/match-candidates',
    access: 'admin',
    summary: 'What a title may be, by another name: asks the providers that titles are matched with.',
    params: idParams,
    query: z.object({
      name: z.string().trim().min(1).max(200),
      year: z.coerce.number().int().min(1870).max(2100).optional(),
    }),
    reply: z.object({ items: z.array(matchCandidate) }),
  }),
  choose: defineRoute({
    method: 'POST',
    path: '/api/titles/:id/provider-match',
    access: 'admin',
    summary: 'Says which title of a provider it is: what it lacks is filled in from there.',
    params: idParams,
    body: z.object({ providerId: id, itemId: z.string().min(1).max(300) }),
  }),
};
