import { buildRequest, type Route, type RouteCall, type RouteReply } from '../../contract/src/route.js';
import { type Problem, problemSchema } from '../../contract/src/problem.js';

type Refusal = { status: number; problem: Problem };

/** A typed client: every call goes through the contract's routes, and every answer through their schemas. */
export class Client {
  /** Sent with every request, when set. */
  accessToken: string | undefined;

  constructor(readonly baseUrl: string) {}

  /** A client of the same server that is somebody else. */
  as(accessToken: string | undefined): Client {
    const other = new Client(this.baseUrl);
    other.accessToken = accessToken;
    return other;
  }

  /** The parsed answer; anything but the route's success status throws with what the server said. */
  async call<R extends Route>(route: R, ...[input]: OptionalInput<R>): Promise<RouteReply<R>> {
    const response = await this.send(route, input as Record<string, unknown> | undefined);
    const expected = route.status ?? (route.reply ? 200 : 204);
    const text = await response.text();
    if (response.status !== expected) {
      throw new Error(`${route.method} ${route.path}: ${response.status} instead of ${expected}: ${text}`);
    }
    // The reply type of a route without a schema is void.
    return (route.reply ? route.reply.parse(JSON.parse(text)) : undefined) as RouteReply<R>;
  }

  /** The problem of a request that must fail; a success throws. Takes any input: that is the point. */
  async refused(route: Route, input: Record<string, unknown> = {}): Promise<Refusal> {
    const response = await this.send(route, input);
    const text = await response.text();
    if (response.ok) throw new Error(`${route.method} ${route.path} succeeded: ${text}`);
    if (!response.headers.get('content-type')?.startsWith('application/problem+json')) {
      throw new Error(`${route.method} ${route.path}: ${response.status} without a problem: ${text}`);
    }
    return { status: response.status, problem: problemSchema.parse(JSON.parse(text)) };
  }

  send(route: Route, input?: Record<string, unknown>): Promise<Response> {
    const { method, url, body } = buildRequest(route, input);
    return this.fetch(url, {
      method,
      ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
  }

  /** Any request at all, with the token. */
  fetch(path: string, options: RequestInit = {}): Promise<Response> {
    const headers = new Headers(options.headers);
    if (this.accessToken) headers.set('authorization', `Bearer ${this.accessToken}`);
    return fetch(new URL(path, this.baseUrl), { ...options, headers });
  }
}

type OptionalInput<R extends Route> =
  Partial<RouteCall<R>> extends RouteCall<R> ? [RouteCall<R>?] : [RouteCall<R>];
