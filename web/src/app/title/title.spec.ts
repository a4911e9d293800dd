import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter, Router, withComponentInputBinding } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import type { TitleSources } from '@hearth/contract/source';
import type { Episode, Season, TitleDetail } from '@hearth/contract/title';
import { problemInterceptor } from '../core/api/interceptors';
import { ProvidersInUse } from '../core/providers-in-use';
import { Session } from '../core/session/session';
import { aTorrentSource } from '../core/sources/testing/a-source';
import { movie } from '../ui/testing/movie';
import { TitlePage } from './title';

const anEpisode = (number: number): Episode => ({
  ...{ id: `e${number}`, titleId: 't', seasonNumber: 1, number, name: `Part ${number}`, overview: null },
  ...{ airDate: null, runtimeSeconds: null, still: null, available: true, state: null },
});
const season: Season = {
  ...{ id: 's', number: 1, name: '1', episodeCount: 2, unwatchedCount: 2, poster: null },
};
const series: TitleDetail = {
  ...movie({ id: 't', type: 'series', name: 'Borgen' }),
  ...{ libraryId: 'l', originalName: null, overview: null, tagline: null, studio: null, backdrop: null },
  ...{ logo: null, credits: [], externalIds: {}, extras: [] },
  upNext: { episode: anEpisode(1), resumeSeconds: 0 },
};
const answer = (...ids: string[]): TitleSources => ({
  items: ids.map((id) => aTorrentSource(id)),
  ...{ searching: false, parts: [] },
});

beforeAll(() => {
  // jsdom lays nothing out and knows no popovers.
  HTMLElement.prototype.hidePopover = () => undefined;
  HTMLElement.prototype.scrollIntoView = () => undefined;
});
afterEach(() => document.body.replaceChildren());

async function turns(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await Promise.resolve();
}

async function open(haveSources: boolean, query = '') {
  TestBed.configureTestingModule({
    providers: [
      provideHttpClient(withInterceptors([problemInterceptor])),
      provideHttpClientTesting(),
      provideRouter([{ path: 'title/:id', component: TitlePage }], withComponentInputBinding()),
      { provide: Session, useValue: { user: () => null, signedIn: () => true, isAdmin: () => false } },
      { provide: ProvidersInUse, useValue: { haveSources: signal(haveSources) } },
    ],
  });
  const { fixture } = await RouterTestingHarness.create(`/title/t${query}`);
  const host: HTMLElement = fixture.nativeElement;
  document.body.append(host);
  const http = TestBed.inject(HttpTestingController);
  const give = async (
    path: string,
    reply: object | null,
    failed?: { status: number; statusText: string },
  ) => {
    // So does the address.
    await turns();
    fixture.detectChanges();
    const asked = http.expectOne(({ urlWithParams: url }) => url === path || url.startsWith(`${path}&`));
    asked.flush(reply, failed);
    // Replies reach the page by promises.
    await turns();
    fixture.detectChanges();
  };
  await give('/api/titles/t', series);
  await give('/api/titles/t/seasons', { items: [season] });
  await give('/api/titles/t/episodes?season=1', { items: [anEpisode(1), anEpisode(2)] });
  await give('/api/titles/t/sources?episodeId=e1', answer('next'));
  const heading = () => host.querySelector('app-source-table h2')?.textContent.trim();
  const button = (label: string) => host.querySelector<HTMLButtonElement>(`button[aria-label="${label}"]`);
  return { give, host, heading, button };
}

test('sources are those of the next episode, until another one’s are asked for', async () => {
  const { give, host, heading, button } = await open(true);
  expect(heading()).toBe('Sources of S1 E1');
  button('Sources of Part 2')?.click();
  await give('/api/titles/t/sources?episodeId=e2', answer());
  expect(heading()).toBe('Sources of S1 E2');
  expect(document.activeElement?.localName).toBe('app-source-table');
  expect(host.querySelector('app-source-table')?.textContent).toContain('Nobody has it right now.');
  expect(TestBed.inject(Router).url).toBe('/title/t?season=1&episode=e2');
});

test('an episode in the address is the chosen one: a reload or a link that was sent shows the same', async () => {
  const { give, heading, host } = await open(true, '?season=1&episode=e2');
  await give('/api/titles/t/sources?episodeId=e2', answer());
  expect(heading()).toBe('Sources of S1 E2');
  expect(host.querySelector('app-episode-row.marked')?.textContent).toContain('Part 2');
});

test('that they could not be asked for is said, and they can be asked for again', async () => {
  const { give, host, button } = await open(true);
  button('Sources of Part 2')?.click();
  await give('/api/titles/t/sources?episodeId=e2', null, { status: 502, statusText: 'Bad Gateway' });
  const table = () => host.querySelector<HTMLElement>('app-source-table');
  expect(table()?.textContent).toContain('Its sources could not be loaded');
  expect(table()?.textContent).not.toContain('Nobody has it right now.');
  table()?.querySelector<HTMLButtonElement>('app-problem-state button')?.click();
  await give('/api/titles/t/sources?episodeId=e2', answer());
  expect(table()?.textContent).toContain('Nobody has it right now.');
});

test('where nobody could be asked, nobody is led there', async () => {
  const { button } = await open(false);
  expect(button('Sources of Part 2')).toBeNull();
});
