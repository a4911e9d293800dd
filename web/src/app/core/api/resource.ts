import { httpResource } from '@angular/common/http';
import { computed, effect, inject, linkedSignal, type Signal, untracked } from '@angular/core';
import { type Route, type RouteCall, type RouteReply } from '@hearth/contract/route';
import { Connection } from '../connection';
import { contextOf } from './context';
import { parseReply } from './parse';
import { type ApiProblem, toProblem } from './problem';
import { ReplyCache } from './reply-cache';
import { requestOf } from './request';

/** A read in a template: nothing here throws. */
export interface Reading<T> {
  /** The newest reply, or the one remembered for this very request while the newest is on its way. */
  readonly value: Signal<T | undefined>;
  /** Why there is no fresh reply. */
  readonly problem: Signal<ApiProblem | undefined>;
  /** True while a request is under way, also when `value` already shows something. */
  readonly loading: Signal<boolean>;
  reload(): void;
  /** An optimistic write into what is shown; `reload()` brings the truth. */
  update(change: (value: T) => T): void;
}

/**
 * Reads `route` whenever `input()` changes; `undefined` means "not yet". Call it where injection works (a field).
 * A changed input cancels the request before it.
 */
export function resource<R extends Route>(
  route: R,
  input: () => RouteCall<R> | undefined,
): Reading<RouteReply<R>> {
  type Reply = RouteReply<R>;
  const cache = inject(ReplyCache);
  const connection = inject(Connection);
  const url = computed(() => {
    const given = input();
    return given === undefined ? undefined : requestOf(route, given).url;
  });
  const remote = httpResource<Reply>(
    () => {
      const address = url();
      return address === undefined ? undefined : { url: address, context: contextOf(route) };
    },
    { parse: (reply) => parseReply(route, reply) },
  );
  const fresh = computed(() => (remote.hasValue() ? remote.value() : undefined));
  // Only `resource` writes into the cache, under the route's own URL, so what comes out is this route's reply.
  const value = linkedSignal<{ url: string | undefined; fresh: Reply | undefined }, Reply | undefined>({
    source: () => ({ url: url(), fresh: fresh() }),
    computation: ({ url, fresh }, previous) => {
      if (fresh !== undefined) return fresh;
      if (url === undefined) return undefined;
      return previous?.source.url === url && previous.value !== undefined
        ? previous.value
        : (cache.get(url) as Reply | undefined);
    },
  });
  effect(() => {
    const reply = fresh();
    const address = untracked(url);
    if (reply !== undefined && address !== undefined) cache.set(address, reply);
  });
  const problem = computed(() => {
    const error = remote.error();
    return error === undefined ? undefined : toProblem(error);
  });
  let lastRestored = connection.restored();
  effect(() => {
    const restored = connection.restored();
    if (restored === lastRestored) return;
    lastRestored = restored;
    untracked(() => remote.reload());
  });
  return {
    value: value.asReadonly(),
    problem,
    loading: remote.isLoading,
    reload: () => void remote.reload(),
    update: (change) => {
      const current = untracked(value);
      if (current !== undefined) value.set(change(current));
    },
  };
}
