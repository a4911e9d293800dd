import { HttpClient } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import { type Route, type RouteCall, type RouteReply } from '@hearth/contract/route';
import { firstValueFrom } from 'rxjs';
import { contextOf } from './context';
import { parseReply } from './parse';
import { requestOf } from './request';

export interface CallOptions {
  /** The browser finishes the request even if the page is left meanwhile. */
  readonly keepalive?: boolean;
}

/** Calls one route of the contract: for writes, and for reads outside a template (`resource()` is for the others). */
@Injectable({ providedIn: 'root' })
export class Api {
  readonly #http = inject(HttpClient);

  /** Rejects with an `ApiProblem`. */
  async call<R extends Route>(
    route: R,
    ...[input, options]: object extends RouteCall<R>
      ? [RouteCall<R>?, CallOptions?]
      : [RouteCall<R>, CallOptions?]
  ): Promise<RouteReply<R>> {
    const { method, url, body } = requestOf(route, input);
    const reply = await firstValueFrom(
      this.#http.request<unknown>(method, url, {
        body,
        context: contextOf(route),
        keepalive: options?.keepalive,
      }),
    );
    return parseReply(route, reply);
  }

  /** The same with a form, for what is uploaded. Rejects with an `ApiProblem`. */
  async upload<R extends Route>(route: R, form: FormData): Promise<RouteReply<R>> {
    const { method, path: url } = route;
    const options = { body: form, context: contextOf(route) };
    return parseReply(route, await firstValueFrom(this.#http.request<unknown>(method, url, options)));
  }

  /** The bytes that a route answers with. Rejects with an `ApiProblem`. */
  async bytes<R extends Route>(route: R, input: RouteCall<R>): Promise<Blob> {
    const { method, url, body } = requestOf(route, input);
    const options = { body, context: contextOf(route), responseType: 'blob' } as const;
    return firstValueFrom(this.#http.request(method, url, options));
  }
}
