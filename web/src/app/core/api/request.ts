import { buildRequest, type RequestParts, type Route } from '@hearth/contract/route';

/** The request for `route`; `input` is the route's own `RouteCall`, which generic code can't take apart by type. */
export function requestOf(route: Route, input: unknown): RequestParts {
  const fields = typeof input === 'object' && input !== null ? Object.entries(input) : [];
  return buildRequest(route, Object.fromEntries(fields));
}
