import { inject, Injectable, Injector, runInInjectionContext } from '@angular/core';
import type { PreloadingStrategy, Route } from '@angular/router';
import { EMPTY, Observable, switchMap, tap } from 'rxjs';

const whenIdle = new Observable<void>((observer) => {
  const begin = (): void => {
    observer.next();
    observer.complete();
  };
  // Safari has no `requestIdleCallback`.
  if (!('requestIdleCallback' in globalThis)) {
    const timer = setTimeout(begin, 1000);
    return () => clearTimeout(timer);
  }
  const request = requestIdleCallback(begin);
  return () => cancelIdleCallback(request);
});

const isTask = (value: unknown): value is () => void => typeof value === 'function';

/**
 * Fetches the code of routes with `data: { soon: prepare }` while nothing else is to do, and calls `prepare` where
 * injection works: going there waits for nothing.
 */
@Injectable({ providedIn: 'root' })
export class IdlePreloading implements PreloadingStrategy {
  readonly #injector = inject(Injector);

  preload(route: Route, load: () => Observable<unknown>): Observable<unknown> {
    const prepare: unknown = route.data?.['soon'];
    if (!isTask(prepare)) return EMPTY;
    return whenIdle.pipe(
      switchMap(load),
      tap(() => runInInjectionContext(this.#injector, prepare)),
    );
  }
}
