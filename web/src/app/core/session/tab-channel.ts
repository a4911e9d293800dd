import { Injectable } from '@angular/core';
import { account, type Account } from '@hearth/contract/account';

/** An access token and whose it is. */
export interface Grant {
  readonly accessToken: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
  readonly user: Account;
}

/** Carries new grants (and `null` for "signed out") between the tabs of one browser. Same origin only. */
@Injectable({ providedIn: 'root' })
export class TabChannel {
  readonly #channel =
    typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('hearth.session');

  send(grant: Grant | null): void {
    this.#channel?.postMessage(grant);
  }

  onMessage(take: (grant: Grant | null) => void): void {
    this.#channel?.addEventListener('message', (event: MessageEvent<unknown>) => {
      const grant = parseGrant(event.data);
      if (grant !== undefined) take(grant);
    });
  }
}

/** Another version of the app may be open in the other tab: look before trusting. */
function parseGrant(data: unknown): Grant | null | undefined {
  if (data === null) return null;
  if (typeof data !== 'object' || !('accessToken' in data) || !('expiresAt' in data) || !('user' in data))
    return undefined;
  const { accessToken, expiresAt } = data;
  const user = account.safeParse(data.user);
  if (typeof accessToken !== 'string' || typeof expiresAt !== 'number' || !user.success) return undefined;
  return { accessToken, expiresAt, user: user.data };
}
