import { provideHttpClient } from '@angular/common/http';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { field, type ProviderConfig } from '@hearth/contract/provider-manifest';
import { FieldForm } from './field-form';

const fields = [
  { name: 'about', label: 'A key is free.', type: 'info', help: 'Ask for one on their page.' },
  { name: 'host', label: 'Address', type: 'url', required: true, helpUrl: 'https://example.org/help' },
  { name: 'key', label: 'Key', type: 'password', required: true },
  { name: 'tag', label: 'Tag', type: 'password' },
  { name: 'safe', label: 'Safe', type: 'toggle' },
  { name: 'limit', label: 'Limit', type: 'number', max: 5, dependsOn: { name: 'safe', in: ['true'] } },
  {
    name: 'in',
    label: 'Languages',
    type: 'multiselect',
    options: [{ id: 'de', label: 'German' }],
    advanced: true,
  },
  { name: 'pages', label: 'Pages', type: 'number', min: 1, default: 2, advanced: true },
].map((one) => field.parse(one));

async function render(config: ProviderConfig, secretsSet: string[] = []) {
  TestBed.configureTestingModule({ providers: [provideHttpClient(), provideRouter([])] });
  const fixture = TestBed.createComponent(FieldForm);
  const inputs = { formId: 'form', fields, config, secretsSet };
  for (const [name, value] of Object.entries(inputs)) fixture.componentRef.setInput(name, value);
  const filled: ProviderConfig[] = [];
  fixture.componentInstance.filled.subscribe((told) => filled.push(told));
  await fixture.whenStable();
  const host: HTMLElement = fixture.nativeElement;
  document.body.append(host);
  const input = (label: string) => {
    const id = [...host.querySelectorAll('label')].find((one) => one.textContent.trim() === label)?.htmlFor;
    const found = host.querySelector<HTMLInputElement>(`#${id}`);
    if (!found) throw new Error(`There is no field “${label}”`);
    return found;
  };
  const type = (label: string, text: string) => {
    input(label).value = text;
    input(label).dispatchEvent(new Event('input'));
  };
  const press = (text: string) =>
    [...host.querySelectorAll<HTMLElement>('button, app-switch input')]
      .find((one) => (one.closest('label') ?? one).textContent.trim() === text)
      ?.click();
  const submit = async () => {
    host.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }));
    await fixture.whenStable();
  };
  const faults = () => [...host.querySelectorAll('[role=alert]')].map((one) => one.textContent.trim());
  const labels = () =>
    [...host.querySelectorAll('app-field-control')].map((one) => one.textContent.trim().split('  ')[0]);
  return { fixture, host, input, type, press, submit, faults, labels, filled };
}

test('what is wrong stands beside its field, and the first of it has the focus', async () => {
  const { type, submit, faults, filled, input, host } = await render({});
  type('Pages', '0');
  await submit();
  expect(faults()).toEqual(['This is needed.', 'This is needed.', 'Type 1 or more.']);
  expect(document.activeElement).toBe(input('Address'));
  expect(host.querySelector('details')?.open).toBe(true);
  expect(filled).toEqual([]);
});

test('a password that is set need not be typed again; one can be forgotten', async () => {
  const { submit, press, filled, host, fixture } = await render({ host: 'https://example.org' }, [
    'key',
    'tag',
  ]);
  expect(host.textContent).toContain('It is set. Leave this empty to keep it.');
  press('Forget it');
  await fixture.whenStable();
  await submit();
  expect(filled).toEqual([{ host: 'https://example.org', tag: '', safe: false, in: [], pages: 2 }]);
});

test('what depends on a switch comes with it, and everything is told in its kind', async () => {
  const { type, press, submit, filled, fixture, faults } = await render({});
  type('Address', 'https://example.org');
  type('Key', 's3cret');
  expect(() => type('Limit', '3')).toThrow('no field');
  press('Safe');
  press('German');
  await fixture.whenStable();
  type('Limit', '9');
  await submit();
  expect(faults()).toEqual(['Type 5 or less.']);
  type('Limit', '3');
  await submit();
  expect(filled).toEqual([
    { host: 'https://example.org', key: 's3cret', safe: true, limit: 3, in: ['de'], pages: 2 },
  ]);
});

test('where to find something is a link that tells nobody where it came from', async () => {
  const { host } = await render({});
  expect(host.querySelector('a')?.rel).toBe('noopener noreferrer');
});
