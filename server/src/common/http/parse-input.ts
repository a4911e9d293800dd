import type { Route } from '@hearth/contract/route';
import type { z } from 'zod';
import { ProblemError } from '../problem-error.js';

interface RawRequest {
  params: unknown;
  query: unknown;
  body: unknown;
}

/** PostgreSQL cannot store U+0000, and no name, path or search has a use for it. */
function holdsNul(given: unknown): boolean {
  // By a list and not by recursion: a body may be nested deeper than the stack.
  const pending = [given];
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    if (typeof value === 'string' && value.includes('\0')) return true;
    if (typeof value !== 'object' || value === null) continue;
    for (const part of Object.values(value)) if (part !== undefined) pending.push(part);
  }
  return false;
}

function parsePart(
  schema: z.ZodType | undefined,
  value: unknown,
  errors: { path: string; message: string }[],
) {
  if (!schema) return {};
  if (holdsNul(value)) {
    errors.push({ path: '', message: 'the character U+0000 is not allowed' });
    return {};
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data as object;
  for (const issue of result.error.issues.slice(0, 20)) {
    errors.push({ path: issue.path.join('.'), message: issue.message });
  }
  return {};
}

/**
 * Merges what the route declares out of a request; what it does not declare is dropped.
 * @throws ProblemError VALIDATION_FAILED with all faults at once
 */
export function parseInput(route: Route, request: RawRequest): object {
  const errors: { path: string; message: string }[] = [];
  const input = {
    ...parsePart(route.query, request.query ?? {}, errors),
    ...parsePart(route.body, request.body ?? undefined, errors),
    ...parsePart(route.params, request.params ?? {}, errors),
  };
  if (errors.length > 0) {
    const detail = errors.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join('; ');
    throw new ProblemError('VALIDATION_FAILED', { detail, errors });
  }
  return input;
}
