import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import type { DiscoverRow } from '@hearth/contract/discover';
import { problemInterceptor } from '../core/api/interceptors';
import { aFoundItem } from '../core/found/testing/a-found-item';
import { Live } from '../core/live/live';
import { Session } from '../core/session/session';
import { Discover } from './discover';

const row = (catalogId: string, change: Partial<DiscoverRow>): DiscoverRow => ({
  ...{ providerId: 'p1', providerName: 'Archive', type: 'movie', catalogId, name: catalogId },
  ...{ items: [], searching: false, error: null },
  ...change,
});

async function open() {
  const heard = new Map<string, (news: { q: string }) => void>();
  const live = {
    on: (name: string, listener: (news: { q: string }) => void) => heard.set(name, listener),
    gaps: () => 0,
  };
  TestBed.configureTestingModule({
    providers: [
      provideHttpClient(withInterceptors([problemInterceptor])),
      provideHttpClientTesting(),
      provideRouter([]),
      { provide: Session, useValue: { user: () => null, signedIn: () => true, isAdmin: () => true } },
      { provide: Live, useValue: live },
    ],
  });
  const fixture = TestBed.createComponent(Discover);
  const http = TestBed.inject(HttpTestingController);
  const give = async (rows: readonly DiscoverRow[]) => {
    fixture.detectChanges();
    http.expectOne('/api/discover').flush({ rows });
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
    fixture.detectChanges();
  };
  await give([row('films', { items: [aFoundItem('a')] }), row('late', { searching: true })]);
  const host: HTMLElement = fixture.nativeElement;
  const rows = () => [...host.querySelectorAll('.rows section')].map((one) => one.getAttribute('aria-label'));
  return { host, heard, give, rows, http, fixture };
}

test('what is there is shown; a list that is on its way has its place, and comes when it is said', async () => {
  const { host, heard, give, rows } = await open();
  expect(rows()).toEqual(['films · Archive', 'late · Archive']);
  expect(host.querySelectorAll('[aria-busy=true]')).toHaveLength(1);
  heard.get('discover.found')?.({ q: '' });
  await give([row('films', { items: [aFoundItem('a')] }), row('late', { error: 'It answered 503.' })]);
  expect(rows()).toEqual(['films · Archive']);
  expect(host.querySelector('.silent')?.textContent.trim()).toBe('late (Archive): It answered 503.');
});

test('what somebody searches for elsewhere changes nothing here', async () => {
  const { heard, http, fixture } = await open();
  heard.get('discover.found')?.({ q: 'metropolis' });
  fixture.detectChanges();
  http.expectNone('/api/discover');
});
