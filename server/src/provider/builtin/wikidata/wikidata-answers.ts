import { z } from 'zod';
import { listOf, maybe, wholeListOf, words } from '../../lenient.js';

export const foundItems = z.object({
  query: z.object({ search: wholeListOf(z.object({ title: z.string() })) }),
});

/** https://doc.wikimedia.org/Wikibase/master/php/docs_topics_json.html */
const statement = z.object({
  rank: z.enum(['preferred', 'normal', 'deprecated']).catch('normal'),
  mainsnak: z.object({ datavalue: z.object({ value: z.unknown() }) }),
});
const claims = z.record(z.string(), listOf(statement)).catch({});
const labels = z.record(z.string(), maybe(z.object({ value: words(500) }))).catch({});

const item = z.object({ id: z.string(), labels, claims });
export type WikidataItem = z.infer<typeof item>;

export const items = z.object({ entities: z.record(z.string(), maybe(item)) });
