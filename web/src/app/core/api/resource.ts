import { httpResource, type HttpResourceRef } from '@angular/common/http';
import {
  computed,
  effect,
  inject,
  linkedSignal,
  signal,
  type Signal,
  untracked,
  type WritableSignal,
} from '@angular/core';
import { type Route, type RouteCall, type RouteReply } from '@hearth/contract/route';
import { onRestored } from '../connection';
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
  /** True while a request is under way or about to be, also when `value` already shows something. */
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
  const url = computed(() => {
    const given = input();
    return given === undefined ? undefined : requestOf(route, given).url;
  });
  const remote = httpResource<RouteReply<R>>(
    () => {
      const address = url();
      return address === undefined ? undefined : { url: address, context: contextOf(route) };
    },
    { parse: (reply) => parseReply(route, reply) },
  );
  const value = remembered<RouteReply<R>>(
    url,
    computed(() => (remote.hasValue() ? remote.value() : undefined)),
  );
  const problem = computed(() => {
    const error = remote.error();
    return error === undefined ? undefined : toProblem(error);
  });
  const { wanted, reload } = rereading(remote);
  onRestored(reload);
  return {
    value: value.asReadonly(),
    problem,
    loading: computed(() => wanted() || remote.isLoading()),
    reload,
    update: (change) => {
      const current = untracked(value);
      if (current !== undefined) value.set(change(current));
    },
  };
}

/** What reads anew; where a reply is on its way, which may be older than why it is asked for again, once more after it. */
function rereading(remote: HttpResourceRef<unknown>): { wanted: Signal<boolean>; reload: () => void } {
  const wanted = signal(false);
  effect(() => {
    if (!wanted() || remote.isLoading()) return;
    wanted.set(false);
    untracked(() => remote.reload());
  });
  return { wanted, reload: () => wanted.set(true) };
}

/** `fresh`, or what was last seen under the same address while it is on its way; remembers every fresh reply. */
function remembered<T>(
  url: Signal<string | undefined>,
  fresh: Signal<T | undefined>,
): WritableSignal<T | undefined> {
  const cache = inject(ReplyCache);
  effect(() => {
    const reply = fresh();
    const address = untracked(url);
    if (reply !== undefined && address !== undefined) cache.set(address, reply);
  });
  return linkedSignal<{ url: string | undefined; fresh: T | undefined }, T | undefined>({
    source: () => ({ url: url(), fresh: fresh() }),
    computation: ({ url, fresh }, previous) => {
      if (fresh !== undefined || url === undefined) return fresh;
      if (previous?.source.url === url && previous.value !== undefined) return previous.value;
      // Only this function writes into the cache, under the route's own URL, so what comes out is this route's reply.
      return cache.get(url) as T | undefined;
    },
  });
}
