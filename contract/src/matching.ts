import { z } from 'zod';
import { id, idParams } from './common.js';
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
  /** 0–1 */
  confidence: z.number(),
});
export type MatchCandidate = z.infer<typeof matchCandidate>;

/** A title that providers are not sure about. */
export const unsureTitle = z.object({
  titleId: id,
  libraryId: id,
  type: titleType,
  name: z.string(),
  year: z.int().nullable(),
  /** The likeliest first. */
  candidates: z.array(matchCandidate),
});
export type UnsureTitle = z.infer<typeof unsureTitle>;

export const matchingRoutes = {
  unsure: defineRoute({
    method: 'GET',
    path: '/api/unsure-titles',
    access: 'admin',
    summary: 'Titles that providers are not sure about, with what they may be; at most 200.',
    reply: z.object({ items: z.array(unsureTitle), total: z.int() }),
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
