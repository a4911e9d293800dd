import { z } from 'zod';
import { idParams } from './common.js';
import { signature } from './media.js';
import { defineRoute } from './route.js';

const ticket = z.string().regex(/^[A-Za-z0-9._-]{16,480}$/, 'not a ticket');

// The home library as an add-on of Stremio's protocol (stremio-addon-sdk, docs/protocol.md).

const question = z.object({
  ticket,
  resource: z.enum(['catalog', 'meta', 'stream']),
  type: z.enum(['movie', 'series']),
  id: z
    .string()
    .max(300)
    .regex(/\.json$/, 'not an address of an add-on')
    .transform((name) => name.replace(/\.json$/, '')),
});

/** An answer as the protocol has it. */
const answer = z.record(z.string(), z.unknown());

export const addonRoutes = {
  address: defineRoute({
    method: 'GET',
    path: '/api/stremio',
    access: 'member',
    summary:
      'Your address of the home library as a Stremio add-on. Whoever has it sees what you see; a new password makes it invalid.',
    reply: z.object({
      /** http(s) */
      url: z.string(),
      /** The same for the app: `stremio:`. */
      appUrl: z.string(),
    }),
  }),
  manifest: defineRoute({
    method: 'GET',
    path: '/api/stremio/:ticket/manifest.json',
    access: 'ticket',
    summary: 'The add-on’s manifest.',
    params: z.object({ ticket }),
    reply: answer,
  }),
  file: defineRoute({
    method: 'GET',
    path: '/api/stremio/files/:id',
    access: 'signed',
    summary:
      'A file’s bytes, as the add-on’s streams lead to them; what is fetched moves the account’s position.',
    params: idParams,
    query: z.object(signature),
    produces: 'application/octet-stream',
  }),
  ask: defineRoute({
    method: 'GET',
    path: '/api/stremio/:ticket/:resource/:type/:id',
    access: 'ticket',
    summary: 'A catalog, a title or its streams (`:id` ends in `.json`).',
    params: question,
    reply: answer,
  }),
  askMore: defineRoute({
    method: 'GET',
    path: '/api/stremio/:ticket/:resource/:type/:id/:extra',
    access: 'ticket',
    summary: 'The same with `search`, `genre` and `skip`, written like a query (`:extra` ends in `.json`).',
    params: question.extend({
      id: z.string().max(300),
      extra: z
        .string()
        .max(2000)
        .regex(/\.json$/, 'not an address of an add-on'),
    }),
    reply: answer,
  }),
};
