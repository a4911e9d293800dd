import { z } from 'zod';

// Shapes for what services send: what is missing or makes no sense is null, an entry that cannot be read is left out, and
// the rest of the answer is kept.

/** Anything, or nothing. */
export const anything = z.unknown().optional();

/** One line of at most `longest` characters; numbers count as text, an empty text as none. */
export const words = (longest: number) =>
  anything.transform((value) => {
    if (typeof value !== 'string' && typeof value !== 'number') return null;
    const line = plainText(String(value)).replace(/\s+/gu, ' ').trim();
    return line.slice(0, longest) || null;
  });

/** Paragraphs without markup; services send HTML here and there. */
export const prose = anything.transform((value) =>
  typeof value === 'string' ? plainText(value).trim().slice(0, 10_000) || null : null,
);

/** A number within bounds, also one that came as text. */
export const numberBetween = (least: number, most: number) =>
  anything.transform((value) => {
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    return typeof number === 'number' && number >= least && number <= most ? number : null;
  });

export const integerBetween = (least: number, most: number) =>
  numberBetween(least, most).transform((number) => (Number.isInteger(number) ? number : null));

/** An http(s) address. */
export const webAddress = anything.transform((value) => {
  if (typeof value !== 'string' || value.length > 4000) return null;
  const url = URL.parse(value.startsWith('//') ? `https:${value}` : value);
  return url && /^https?:$/u.test(url.protocol) ? url.href : null;
});

/** The first year in a date or a text. */
export const year = anything.transform((value) => {
  const found = /\b(?:18|19|20|21)\d\d\b/u.exec(typeof value === 'number' ? String(value) : asText(value));
  return found ? Number(found[0]) : null;
});

/** `YYYY-MM-DD`, cut off a longer timestamp. */
export const day = anything.transform((value) => /^\d{4}-\d{2}-\d{2}/u.exec(asText(value))?.[0] ?? null);

const readable =
  <S extends z.ZodType>(entry: S) =>
  (values: readonly unknown[]): z.output<S>[] =>
    values.flatMap((value) => {
      const read = entry.safeParse(value);
      return read.success ? [read.data] : [];
    });

/** What of a list can be read; anything else is an empty one. */
export const listOf = <S extends z.ZodType>(entry: S) =>
  anything.transform((value) => readable(entry)(Array.isArray(value) ? value : []));

/** The same of a list without which an answer is none. */
export const wholeListOf = <S extends z.ZodType>(entry: S) => z.array(z.unknown()).transform(readable(entry));

/** An object, or null. */
export const maybe = <S extends z.ZodType>(shape: S) => shape.nullable().catch(null);

const asText = (value: unknown): string => (typeof value === 'string' ? value : '');

const entities: Readonly<Record<string, string>> = {
  amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ',
}; // prettier-ignore

/** Text without tags; paragraphs stay apart. */
export function plainText(html: string): string {
  return html
    .replaceAll(/<(?:br|\/p|\/div|\/li)\b[^>]*>/giu, '\n')
    .replaceAll(/<\/?[a-z][^>]*>/giu, '')
    .replaceAll(/&(#x?[0-9a-f]{1,6}|[a-z]{1,8});/giu, (whole, name: string) => {
      if (!name.startsWith('#')) return entities[name.toLowerCase()] ?? whole;
      const code = /^#x/iu.test(name) ? parseInt(name.slice(2), 16) : Number(name.slice(1));
      return code > 31 && code < 0x11_0000 ? String.fromCodePoint(code) : whole;
    })
    .replaceAll(/\n{3,}/gu, '\n\n');
}
