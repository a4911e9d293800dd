import type { z } from 'zod';

/**
 * Who may call a route. `public`: anyone. `signed`: whoever holds an unexpired URL signed by the server
 * (media elements cannot send headers). `ticket`: the same, where the `:ticket` in the path is what is signed, so that
 * relative addresses in a playlist stay signed. `member`: any signed-in account. `member-or-signed`: the same, or
 * whoever holds a signed URL: clients and media elements fetch the same bytes. `admin`: administrators.
 */
export type Access = 'public' | 'signed' | 'ticket' | 'member' | 'member-or-signed' | 'admin';
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** One HTTP route: the only place its path, rights and shapes are written down. */
export interface Route<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Reply extends z.ZodType = z.ZodType,
> {
  readonly method: Method;
  /** Path with `:name` parameters, from the server's root. */
  readonly path: string;
  readonly access: Access;
  /** One line for the API reference. */
  readonly summary: string;
  /** Success status; 200 unless said, 204 where there is no reply. */
  readonly status?: number;
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: Body;
  readonly reply?: Reply;
  /** Field of a form (`multipart/form-data`) that takes a file instead of the body; its other fields are the body's. */
  readonly upload?: string;
  /** Media type of a reply that is not JSON. */
  readonly produces?: string;
}

type Parsed<S> = S extends z.ZodType ? z.output<S> : unknown;
type Given<S> = S extends z.ZodType ? z.input<S> : unknown;
type Field<R, K extends string> = R extends { readonly [P in K]: infer S } ? S : undefined;

/** What a handler receives: parameters, query and body, parsed and merged. */
export type RouteInput<R> = Parsed<Field<R, 'params'>> & Parsed<Field<R, 'query'>> & Parsed<Field<R, 'body'>>;
/** What a caller gives: the same, before defaults and coercion. */
export type RouteCall<R> = Given<Field<R, 'params'>> & Given<Field<R, 'query'>> & Given<Field<R, 'body'>>;
/** What a caller gets back. */
export type RouteReply<R> = Field<R, 'reply'> extends z.ZodType ? z.output<Field<R, 'reply'>> : void;

/** Keeps the literal types of a route definition. */
export function defineRoute<const R extends Route>(route: R): R {
  return route;
}

/** A request ready for `fetch` or `HttpClient`: the path filled in, the query appended, the body apart. */
export interface RequestParts {
  readonly method: Method;
  readonly url: string;
  readonly body?: Record<string, unknown>;
}

/** Splits flat input into path, query string and body as the route declares them. */
export function buildRequest(route: Route, input: Record<string, unknown> = {}): RequestParts {
  const names = new Set([...route.path.matchAll(/:(\w+)/g)].map((match) => match[1]));
  const path = route.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(input[name])));
  const rest = Object.entries(input).filter(([key, value]) => !names.has(key) && value !== undefined);
  if (route.body) return { method: route.method, url: path, body: Object.fromEntries(rest) };
  const query = new URLSearchParams();
  for (const [key, value] of rest) for (const item of [value].flat()) query.append(key, String(item));
  return { method: route.method, url: query.size > 0 ? `${path}?${query}` : path };
}
