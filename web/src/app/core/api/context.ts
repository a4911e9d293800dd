import { HttpContext, HttpContextToken } from '@angular/common/http';
import type { Route } from '@hearth/contract/route';

/** Whether a request carries the access token; off for public routes, refresh itself among them. */
export const AUTHENTICATED = new HttpContextToken<boolean>(() => false);

/** The context of a request to `route`. */
export function contextOf(route: Pick<Route, 'access'>): HttpContext {
  return new HttpContext().set(AUTHENTICATED, route.access === 'member' || route.access === 'admin');
}
