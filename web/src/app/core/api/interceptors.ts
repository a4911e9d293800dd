import { type HttpInterceptorFn } from '@angular/common/http';
import { inject } from '@angular/core';
import { catchError, from, switchMap, tap, throwError } from 'rxjs';
import { Connection } from '../connection';
import { Session } from '../session/session';
import { AUTHENTICATED } from './context';
import { toProblem } from './problem';

/** Adds the access token, and trades it for a new one once when the server no longer takes it. */
export const authInterceptor: HttpInterceptorFn = (request, next) => {
  if (!request.context.get(AUTHENTICATED)) return next(request);
  const session = inject(Session);
  const send = (token: string) => next(request.clone({ setHeaders: { Authorization: `Bearer ${token}` } }));
  return from(session.token()).pipe(
    switchMap((token) =>
      send(token).pipe(
        catchError((error: unknown) => {
          if (toProblem(error).status !== 401) return throwError(() => error);
          return from(session.renew(token)).pipe(switchMap(send));
        }),
      ),
    ),
  );
};

/** Maps failures to `ApiProblem` and tells the connection whether the server could be reached. */
export const problemInterceptor: HttpInterceptorFn = (request, next) => {
  const connection = inject(Connection);
  return next(request).pipe(
    tap({ next: () => connection.reached() }),
    catchError((error: unknown) => {
      const problem = toProblem(error, `${request.method} ${request.url}`);
      if (problem.code === 'NETWORK') connection.lost();
      else connection.reached();
      return throwError(() => problem);
    }),
  );
};
