import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { jest } from '@jest/globals';
import type { DiscoverSearch } from '@hearth/contract/discover';
import { problemInterceptor } from '../core/api/interceptors';
import { aFoundItem } from '../core/found/testing/a-found-item';
import { Live } from '../core/live/live';
import { FoundSection } from './found-section';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

const answer = (ids: string[], searching: boolean): DiscoverSearch => ({
  items: ids.map((id) => aFoundItem(id)),
  parts: [
    { id: 'p1', name: 'One', state: 'answered', count: 1, ms: 9, message: null },
    { id: 'p2', name: 'Two', state: searching ? 'asking' : 'failed', count: 0, ms: null, message: null },
  ],
  searching,
});

function open() {
  const heard: ((news: { q: string; searching: boolean }) => void)[] = [];
  const live = { on: (_: string, listener: (typeof heard)[number]) => heard.push(listener) };
  TestBed.configureTestingModule({
    providers: [
      provideHttpClient(withInterceptors([problemInterceptor])),
      provideHttpClientTesting(),
      provideRouter([]),
      { provide: Live, useValue: live },
    ],
  });
  const fixture = TestBed.createComponent(FoundSection);
  const http = TestBed.inject(HttpTestingController);
  const settle = async () => {
    TestBed.tick();
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
    TestBed.tick();
  };
  const type = async (words: string) => {
    fixture.componentRef.setInput('asked', words);
    fixture.detectChanges();
    await settle();
  };
  const rest = async () => {
    jest.advanceTimersByTime(500);
    await settle();
  };
  const host: HTMLElement = fixture.nativeElement;
  const names = () => [...host.querySelectorAll('.card-link > .name')].map((one) => one.textContent.trim());
  const asked = () =>
    http.match(({ url }) => url.startsWith('/api/discover/search')).map(({ request }) => request.url);
  const give = async (q: string, reply: DiscoverSearch) => {
    http.expectOne(`/api/discover/search?q=${q}`).flush(reply);
    await settle();
    fixture.detectChanges();
  };
  const say = async (q: string) => {
    for (const listener of heard) listener({ q, searching: false });
    await settle();
  };
  return { fixture, host, http, type, rest, names, asked, give, say };
}

test('strangers are asked once typing rests, and with more than a letter', async () => {
  const { type, rest, asked } = open();
  await type('m');
  await rest();
  await type('met');
  await type('metro');
  expect(asked()).toEqual([]);
  await rest();
  expect(asked()).toEqual(['/api/discover/search?q=metro']);
});

test('it fills in as they answer; who failed takes nothing from the others', async () => {
  const { type, rest, give, say, names, host, asked } = open();
  await type('metro');
  await rest();
  await give('metro', answer(['a'], true));
  expect(names()).toEqual(['a']);
  await say('other');
  expect(asked()).toEqual([]);
  await say('metro');
  await give('metro', answer(['a', 'b'], false));
  expect(names()).toEqual(['a', 'b']);
  expect(host.querySelector('summary')?.textContent).toContain('1 of 2 providers answered');
});

test('without an answer there is no section', async () => {
  const { type, rest, http, host } = open();
  await type('metro');
  await rest();
  http.expectOne('/api/discover/search?q=metro').flush(null, { status: 503, statusText: 'Busy' });
  await rest();
  expect(host.querySelector('section')).toBeNull();
});
