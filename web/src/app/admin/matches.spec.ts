import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import type { MatchCandidate, UnsureTitle } from '@hearth/contract/matching';
import { problemInterceptor } from '../core/api/interceptors';
import { Toasts } from '../core/toasts';
import { matchReasons } from './match-reasons';
import { Matches } from './matches';

const aCandidate = (itemId: string, change: Partial<MatchCandidate> = {}): MatchCandidate => ({
  ...{ providerId: 'p1', providerName: 'Register', itemId, name: 'Metropolis', year: 1927 },
  ...{ runtimeSeconds: null, poster: null, confidence: 0.63 },
  ...{ likeness: { name: 1, year: null, runtime: null } },
  ...change,
});
const anUnsure = (titleId: string, candidates: MatchCandidate[]): UnsureTitle => ({
  ...{ titleId, libraryId: 'l', type: 'movie', name: titleId, year: null, runtimeSeconds: null },
  ...{ poster: null, fileName: `${titleId}.mkv`, candidates },
});

beforeAll(() => {
  // jsdom knows no dialogs.
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function () {
    this.open = false;
  };
});
afterEach(() => document.body.replaceChildren());

async function open(items: UnsureTitle[]) {
  TestBed.configureTestingModule({
    providers: [
      provideHttpClient(withInterceptors([problemInterceptor])),
      provideHttpClientTesting(),
      provideRouter([]),
    ],
  });
  const fixture = TestBed.createComponent(Matches);
  const host: HTMLElement = fixture.nativeElement;
  document.body.append(host);
  const http = TestBed.inject(HttpTestingController);
  const settle = async () => {
    fixture.detectChanges();
    // Replies reach the page by promises.
    for (let turn = 0; turn < 10; turn++) await Promise.resolve();
    fixture.detectChanges();
  };
  const give = async (page: UnsureTitle[], total: number, cursor = '', nextCursor: string | null = null) => {
    const asked = `/api/unsure-titles?${cursor ? `cursor=${cursor}&` : ''}limit=20`;
    http.expectOne(asked).flush({ items: page, total, nextCursor });
    await settle();
  };
  await settle();
  await give(items, 3, '', 'next');
  const press = async (name: string, within = '') => {
    const buttons = [...host.querySelectorAll<HTMLElement>(`${within} button`)];
    buttons.find((one) => (one.getAttribute('aria-label') ?? one.textContent).trim() === name)?.click();
    await settle();
  };
  const titles = () =>
    [...host.querySelectorAll('[data-title]')].map((one) => one.getAttribute('data-title') ?? '');
  return { http, host, settle, give, press, titles };
}

const two = () => [
  anUnsure('one', [aCandidate('m27'), aCandidate('m01', { year: 2001 })]),
  anUnsure('two', [aCandidate('m27')]),
];

test('what one is said to be is taken, and the next one has the focus', async () => {
  const { http, settle, press, titles } = await open(two());
  await press('This one: Metropolis (2001)');
  expect(titles()).toEqual(['two']);
  expect(document.activeElement?.closest('[data-title]')?.getAttribute('data-title')).toBe('two');
  const asked = http.expectOne('/api/titles/one/provider-match');
  expect(asked.request.body).toEqual({ providerId: 'p1', itemId: 'm01' });
  asked.flush(null);
  await settle();
  expect(TestBed.inject(Toasts).list().at(-1)?.message).toBe('“one” is matched with Metropolis (2001).');
});

test('one without candidates has the focus as well', async () => {
  const { press, titles } = await open([...two().slice(0, 1), anUnsure('bare', [])]);
  await press('None of these');
  expect(titles()).toEqual(['bare']);
  expect(document.activeElement?.textContent).toBe('Search another');
});

test('what the server refuses comes back', async () => {
  const { http, settle, press, titles } = await open(two());
  await press('This one: Metropolis (2001)');
  http.expectOne('/api/titles/one/provider-match').flush(null, { status: 502, statusText: 'Bad Gateway' });
  await settle();
  expect(titles()).toEqual(['one', 'two']);
});

test('none of these: gone until it is undone, and the rest is brought when the list is done', async () => {
  const { http, settle, give, press, titles } = await open(two().slice(0, 1));
  await press('None of these');
  const refused = http.expectOne('/api/unsure-titles/one');
  expect([refused.request.method, refused.request.body]).toEqual(['PUT', { none: true }]);
  refused.flush(null);
  await give([anUnsure('three', [])], 2, 'next');
  expect(titles()).toEqual(['three']);
  TestBed.inject(Toasts).list().at(-1)?.action?.run();
  const undone = http.expectOne('/api/unsure-titles/one');
  expect(undone.request.body).toEqual({ none: false });
  undone.flush(null);
  await settle();
  expect(titles()).toEqual(['one', 'three']);
});

test('another name is looked for, and what is found can be taken', async () => {
  const { http, settle, press } = await open(two());
  await press('Search another', '[data-title=two]');
  const form = document.querySelector('form');
  const [name, year] = [...(form?.querySelectorAll('input') ?? [])];
  for (const [field, text] of [
    [name, ' Die Nibelungen '],
    [year, '1924'],
  ] as const) {
    // prettier-ignore
    if (!field) throw new Error('There is no such field');
    field.value = text;
    field.dispatchEvent(new Event('input'));
  }
  await settle();
  form?.dispatchEvent(new Event('submit', { cancelable: true }));
  await settle();
  const candidate = aCandidate('n24', { name: 'Die Nibelungen', year: 1924 });
  http
    .expectOne('/api/titles/two/match-candidates?name=Die+Nibelungen&year=1924')
    .flush({ items: [candidate] });
  await settle();
  await press('This one: Die Nibelungen (1924)', 'dialog');
  expect(http.expectOne('/api/titles/two/provider-match').request.body).toMatchObject({ itemId: 'n24' });
});

test('nothing in doubt is said', async () => {
  const { host, give, press } = await open(two().slice(1));
  await press('None of these');
  await give([], 0, 'next');
  expect(host.querySelector('app-empty-state')?.textContent).toContain('Every match is certain');
});

test.each([
  [{ name: 1, year: 1, runtime: 1 }, 'nameSame good, yearSame good, runtimeSame good'],
  [{ name: 0.9, year: 0.97, runtime: 0.9 }, 'nameNear open, yearNear open, runtimeOther open'],
  [{ name: 0.3, year: 0.4, runtime: 0.7 }, 'nameOther bad, yearOther bad, runtimeOther bad'],
  [{ name: 1, year: null, runtime: null }, 'nameSame good, yearUnknown open'],
])('%j: %s', (likeness, words) =>
  expect(
    matchReasons(likeness)
      .map(({ word, tone }) => `${word} ${tone}`)
      .join(', '),
  ).toBe(words),
);
