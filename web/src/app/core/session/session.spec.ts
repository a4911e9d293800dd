import { HttpClient, provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { provideRouter, Router } from '@angular/router';
import { accountRoutes } from '@hearth/contract/account';
import { systemRoutes } from '@hearth/contract/system';
import { Component } from '@angular/core';
import { Api } from '../api/api';
import { authInterceptor, problemInterceptor } from '../api/interceptors';
import { Session } from './session';

@Component({ template: '' })
class Blank {}

const user = {
  id: 'u1',
  username: 'Marta',
  role: 'member',
  disabled: false,
  createdAt: '2026-01-01T00:00:00.000Z',
  lastSeenAt: null,
  preferences: { theme: 'light', language: 'de' },
  limits: { maxStreams: null, maxBitrate: null, bandwidth: null, maxAge: null, hiddenLibraryIds: [] },
};
const grant = (accessToken: string, expiresIn = 900) => ({ accessToken, refreshToken: '', expiresIn, user });
const unauthenticated = { type: 'about:blank', title: 'Sign in', status: 401, code: 'UNAUTHENTICATED' };
const turn = () => new Promise((resolve) => setTimeout(resolve, 120));

function setUp() {
  TestBed.configureTestingModule({
    providers: [
      provideHttpClient(withInterceptors([authInterceptor, problemInterceptor])),
      provideHttpClientTesting(),
      provideRouter([{ path: '**', component: Blank }]),
    ],
  });
  return {
    api: TestBed.inject(Api),
    http: TestBed.inject(HttpTestingController),
    session: TestBed.inject(Session),
    router: TestBed.inject(Router),
  };
}

test('calls before there is a token wait for one refresh, shared by all', async () => {
  const { api, http, session } = setUp();
  const calls = [api.call(accountRoutes.me), api.call(accountRoutes.me), api.call(accountRoutes.sessions)];
  await turn();
  const refresh = http.expectOne('/api/auth/refresh');
  expect(refresh.request.body).toEqual({ cookie: true });
  expect(refresh.request.headers.has('Authorization')).toBe(false);
  refresh.flush(grant('first'));
  await turn();
  const me = http.match('/api/users/me');
  expect(me.map(({ request }) => request.headers.get('Authorization'))).toEqual([
    'Bearer first',
    'Bearer first',
  ]);
  for (const request of me) request.flush(user);
  http.expectOne('/api/auth/sessions').flush({ items: [] });
  await Promise.all(calls);
  expect(session.user()?.username).toBe('Marta');
  http.verify();
});

test('a token the server no longer takes is renewed once and the call repeated', async () => {
  const { api, http, session } = setUp();
  session.accept(accountRoutes.login.reply.parse(grant('old')));
  const call = api.call(accountRoutes.me);
  await turn();
  http.expectOne('/api/users/me').flush(unauthenticated, { status: 401, statusText: 'Unauthorized' });
  await turn();
  http.expectOne('/api/auth/refresh').flush(grant('new'));
  await turn();
  const again = http.expectOne('/api/users/me');
  expect(again.request.headers.get('Authorization')).toBe('Bearer new');
  again.flush(user);
  await expect(call).resolves.toMatchObject({ username: 'Marta' });
});

test('a refused refresh ends the session and leads to sign-in, with the way back', async () => {
  const { api, http, session, router } = setUp();
  session.accept(accountRoutes.login.reply.parse(grant('old', 1)));
  await router.navigateByUrl('/movies?genre=Drama');
  const call = api.call(accountRoutes.me);
  const refused = expect(call).rejects.toMatchObject({ code: 'UNAUTHENTICATED', status: 401 });
  await turn();
  http
    .expectOne('/api/auth/refresh')
    .flush(
      { ...unauthenticated, code: 'REFRESH_TOKEN_INVALID' },
      { status: 401, statusText: 'Unauthorized' },
    );
  await refused;
  await turn();
  expect(session.signedIn()).toBe(false);
  expect(localStorage.getItem('hearth.account')).toBeNull();
  expect(router.url).toBe('/login?back=%2Fmovies%3Fgenre%3DDrama');
});

test('a server that is away does not sign anyone out', async () => {
  const { api, http, session } = setUp();
  session.accept(accountRoutes.login.reply.parse(grant('old', 1)));
  const call = api.call(accountRoutes.me);
  const away = expect(call).rejects.toMatchObject({ code: 'NETWORK' });
  await turn();
  http.expectOne('/api/auth/refresh').error(new ProgressEvent('error'));
  await away;
  expect(session.signedIn()).toBe(true);
});

test('no token is ever written to storage', () => {
  const { session } = setUp();
  session.accept(accountRoutes.login.reply.parse(grant('secret-token')));
  expect(Object.values(localStorage).join()).not.toContain('secret-token');
  expect(localStorage.getItem('hearth.account')).toContain('Marta');
});

test('public routes go without a token, problems arrive typed', async () => {
  const { api, http } = setUp();
  const call = api.call(systemRoutes.info);
  const failed = expect(call).rejects.toMatchObject({ code: 'RATE_LIMITED', status: 429, retryAfter: 7 });
  const request = http.expectOne('/api/system/info');
  expect(request.request.headers.has('Authorization')).toBe(false);
  request.flush(
    { type: 'about:blank', title: 'Slow down', status: 429, code: 'RATE_LIMITED', retryAfter: 7 },
    { status: 429, statusText: 'Too Many Requests' },
  );
  await failed;
});

test('a reply of another shape is a contract problem, not a crash later', async () => {
  const { api, http } = setUp();
  const call = api.call(systemRoutes.info);
  const failed = expect(call).rejects.toMatchObject({ code: 'CONTRACT', request: 'GET /api/system/info' });
  http.expectOne('/api/system/info').flush({ name: 'Hearth' });
  await failed;
});

test('other requests are left alone', () => {
  const { http } = setUp();
  TestBed.inject(HttpClient).get('/elsewhere').subscribe();
  expect(http.expectOne('/elsewhere').request.headers.has('Authorization')).toBe(false);
});
