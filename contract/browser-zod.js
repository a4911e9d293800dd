/**
 * What the contract uses of zod, for bundlers (see "browser" in package.json). `import { z } from 'zod'` brings every
 * schema type and 50 languages along, 95 kB gzipped; this brings 30. A missing name here fails the web build's tests.
 */
import {
  array,
  boolean,
  discriminatedUnion,
  enum as enumeration,
  int,
  iso,
  literal,
  looseObject,
  number,
  object,
  coerce,
  config,
  record,
  string,
  union,
  unknown,
  url,
} from 'zod/v4';

// Before any schema is made: zod otherwise probes `new Function`, which a strict content security policy reports as a
// violation. Here, because a bundler may run the chunk with the schemas before the application's first line.
config({ jitless: true });

export const z = {
  array,
  boolean,
  coerce: { number: coerce.number },
  discriminatedUnion,
  enum: enumeration,
  int,
  iso: { date: iso.date, datetime: iso.datetime },
  literal,
  looseObject,
  number,
  object,
  record,
  string,
  union,
  unknown,
  url,
};
