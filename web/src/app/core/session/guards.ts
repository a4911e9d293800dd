import { inject } from '@angular/core';
import { type CanActivateFn, type CanMatchFn, RedirectCommand, Router } from '@angular/router';
import { systemRoutes } from '@hearth/contract/system';
import { Api } from '../api/api';
import { paths } from '../paths';
import { Session } from './session';

/** Signed-in people only; a server that nobody has set up yet leads to its set-up. */
export const memberGuard: CanActivateFn = async (_route, state) => {
  const session = inject(Session);
  const router = inject(Router);
  if (session.signedIn()) return true;
  const info = await inject(Api)
    .call(systemRoutes.info)
    // Unreachable: the sign-in page says so and waits.
    .catch(() => undefined);
  const target = info && !info.setupCompleted ? paths.setup() : paths.login(state.url);
  return new RedirectCommand(router.parseUrl(target), { replaceUrl: true });
};

/** Administrators only; for others the address does not exist. The server decides again on every call. */
export const adminMatch: CanMatchFn = () => inject(Session).isAdmin();

/** Sign-in is for those who are not signed in; the set-up only for a server without an administrator. */
export const setupGuard: CanActivateFn = async () => {
  const router = inject(Router);
  const info = await inject(Api)
    .call(systemRoutes.info)
    .catch(() => undefined);
  return info?.setupCompleted ? router.parseUrl(paths.home()) : true;
};
