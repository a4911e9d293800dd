import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import type { Provider } from '@hearth/contract/provider';
import { problemInterceptor } from '../core/api/interceptors';
import { Session } from '../core/session/session';
import { Toasts } from '../core/toasts';
import { AdminProviders } from './providers';
import { aProvider } from './testing/a-provider';

beforeAll(() => {
  // jsdom knows neither dialogs nor popovers.
  HTMLElement.prototype.hidePopover = () => undefined;
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function () {
    this.open = false;
  };
});

async function open(items: readonly Provider[]) {
  TestBed.configureTestingModule({
    providers: [
      provideHttpClient(withInterceptors([problemInterceptor])),
      provideHttpClientTesting(),
      provideRouter([]),
      { provide: Session, useValue: { user: () => null, signedIn: () => true, isAdmin: () => true } },
    ],
  });
  const fixture = TestBed.createComponent(AdminProviders);
  const host: HTMLElement = fixture.nativeElement;
  document.body.append(host);
  const http = TestBed.inject(HttpTestingController);
  const settle = async () => {
    fixture.detectChanges();
    // Replies reach the page by promises.
    for (let turn = 0; turn < 10; turn++) await Promise.resolve();
    fixture.detectChanges();
  };
  await settle();
  http.expectOne('/api/providers').flush({ items });
  await settle();
  const row = (id: string) => host.querySelector(`[data-provider="${id}"]`);
  const press = async (name: string, within: ParentNode | null = host) => {
    const named = (one: Element) => one.getAttribute('aria-label') ?? one.textContent.trim();
    [...(within?.querySelectorAll('button') ?? [])].find((one) => named(one) === name)?.click();
    await settle();
  };
  const type = async (label: string, text: string) => {
    const labels = [...host.querySelectorAll('label')];
    const input = document.getElementById(
      labels.find((one) => one.textContent.trim() === label)?.htmlFor ?? '',
    );
    if (!(input instanceof HTMLInputElement)) throw new Error(`There is no field “${label}”`);
    input.value = text;
    input.dispatchEvent(new Event('input'));
    await settle();
  };
  const submit = async (id: string) => {
    document.getElementById(id)?.dispatchEvent(new Event('submit', { cancelable: true }));
    await settle();
  };
  const text = (of: Element | null = host) => of?.textContent.replace(/\s+/g, ' ') ?? '';
  return { http, host, row, press, type, submit, settle, text };
}

afterEach(() => document.body.replaceChildren());

const problem = (code: string, status: number, errors: { path: string; message: string }[] = []) =>
  [
    { type: 'about:blank', title: code, status, code, errors },
    { status, statusText: code },
  ] as const;

test('each says how it is and what to do', async () => {
  const { row, text } = await open([
    aProvider('one', { health: { state: 'unconfigured', message: 'It needs a key.' } }),
    aProvider('two', {
      health: { state: 'resting', restsUntil: new Date(Date.now() + 3 * 3_600_000).toISOString() },
    }),
    aProvider('three', {
      health: {
        ...{ medianMs: 81.6, p95Ms: 400, successRate: 0.97, requests: 3, failures: 1 },
        recent: [
          { at: '2026-01-01T00:00:00.000Z', ms: 80, ok: true },
          { at: '2026-01-01T00:00:01.000Z', ms: 8000, ok: false },
        ],
      },
    }),
  ]);
  expect(text(row('one'))).toContain('Needs settingsIt needs a key.Settings');
  expect(text(row('two'))).toContain('Rests; it is asked again in 3 hours');
  expect(text(row('three'))).toContain(
    'Answers 82 ms, mostly under 400 ms3 requests in the last hour, 1 failed',
  );
  expect(text(row('three'))).toContain('Success 97%');
  expect(row('three')?.querySelector('svg[role=img]')?.getAttribute('aria-label')).toBe(
    'The last 2 requests: 1 failed',
  );
  expect(row('three')?.querySelectorAll('rect.failed')).toHaveLength(1);
});

test('one that is asked earlier goes up at once, says so and keeps the focus', async () => {
  const { http, host, press, row } = await open([aProvider('one'), aProvider('two'), aProvider('three')]);
  await press('Ask three earlier');
  const order = [...host.querySelectorAll('[data-provider]')].map((one) => one.getAttribute('data-provider'));
  expect(order).toEqual(['one', 'three', 'two']);
  expect(host.querySelector('[role=status]')?.textContent).toBe('three is asked as number 2 of 3.');
  expect(row('three')?.contains(document.activeElement)).toBe(true);
  const { request } = http.expectOne('/api/providers/three');
  expect(request.body).toEqual({ priority: 1 });
});

test('moves in quick succession: the last one counts, whatever answers come in between', async () => {
  const [one, two, three] = [aProvider('one'), aProvider('two'), aProvider('three')];
  const { http, host, press, settle } = await open([one, two, three]);
  const order = () =>
    [...host.querySelectorAll('[data-provider]')].map((each) => each.getAttribute('data-provider'));
  const answer = async (list: readonly Provider[]) => {
    for (const reading of http.match('/api/providers')) reading.flush({ items: list });
    await settle();
  };
  await press('Ask three earlier');
  await press('Ask three earlier');
  const first = http.expectOne('/api/providers/three');
  first.flush(three);
  await settle();
  await answer([one, three, two]);
  expect(order()).toEqual(['three', 'one', 'two']);
  const second = http.expectOne('/api/providers/three');
  expect([first.request.body, second.request.body]).toEqual([{ priority: 1 }, { priority: 0 }]);
  second.flush(three);
  await settle();
  expect(order()).toEqual(['three', 'one', 'two']);
  // From now on the server’s word counts again, also where somebody else moved another.
  await answer([three, two, one]);
  expect(order()).toEqual(['three', 'two', 'one']);
});

test('one that is there already is updated, and that is said', async () => {
  const { http, press, type, submit, settle } = await open([aProvider('one', { name: 'Old Films' })]);
  for (const [id, version] of [
    ['one', '1.1.0'],
    ['two', '1.0.0'],
  ] as const) {
    await press('Add a provider');
    await type('Address', 'https://example.org/manifest.json');
    await submit('provider-add');
    http.expectOne({ method: 'POST', url: '/api/providers' }).flush(aProvider(id, { name: id, version }));
    await settle();
  }
  expect(
    TestBed.inject(Toasts)
      .list()
      .map(({ message }) => message),
  ).toEqual(['one was there already and is updated, now version 1.1.0.', 'two is added.']);
});

test('what it asks for is shown before anything is agreed to', async () => {
  const { http, press, type, submit, settle, text, host } = await open([]);
  await press('Add a provider');
  await submit('provider-add');
  expect(text(host.querySelector('[role=alert]'))).toBe('Type its address.');
  await type('Address', ' https://example.org/bundle.json ');
  await submit('provider-add');
  const first = http.expectOne('/api/providers');
  expect(first.request.body).toEqual({ url: 'https://example.org/bundle.json', consent: false });
  const asks = [
    { path: 'name', message: 'Old Films' },
    { path: 'host', message: 'api.example.org' },
    { path: 'signer', message: 'KEY1' },
  ];
  first.flush(...problem('PROVIDER_CONSENT_NEEDED', 409, asks));
  await settle();
  expect(text(host.querySelector('dialog'))).toContain('What Old Films asks for');
  expect(text(host.querySelector('dialog'))).toContain('It may reach onlyapi.example.org');
  expect(text(host.querySelector('dialog'))).toContain('Signed with the key KEY1.');
  await submit('provider-add');
  const second = http.expectOne('/api/providers');
  expect(second.request.body).toMatchObject({ consent: true });
  second.flush(...problem('PROVIDER_REFUSED', 422));
  await settle();
  expect(text(host.querySelector('[role=alert]'))).toContain('This provider was refused');
});

test('a Torznab indexer is added by its address and key', async () => {
  const { http, host, press, type, submit, settle } = await open([]);
  await press('Add a provider');
  host.querySelector<HTMLInputElement>('input[type=radio][value=torznab]')?.click();
  await settle();
  await type('Address', 'http://example.org/api');
  await type('API key', 'k');
  await submit('provider-add');
  const asked = http.expectOne('/api/providers');
  expect(asked.request.body).toEqual({ runtime: 'torznab', url: 'http://example.org/api', apiKey: 'k' });
});

test('asking one now says how it went, and shows how it does since', async () => {
  const { http, press, row, settle, text } = await open([aProvider('one')]);
  await press('Ask it now', row('one'));
  expect(text(row('one'))).toContain('Asking…');
  const provider = aProvider('one', { health: { state: 'resting' } });
  http.expectOne('/api/providers/one/test').flush({ ok: false, ms: 12, message: 'No answer.', provider });
  await settle();
  expect(text(row('one'))).toContain('Rests for a while');
  expect(text(row('one'))).toContain('It did not work: No answer.');
});

test('what is in the house has a place and a switch, and nobody asks it', async () => {
  const { host, row } = await open([
    aProvider('nfo', { runtime: 'home', builtin: true }),
    aProvider('other'),
  ]);
  expect(row('nfo')?.querySelector('.tag')?.textContent).toBe('in the house');
  expect(row('nfo')?.querySelector('.state')?.textContent).toContain('Ready');
  const menus = [...host.querySelectorAll('app-provider-card')].map((card) => card.textContent);
  expect(menus.map((words) => words.includes('Ask it now'))).toEqual([false, true]);
});
