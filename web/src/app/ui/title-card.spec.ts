import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import type { TitleCard as Title } from '@hearth/contract/title';
import { movie } from './testing/movie';
import { TitleCard } from './title-card';

const film = movie({ year: 1994, runtimeSeconds: 6000 });
const state = (positionSeconds: number, watched: boolean) => ({
  positionSeconds,
  durationSeconds: 6000,
  watched,
  updatedAt: null,
});

async function render(title: Title) {
  TestBed.configureTestingModule({ providers: [provideRouter([])] });
  const fixture = TestBed.createComponent(TitleCard);
  fixture.componentRef.setInput('title', title);
  fixture.componentRef.setInput('link', '/title/m1');
  await fixture.whenStable();
  const element: HTMLElement = fixture.nativeElement;
  const link = element.querySelector('a');
  /** What a screen reader says: all text that is not hidden from it. */
  const spoken = () => {
    const copy = link?.cloneNode(true);
    if (!(copy instanceof HTMLElement)) return '';
    for (const hidden of copy.querySelectorAll('[aria-hidden=true]')) hidden.remove();
    return copy.textContent.replace(/\s+/g, ' ').trim();
  };
  return { element, link, spoken };
}

test('is one link with name and year; without art its name is drawn', async () => {
  const { element, link, spoken } = await render(film);
  expect(link?.getAttribute('href')).toBe('/title/m1');
  expect(spoken()).toBe('The Long Road 1994');
  expect(element.querySelector('.cover')?.textContent).toContain('The Long Road');
});

test('says and shows how far you are', async () => {
  const { element, spoken } = await render({ ...film, state: state(1500, false) });
  expect(spoken()).toBe('The Long Road 1994, 25 % watched');
  expect(element.querySelector<HTMLElement>('.bar span')?.style.inlineSize).toBe('25%');
});

test('a watched film has its tick, no bar', async () => {
  const { element, spoken } = await render({ ...film, state: state(5900, true) });
  expect(spoken()).toContain('watched');
  expect(element.querySelector('.badge.done')).not.toBeNull();
  expect(element.querySelector('.bar')).toBeNull();
});

test('a series counts what is left, unless nothing or everything is', async () => {
  const series: Title = { ...film, type: 'series', episodeCount: 10, unwatchedCount: 4 };
  expect((await render(series)).spoken()).toContain('4 to watch');
});

test.each([
  [10, null],
  [0, '.done'],
])('a series with %d of 10 left has no number', async (unwatchedCount, badge) => {
  const { element } = await render({ ...film, type: 'series', episodeCount: 10, unwatchedCount });
  expect(element.querySelector('.badge.number')).toBeNull();
  if (badge) expect(element.querySelector(badge)).not.toBeNull();
});

test('a title whose disk is away says so', async () => {
  const { element, spoken } = await render({ ...film, available: false });
  expect(spoken()).toContain('not available right now');
  expect(element.querySelector('.gone')).not.toBeNull();
});

test('the picture comes with every width the server has', async () => {
  const poster = { url: '/api/images/p?x=1', width: 360, height: 540, blurhash: null, color: '#112233' };
  const { element } = await render({ ...film, poster });
  expect(element.querySelector('img')?.srcset).toContain('width=240 240w');
});
