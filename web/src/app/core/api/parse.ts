import type { Route, RouteReply } from '@hearth/contract/route';
import { ApiProblem } from './problem';

/** The reply as the route promises it; a reply of another shape is a `CONTRACT` problem. */
export function parseReply<R extends Route>(route: R, reply: unknown): RouteReply<R> {
  if (!route.reply) return undefined as RouteReply<R>;
  const parsed = route.reply.safeParse(reply);
  // The schema is the route's own, so its output is the route's reply: TypeScript can't follow that through `R`.
  if (parsed.success) return parsed.data as RouteReply<R>;
  const where = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).slice(0, 5);
  throw new ApiProblem('CONTRACT', 0, where.join('\n'), [], undefined, `${route.method} ${route.path}`);
}
