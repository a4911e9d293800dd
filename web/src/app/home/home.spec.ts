import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import type { DiscoverRow } from '@hearth/contract/discover';
import type { TitleCard } from '@hearth/contract/title';
import { problemInterceptor } from '../core/api/interceptors';
import { aFoundItem } from '../core/found/testing/a-found-item';
import { Live } from '../core/live/live';
import { Session } from '../core/session/session';
import { movie } from '../ui/testing/movie';
import { Home } from './home';

const row = (catalogId: string, change: Partial<DiscoverRow>): DiscoverRow => ({
  ...{ providerId: 'p1', providerName: 'Archive', type: 'movie', catalogId, name: catalogId },
  ...{ items: [], searching: false, error: null },
  ...change,
});

async function open(recentlyAdded: readonly TitleCard[]) {
  const heard = new Map<string, (news: { q: string }) => void>();
  const on = (name: string, listener: (news: { q: string }) => void) => heard.set(name, listener);
  TestBed.configureTestingModule({
    providers: [
      provideHttpClient(withInterceptors([problemInterceptor])),
      provideHttpClientTesting(),
      provideRouter([]),
      { provide: Session, useValue: { user: () => null, signedIn: () => true, isAdmin: () => false } },
      { provide: Live, useValue: { on, gaps: () => 0 } },
    ],
  });
  const fixture = TestBed.createComponent(Home);
  const http = TestBed.inject(HttpTestingController);
  const settle = async () => {
    fixture.detectChanges();
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
    fixture.detectChanges();
  };
  await settle();
  http.expectOne('/api/libraries').flush({ items: [] });
  http.expectOne('/api/home').flush({ recentlyAdded, continueWatching: [], nextUp: [], genres: [] });
  await settle();
  const found = () => http.expectOne('/api/discover?away=true&limit=6');
  const host: HTMLElement = fixture.nativeElement;
  const rows = () => [...host.querySelectorAll('section')].map((one) => one.getAttribute('aria-label'));
  return { heard, settle, found, host, rows };
}

test('what providers list comes below what the house has, each list when it is there', async () => {
  const { heard, settle, found, rows } = await open([movie()]);
  expect(rows()).toEqual(['Recently added']);
  const films = row('films', { items: [aFoundItem('a')] });
  found().flush({ rows: [films, row('late', { searching: true }), row('dead', { error: 'It is away.' })] });
  await settle();
  expect(rows()).toEqual(['Recently added', 'films · Archive', 'late · Archive']);
  heard.get('discover.found')?.({ q: '' });
  await settle();
  found().flush({ rows: [films, row('late', { error: 'It answered 503.' })] });
  await settle();
  expect(rows()).toEqual(['Recently added', 'films · Archive']);
});

test('who may not discover, and a server that does not answer that, cost the page nothing', async () => {
  const { settle, found, rows, host } = await open([movie()]);
  found().flush(null, { status: 503, statusText: 'Unavailable' });
  await settle();
  expect(rows()).toEqual(['Recently added']);
  expect(host.querySelector('app-problem-state')).toBeNull();
});

test('a house without a film still has what providers list', async () => {
  const { settle, found, rows, host } = await open([]);
  found().flush({ rows: [row('films', { items: [aFoundItem('a')] })] });
  await settle();
  expect(host.querySelector('app-empty-state')).not.toBeNull();
  expect(rows()).toEqual(['films · Archive']);
});
