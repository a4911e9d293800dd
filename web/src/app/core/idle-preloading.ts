import { Injectable } from '@angular/core';
import type { PreloadingStrategy, Route } from '@angular/router';
import { EMPTY, Observable, switchMap } from 'rxjs';

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

/** Fetches the code of routes marked `data: { soon: true }` while nothing else is to do, so that going there waits for nothing. */
@Injectable({ providedIn: 'root' })
export class IdlePreloading implements PreloadingStrategy {
  preload(route: Route, load: () => Observable<unknown>): Observable<unknown> {
    return route.data?.['soon'] === true ? whenIdle.pipe(switchMap(load)) : EMPTY;
  }
}
