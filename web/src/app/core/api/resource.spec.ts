import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { ApplicationRef, Injector, runInInjectionContext, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { defineRoute } from '@hearth/contract/route';
import { library } from '@hearth/contract/library';
import { Connection } from '../connection';
import { problemInterceptor } from './interceptors';
import { resource } from './resource';

const route = defineRoute({
  method: 'GET',
  path: '/api/things/:id',
  access: 'public',
  summary: 'A thing.',
  params: library.pick({ id: true }),
  reply: library.pick({ name: true }),
});

function setUp(id: () => string | undefined) {
  const app = TestBed.inject(ApplicationRef);
  const http = TestBed.inject(HttpTestingController);
  const read = () =>
    runInInjectionContext(TestBed.inject(Injector), () =>
      resource(route, () => {
        const wanted = id();
        return wanted === undefined ? undefined : { id: wanted };
      }),
    );
  const settle = async () => {
    app.tick();
    await new Promise((resolve) => setTimeout(resolve));
    app.tick();
  };
  return { http, read, settle };
}

beforeEach(() => {
  TestBed.configureTestingModule({
    providers: [provideHttpClient(withInterceptors([problemInterceptor])), provideHttpClientTesting()],
  });
});

test('waits for its input, then reads; never throws', async () => {
  const id = signal<string | undefined>(undefined);
  const { http, read, settle } = setUp(id);
  const thing = read();
  await settle();
  expect([thing.value(), thing.loading(), thing.problem()]).toEqual([undefined, false, undefined]);
  id.set('a');
  await settle();
  http.expectOne('/api/things/a').flush({ name: 'A' });
  await settle();
  expect(thing.value()).toEqual({ name: 'A' });
});

test('what was seen before is shown at once while the fresh reply is on its way', async () => {
  const id = signal<string | undefined>('a');
  const { http, read, settle } = setUp(id);
  const thing = read();
  await settle();
  http.expectOne('/api/things/a').flush({ name: 'A' });
  await settle();
  id.set('b');
  await settle();
  expect(thing.value()).toBeUndefined();
  http.expectOne('/api/things/b').flush({ name: 'B' });
  await settle();
  id.set('a');
  await settle();
  expect(thing.value()).toEqual({ name: 'A' });
  expect(thing.loading()).toBe(true);
  http.expectOne('/api/things/a').flush({ name: 'A2' });
  await settle();
  expect(thing.value()).toEqual({ name: 'A2' });
  const second = read();
  await settle();
  expect(second.value()).toEqual({ name: 'A2' });
});

test('a failed reload keeps what is shown and says why', async () => {
  const { http, read, settle } = setUp(() => 'a');
  const thing = read();
  await settle();
  http.expectOne('/api/things/a').flush({ name: 'A' });
  await settle();
  thing.reload();
  await settle();
  http.expectOne('/api/things/a').flush(null, { status: 503, statusText: 'Busy' });
  await settle();
  expect(thing.value()).toEqual({ name: 'A' });
  expect(thing.problem()?.code).toBe('UNAVAILABLE');
});

test('an optimistic change shows until the truth arrives', async () => {
  const { http, read, settle } = setUp(() => 'a');
  const thing = read();
  await settle();
  http.expectOne('/api/things/a').flush({ name: 'A' });
  await settle();
  thing.update((value) => ({ ...value, name: 'mine' }));
  expect(thing.value()?.name).toBe('mine');
  thing.reload();
  await settle();
  http.expectOne('/api/things/a').flush({ name: 'theirs' });
  await settle();
  expect(thing.value()?.name).toBe('theirs');
});

test('when the server is back, everything is read again', async () => {
  const { http, read, settle } = setUp(() => 'a');
  const thing = read();
  await settle();
  http.expectOne('/api/things/a').error(new ProgressEvent('error'));
  await settle();
  expect(thing.problem()?.code).toBe('NETWORK');
  const connection = TestBed.inject(Connection);
  expect(connection.state()).not.toBe('online');
  connection.reached();
  await settle();
  http.expectOne('/api/things/a').flush({ name: 'A' });
  await settle();
  expect(thing.value()).toEqual({ name: 'A' });
});

test('asked for anew while a reply is on its way, it is read once more, however often it was asked', async () => {
  const { http, read, settle } = setUp(() => 'a');
  const thing = read();
  await settle();
  const first = http.expectOne('/api/things/a');
  thing.reload();
  await settle();
  thing.reload();
  await settle();
  http.expectNone('/api/things/a');
  first.flush({ name: 'older than why it was asked for' });
  await settle();
  http.expectOne('/api/things/a').flush({ name: 'A' });
  await settle();
  http.expectNone('/api/things/a');
  expect(thing.value()).toEqual({ name: 'A' });
});
