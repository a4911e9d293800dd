import { z } from 'zod';
import type { AnswerLifetime } from '../provider.js';

const seconds = z.number().min(0).optional().catch(undefined);
const said = z
  .object({ cacheMaxAge: seconds, staleRevalidate: seconds, staleError: seconds })
  .catch({ cacheMaxAge: undefined, staleRevalidate: undefined, staleError: undefined });

/** How long an answer holds: as its body says, or its `Cache-Control` (RFC 9111, RFC 5861). */
export function lifetimeOf(document: unknown, header: string | string[] | undefined): AnswerLifetime {
  const body = said.parse(document);
  const line = [header ?? ''].flat().join(',');
  const of = (name: string): number | undefined => {
    const [, value] = new RegExp(`(?:^|[,\\s])${name}\\s*=\\s*"?(\\d{1,9})`, 'i').exec(line) ?? [];
    return value === undefined ? undefined : Number(value);
  };
  const isNotKept = /(?:^|[,\s])no-(?:store|cache)\b/i.test(line);
  const fresh = body.cacheMaxAge ?? (isNotKept ? 0 : of('max-age'));
  const whileRevalidating = body.staleRevalidate ?? of('stale-while-revalidate');
  const ifError = body.staleError ?? of('stale-if-error');
  return {
    ...(fresh !== undefined && { fresh }),
    ...(whileRevalidating !== undefined && { whileRevalidating }),
    ...(ifError !== undefined && { ifError }),
  };
}
