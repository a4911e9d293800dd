import { provideHttpClient } from '@angular/common/http';
import { Component, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import type { RankedSource, SearchPart } from '@hearth/contract/source';
import { SourceTable } from './source-table';
import { aFileSource, aPageSource, aTorrentSource } from './testing/a-source';

const part = (id: string, state: SearchPart['state'], message: string | null = null): SearchPart => ({
  ...{ id, name: id, state, count: 2, ms: 100, message },
});

@Component({
  imports: [SourceTable],
  template: `<app-source-table [sources]="sources()" [parts]="parts()" [searching]="true">
    <ng-template let-source
      ><i>{{ source.id }} is a file</i></ng-template
    >
  </app-source-table>`,
})
class Page {
  readonly sources = signal<readonly RankedSource[]>([]);
  readonly parts = signal<readonly SearchPart[]>([]);
}

async function render(sources: readonly RankedSource[], parts: readonly SearchPart[] = []) {
  TestBed.configureTestingModule({ providers: [provideHttpClient(), provideRouter([])] });
  const fixture = TestBed.createComponent(Page);
  fixture.componentInstance.sources.set(sources);
  fixture.componentInstance.parts.set(parts);
  await fixture.whenStable();
  const host: HTMLElement = fixture.nativeElement;
  const rows = () => [...host.querySelectorAll('tbody tr')];
  const text = (of: Element | null | undefined) => of?.textContent.replace(/\s+/g, ' ').trim() ?? '';
  return { fixture, host, rows, text };
}

const reasons: RankedSource['reasons'] = [
  { code: 'here-already', weight: 40 },
  { code: 'plays-directly', weight: 20 },
];

test('the one that Play takes says so and why; whatever it is, it is one link away', async () => {
  const { rows, text } = await render([
    aFileSource('file', { label: '1080p', reasons, startSeconds: 2 }),
    aTorrentSource('torrent', { name: 'A.Film.720p', seeders: 1200, size: 8e8 }),
    aPageSource('page'),
  ]);
  expect(text(rows()[0])).toContain('Play takes this already here · plays as it is · starts in about 2 sec');
  expect(text(rows()[1])).toContain('A.Film.720p');
  expect(text(rows()[1])).toContain('1,200');
  expect(text(rows()[1])).toContain('Archive');
  const links = rows().map((row) => row.querySelector('a')?.getAttribute('href'));
  expect(links).toEqual(['/watch/file/file', '/watch/source/torrent', 'https://example.org/film']);
  expect(rows()[2]?.querySelector('a')?.rel).toBe('noopener noreferrer');
});

test('what belongs to files alone stands at files alone', async () => {
  const { rows, text } = await render([aFileSource('one'), aTorrentSource('two')]);
  expect(rows().map((row) => text(row.querySelector('.go i')))).toEqual(['one is a file', '']);
});

test('each head sorts, and says how', async () => {
  const { fixture, host, rows, text } = await render([
    aTorrentSource('small', { size: 1e9 }),
    aTorrentSource('large', { size: 9e9 }),
  ]);
  const head = [...host.querySelectorAll('thead button')].find((one) => text(one) === 'Size');
  if (head instanceof HTMLElement) head.click();
  await fixture.whenStable();
  expect(head?.closest('th')?.getAttribute('aria-sort')).toBe('descending');
  expect(host.querySelectorAll('[aria-sort]')).toHaveLength(1);
  expect(rows().map((row) => text(row.querySelector('.name')))).toEqual(['large', 'small']);
});

test('how many providers answered is one line; who failed is told to whoever asks', async () => {
  const parts = [part('one', 'answered'), part('two', 'failed', 'It answered 503.'), part('three', 'asking')];
  const { host, text } = await render([aTorrentSource('t')], parts);
  expect(text(host.querySelector('summary [role=status]'))).toBe('1 of 3 providers answered');
  expect([...host.querySelectorAll('details li')].map(text)).toEqual([
    'one: 2 found',
    'two: did not answer It answered 503.',
    'three: is still being asked',
  ]);
});
