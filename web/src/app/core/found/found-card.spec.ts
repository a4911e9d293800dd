import { provideHttpClient } from '@angular/common/http';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import type { FoundItem } from '@hearth/contract/discover';
import { FoundCard } from './found-card';
import { aFoundItem } from './testing/a-found-item';

async function link(item: FoundItem) {
  TestBed.configureTestingModule({ providers: [provideHttpClient(), provideRouter([])] });
  const fixture = TestBed.createComponent(FoundCard);
  fixture.componentRef.setInput('item', item);
  await fixture.whenStable();
  const host: HTMLElement = fixture.nativeElement;
  return host.querySelector('a');
}

test('leads to the provider’s title, whatever its id is made of', async () => {
  const card = await link(aFoundItem('tt1:2/3 x', { type: 'series' }));
  expect(card?.getAttribute('href')).toBe('/discover/title/p1/series/tt1:2%2F3%20x');
});

test('leads to the library’s own where that has it, and says so', async () => {
  const card = await link(aFoundItem('a', { titleId: 't1', year: 1927 }));
  expect(card?.getAttribute('href')).toBe('/title/t1');
  expect(card?.textContent).toContain('in your library');
  expect(card?.textContent).toContain('1927');
});
