import { TestBed } from '@angular/core/testing';
import { provideHttpClient } from '@angular/common/http';
import { provideRouter } from '@angular/router';
import { extra, type Extra } from '@hearth/contract/provider-manifest';
import type { ExtraValues } from './extra-state';
import { ExtraFilters } from './extra-filters';

const extras: readonly Extra[] = [
  { name: 'search', label: 'Words', type: 'text' },
  {
    name: 'genre',
    label: 'Genre',
    type: 'multiselect',
    optionsLimit: 2,
    options: named('Drama', 'War', 'Comedy'),
  },
  { name: 'kind', label: 'Kind', type: 'select', options: named('Film', 'Short') },
  { name: 'year', label: 'Year', type: 'range', min: 1890, max: 2030 },
  { name: 'subtitled', label: 'Subtitled', type: 'toggle' },
  {
    name: 'length',
    label: 'Length',
    type: 'select',
    options: named('Long'),
    dependsOn: { name: 'kind', in: ['Film'] },
  },
  { name: 'order', label: 'Sort', type: 'sort', default: 'New', options: named('New', 'Name') },
].map((one) => extra.parse(one));

function named(...labels: string[]) {
  return labels.map((label) => ({ id: label, label }));
}

// jsdom knows no popovers.
beforeAll(() => {
  HTMLElement.prototype.hidePopover = () => undefined;
});

async function render(values: ExtraValues) {
  TestBed.configureTestingModule({ providers: [provideHttpClient(), provideRouter([])] });
  const fixture = TestBed.createComponent(ExtraFilters);
  fixture.componentRef.setInput('extras', extras);
  fixture.componentRef.setInput('values', values);
  const said: unknown[] = [];
  fixture.componentInstance.changed.subscribe((change) => said.push(change));
  await fixture.whenStable();
  const host: HTMLElement = fixture.nativeElement;
  const chips = () =>
    [...host.querySelectorAll('.chip:not(label, div)')].map((chip) => chip.textContent.trim());
  const press = (text: string) =>
    [...host.querySelectorAll('button')].find((button) => button.textContent.trim() === text)?.click();
  const type = (label: string, text: string) => {
    const field = host.querySelector<HTMLInputElement>(`input[aria-label="${label}"]`);
    if (!field) throw new Error(`There is no field “${label}”`);
    field.value = text;
    field.dispatchEvent(new Event('change'));
  };
  return { host, chips, press, type, said };
}

test('each filter is a control that says what it is set to; what does not apply is not shown', async () => {
  const { chips } = await render({ genre: 'Drama,War', order: 'Name' });
  expect(chips()).toEqual(['Genre: Drama +1', 'Kind', 'Subtitled', 'Sort: Name']);
});

test('a choice brings what depends on it; the provider’s own order stands until another is chosen', async () => {
  const { chips } = await render({ kind: 'Film' });
  expect(chips()).toEqual(['Genre', 'Kind: Film', 'Subtitled', 'Length', 'Sort: New']);
});

test('every kind says its value as a query has it', async () => {
  const { press, type, said } = await render({ genre: 'Drama', kind: 'Film' });
  press('War');
  press('Any');
  press('Subtitled');
  type('Words', ' moon ');
  type('Year, to', '1930');
  expect(said).toEqual([
    { genre: 'Drama,War' },
    { kind: '' },
    { subtitled: 'true' },
    { search: 'moon' },
    { year: '-1930' },
  ]);
});

test('no more can be chosen than the provider takes', async () => {
  const { host } = await render({ genre: 'Drama,War' });
  const disabled = [...host.querySelectorAll('[role=menuitemcheckbox]:disabled')];
  expect(disabled.map((one) => one.textContent.trim())).toEqual(['Comedy']);
});

test('what was set can be cleared at once', async () => {
  expect((await render({ order: 'Name' })).host.querySelector('.clear')).toBeNull();
  TestBed.resetTestingModule();
  expect((await render({ subtitled: 'true' })).host.querySelector('.clear')).not.toBeNull();
});
