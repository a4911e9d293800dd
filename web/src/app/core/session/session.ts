import { computed, DOCUMENT, inject, Injectable, Injector, signal } from '@angular/core';
import { Router } from '@angular/router';
import {
  account,
  accountRoutes,
  type Account,
  type Preferences,
  type Tokens,
} from '@hearth/contract/account';
import { Api } from '../api/api';
import { ApiProblem, toProblem } from '../api/problem';
import { ReplyCache } from '../api/reply-cache';
import { paths } from '../paths';
import { readStored, store } from '../storage';
import { type Grant, TabChannel } from './tab-channel';
import { withTabLock } from './tab-lock';

/** A token this close to its end (ms) is renewed before it is used. */
const marginMs = 20_000;
const accountKey = 'hearth.account';

/**
 * Who is signed in. The access token lives in memory alone; the refresh token is an HttpOnly cookie that no script
 * sees. What storage keeps is the account's name and role, so that the first frame is right; the server decides rights.
 */
@Injectable({ providedIn: 'root' })
export class Session {
  readonly #injector = inject(Injector);
  readonly #cache = inject(ReplyCache);
  readonly #location = inject(DOCUMENT).location;
  readonly #tabs = inject(TabChannel);
  readonly #account = signal<Account | null>(readStored(accountKey, account) ?? null);
  readonly #grant = signal<Grant | null>(null);
  #renewal: Promise<string> | undefined;

  readonly user = this.#account.asReadonly();
  readonly signedIn = computed(() => this.#account() !== null);
  readonly isAdmin = computed(() => this.#account()?.role === 'admin');

  constructor() {
    this.#tabs.onMessage((message) => (message === null ? this.#expire() : this.#take(message)));
  }

  /** A usable access token; waits for a renewal if there is none. Rejects with an `ApiProblem`. */
  async token(): Promise<string> {
    const grant = this.#grant();
    if (grant && grant.expiresAt - marginMs > Date.now()) return grant.accessToken;
    return this.renew(grant?.accessToken);
  }

  /** Trades `used`, which is no longer good, for a new token: once for all callers and all tabs. */
  renew(used?: string): Promise<string> {
    this.#renewal ??= withTabLock('hearth.refresh', () => this.#refresh(used)).finally(() => {
      this.#renewal = undefined;
    });
    return this.#renewal;
  }

  /** After signing in, setting up or accepting an invitation. */
  accept(tokens: Tokens): void {
    if (tokens.user.id !== this.#account()?.id) this.#cache.clear();
    const grant = {
      accessToken: tokens.accessToken,
      expiresAt: Date.now() + tokens.expiresIn * 1000,
      user: tokens.user,
    };
    this.#take(grant);
    this.#tabs.send(grant);
  }

  /** After preferences changed. */
  replaceUser(user: Account): void {
    this.#account.set(user);
    store(accountKey, user);
  }

  /** Saves preferences and shows the change at once; rejects (and undoes) when the server refuses. */
  async prefer(preferences: Partial<Preferences>): Promise<void> {
    const before = this.#account();
    if (!before) return;
    this.replaceUser({ ...before, preferences: { ...before.preferences, ...preferences } });
    try {
      this.replaceUser(await this.#api().call(accountRoutes.updateMe, { preferences }));
    } catch (error) {
      this.replaceUser(before);
      throw error;
    }
  }

  /** Ends the session here and in this browser's other tabs. */
  async signOut(): Promise<void> {
    await this.#api()
      .call(accountRoutes.logout)
      .catch((error: unknown) => {
        // Already ended on the server: the goal is reached.
        if (toProblem(error).status !== 401) throw error;
      });
    this.#tabs.send(null);
    this.#forget();
    await this.#router().navigateByUrl(paths.login());
  }

  async #refresh(used: string | undefined): Promise<string> {
    const grant = this.#grant();
    // Another tab renewed while this one waited for the lock.
    if (grant && grant.accessToken !== used && grant.expiresAt - marginMs > Date.now())
      return grant.accessToken;
    try {
      // The cookie in the reply must arrive even if the page is left now: the old one is used up, and showing it
      // again would end the session.
      const tokens = await this.#api().call(accountRoutes.refresh, { cookie: true }, { keepalive: true });
      this.accept(tokens);
      return tokens.accessToken;
    } catch (error) {
      const problem = toProblem(error);
      if (problem.status === 401 || problem.status === 403) this.#expire();
      throw problem.status === 401 ? new ApiProblem('UNAUTHENTICATED', 401, problem.detail) : problem;
    }
  }

  #expire(): void {
    const back = this.#router().url;
    this.#forget();
    const here = back === '/' ? this.#location.pathname + this.#location.search : back;
    if (!here.startsWith(paths.login())) void this.#router().navigateByUrl(paths.login(here));
  }

  #take(grant: Grant): void {
    this.#grant.set(grant);
    this.replaceUser(grant.user);
  }

  #forget(): void {
    this.#grant.set(null);
    this.#account.set(null);
    this.#cache.clear();
    store(accountKey, null);
  }

  // Both need the interceptors, which need this service: asked for when used, not when built.
  #api(): Api {
    return this.#injector.get(Api);
  }

  #router(): Router {
    return this.#injector.get(Router);
  }
}
