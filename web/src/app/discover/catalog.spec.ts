import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { NavigationEnd, provideRouter, Router, withComponentInputBinding } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { catalog } from '@hearth/contract/provider-manifest';
import { filter, firstValueFrom } from 'rxjs';
import { problemInterceptor } from '../core/api/interceptors';
import { aFoundItem } from '../core/found/testing/a-found-item';
import { Session } from '../core/session/session';
import { discoverRoutes } from './discover.routes';

const genres = ['Drama', 'War'].map((id) => ({ id, label: id }));
const films = catalog.parse({
  ...{ type: 'movie', id: 'films', name: 'Films' },
  extra: [
    { name: 'genre', label: 'Genre', type: 'select', options: genres },
    { name: 'id' },
    { name: 'catalogId' },
    { name: 'cursor' },
    { name: 'silent', label: 'Silent', type: 'toggle', default: 'true' },
  ],
});
const find = catalog.parse({
  ...{ type: 'movie', id: 'find', name: 'Find' },
  extra: [{ name: 'search', label: 'Title', isRequired: true }],
});

beforeAll(() => {
  // jsdom knows no popovers, lays nothing out and scrolls nowhere.
  HTMLElement.prototype.hidePopover = () => undefined;
  Object.defineProperty(HTMLElement.prototype, 'clientWidth', { get: () => 1000, configurable: true });
  window.scrollTo = () => undefined;
});

async function open(address: string) {
  TestBed.configureTestingModule({
    providers: [
      provideHttpClient(withInterceptors([problemInterceptor])),
      provideHttpClientTesting(),
      provideRouter([{ path: 'discover', children: discoverRoutes }], withComponentInputBinding()),
      { provide: Session, useValue: { user: () => null, signedIn: () => true, isAdmin: () => false } },
    ],
  });
  const harness = await RouterTestingHarness.create(address);
  const http = TestBed.inject(HttpTestingController);
  const router = TestBed.inject(Router);
  const settle = async () => {
    harness.detectChanges();
    for (let turn = 0; turn < 10; turn++) await Promise.resolve();
    harness.detectChanges();
  };
  await settle();
  http.expectOne('/api/providers/p1/catalogs').flush({ items: [films, find] });
  await settle();
  const host = harness.routeNativeElement;
  const press = async (name: string) => {
    [...(host?.querySelectorAll('button') ?? [])].find((one) => one.textContent.trim() === name)?.click();
    await settle();
  };
  /** The same with a filter, which goes into the address. */
  const choose = async (name: string) => {
    const arrived = firstValueFrom(router.events.pipe(filter((event) => event instanceof NavigationEnd)));
    await press(name);
    await arrived;
    await settle();
  };
  /** The list is asked for as said. */
  const asked = (query: string) => http.expectOne(`/api/providers/p1/catalogs/movie/films${query}`);
  return { harness, http, settle, host, press, choose, asked, router };
}

test('the first list is read as its provider begins; a filter goes into the address and the question', async () => {
  const { asked, settle, choose, router } = await open('/discover/p1');
  asked('?filter.silent=true').flush({ items: [aFoundItem('a')], nextCursor: null });
  await settle();
  await choose('War');
  expect(router.url).toBe('/discover/p1?filter.genre=War');
  asked('?filter.genre=War&filter.silent=true').flush({ items: [], nextCursor: null });
  await settle();
  await choose('Silent');
  expect(router.url).toBe('/discover/p1?filter.genre=War&filter.silent=');
  asked('?filter.genre=War').flush({ items: [], nextCursor: null });
});

test('what the address says holds, but for what nobody offers', async () => {
  const { asked } = await open('/discover/p1/movie/films?filter.genre=Nonsense&other=1&filter.silent=');
  asked('');
});

test('a filter may be called as the path’s own parameters are', async () => {
  const { asked, settle, http } = await open(
    '/discover/p1?filter.catalogId=x&filter.id=y&filter.cursor=z&filter.silent=',
  );
  asked('?filter.id=y&filter.catalogId=x&filter.cursor=z').flush({
    items: [aFoundItem('a')],
    nextCursor: '2',
  });
  await settle();
  http.expectOne(({ url }) => url.endsWith('films?filter.id=y&filter.catalogId=x&filter.cursor=z&cursor=2'));
});

test('a list that must know what to look for says what it needs, and is not asked before', async () => {
  const { host, http } = await open('/discover/p1/movie/find');
  expect(host?.textContent).toContain('Set “Title” first');
  http.expectNone(({ url }) => url.includes('/catalogs/movie/find'));
});

test('the wall goes on page by page; a page that brings nothing new is the last', async () => {
  const { asked, settle, http } = await open('/discover/p1/movie/films?filter.silent=');
  asked('').flush({ items: [aFoundItem('a'), aFoundItem('b')], nextCursor: '2' });
  await settle();
  asked('?cursor=2').flush({ items: [aFoundItem('b'), aFoundItem('c')], nextCursor: '3' });
  await settle();
  asked('?cursor=3').flush({ items: [aFoundItem('c')], nextCursor: '4' });
  await settle();
  http.expectNone(({ url }) => url.includes('cursor=4'));
});

test('a page that fails is read again on purpose only', async () => {
  const { asked, settle, host, press, http } = await open('/discover/p1/movie/films?filter.silent=');
  asked('').flush({ items: [aFoundItem('a')], nextCursor: '2' });
  await settle();
  asked('?cursor=2').flush(null, { status: 503, statusText: 'Busy' });
  await settle();
  expect(host?.querySelector('[role=alert]')?.textContent).toContain('Try again');
  http.expectNone(({ url }) => url.includes('cursor'));
  await press('Try again');
  asked('?cursor=2');
});
