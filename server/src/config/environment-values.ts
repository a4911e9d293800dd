import { z } from 'zod';

/** Empty values, as compose files leave them, count as not set. */
export const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => value || undefined, schema.optional());

/** Undefined where nothing is said. */
export const maybeOn = optional(z.enum(['true', 'false', '1', '0', 'on', 'off'])).transform((value) =>
  value === undefined ? undefined : ['true', '1', 'on'].includes(value),
);

export const onOff = (standard: boolean) => maybeOn.transform((value) => value ?? standard);

/** A whole number between two bounds. */
export const count = (least: number, most: number) => optional(z.coerce.number().int().min(least).max(most));

/** `a, b` as a list without empty entries. */
export const words = (list: string): string[] =>
  list
    .split(',')
    .map((word) => word.trim())
    .filter(Boolean);
