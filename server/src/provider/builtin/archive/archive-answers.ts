import { z } from 'zod';
import {
  anything,
  integerBetween,
  listOf,
  numberBetween,
  prose,
  webAddress,
  wholeListOf,
  words,
  year,
} from '../../lenient.js';

/** Fields hold one value or a list of them, as whoever filed the item liked. */
const first = <S extends z.ZodType>(shape: S) =>
  anything.transform((value): unknown => (Array.isArray(value) ? value[0] : value)).pipe(shape);

const subjects = anything.transform((value) =>
  [value]
    .flat()
    .flatMap((each) => (typeof each === 'string' ? each.split(';') : []))
    .flatMap((subject) => words(100).parse(subject) ?? []),
);

const identifier = z.string().regex(/^[A-Za-z0-9][\w.-]{0,199}$/u);

/** What search results and items say alike. */
const facts = {
  identifier,
  title: first(words(500)),
  description: first(prose),
  year: first(year),
  date: first(year),
  subject: subjects,
  licenseurl: first(webAddress),
  runtime: first(words(50)),
};

const archiveDocument = z.object(facts);
export type ArchiveDocument = z.infer<typeof archiveDocument>;

/** https://archive.org/help/aboutsearch.htm */
export const searchAnswer = z.object({
  response: z.object({ numFound: z.number().catch(0), docs: wholeListOf(archiveDocument) }),
});

const archiveFile = z.object({
  name: z.string().min(1).max(1000),
  source: words(20),
  original: z.string().nullable().catch(null),
  format: words(60).transform((format) => format ?? ''),
  size: numberBetween(0, 1e15),
  height: integerBetween(1, 20_000),
  length: words(30).transform(secondsOf),
  btih: z
    .string()
    .regex(/^[0-9a-f]{40}$/iu)
    .nullable()
    .catch(null),
  private: anything.transform((value) => value === 'true' || value === true),
});
export type ArchiveFile = z.infer<typeof archiveFile>;

/** An item; `{}` where there is none. https://archive.org/developers/md-read.html */
export const itemAnswer = z.object({
  metadata: z
    .object({ ...facts, mediatype: first(words(50)), 'access-restricted-item': first(words(10)) })
    .optional(),
  files: listOf(archiveFile),
});
export type ArchiveItem = z.infer<typeof itemAnswer>;

/** Seconds in `1:35:30`, `95:30`, `5730.4` or `95 min`; null where it says none. */
export function secondsOf(text: string | null): number | null {
  const minutes = /^(\d{1,4})\s*min/iu.exec(text ?? '');
  if (minutes) return Number(minutes[1]) * 60;
  if (!/^\d{1,6}(?::\d{1,2}){0,2}(?:\.\d+)?$/u.test(text ?? '')) return null;
  const seconds = (text ?? '').split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  return seconds > 0 && seconds <= 1_000_000 ? seconds : null;
}
