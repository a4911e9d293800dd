import { accountRoutes } from '../../contract/src/account.js';
import { allRoutes } from '../../contract/src/all-routes.js';
import type { Access, Route } from '../../contract/src/route.js';
import type { Client } from '../support/client.js';
import { Hearth } from '../support/hearth.js';

let hearth: Hearth;
let admin: Client;
let member: Client;

beforeAll(async () => {
  hearth = await Hearth.start();
  admin = await hearth.setUp();
  await admin.call(accountRoutes.createUser, { username: 'mia', password: 'long enough', role: 'member' });
  const { accessToken } = await hearth.client.call(accountRoutes.login, {
    username: 'mia',
    password: 'long enough',
  });
  member = hearth.client.as(accessToken);
});
afterAll(() => hearth.dispose());

const routes = new Map(
  Object.values(allRoutes).flatMap((group) =>
    Object.values(group).map((route) => [`${route.method} ${route.path}`, route]),
  ),
);
const named = (...wanted: Access[]): string[] =>
  [...routes].filter(([, route]) => wanted.includes(route.access)).map(([name]) => name);
const get = (name: string): Route => routes.get(name)!;
const anyId = { id: 'x', sessionId: 'x', titleId: 'x', track: '0', rendition: 'v0-copy', piece: '0.m4s' };

test.each(named('member', 'admin'))('%s answers nobody without a token', async (name) => {
  const { problem, status } = await hearth.client.refused(get(name), anyId);
  expect([status, problem.code]).toEqual([401, 'UNAUTHENTICATED']);
});

test.each(named('member', 'admin'))('%s answers nobody with a forged token', async (name) => {
  const [header, payload] = member.accessToken?.split('.') ?? [];
  const { status } = await hearth.client.as(`${header}.${payload}.AAAA`).refused(get(name), anyId);
  expect(status).toBe(401);
});

test.each(named('admin'))('%s answers no member', async (name) => {
  const { problem, status } = await member.refused(get(name), anyId);
  expect([status, problem.code]).toEqual([403, 'FORBIDDEN']);
});

test.each(named('signed'))('%s answers nobody without a signature, signed in or not', async (name) => {
  const forged = { ...anyId, user: 'x', expires: '99999999999', signature: 'x' };
  for (const client of [hearth.client, admin]) {
    for (const input of [anyId, forged]) {
      const { problem, status } = await client.refused(get(name), input);
      expect([status, problem.code]).toEqual([403, 'SIGNATURE_INVALID']);
    }
  }
});

test.each(named('ticket'))('%s answers nobody without a ticket of ours, signed in or not', async (name) => {
  for (const client of [hearth.client, admin]) {
    for (const ticket of ['x', 'x'.repeat(30), `${'x'.repeat(100)}.${'x'.repeat(22)}`]) {
      const { problem, status } = await client.refused(get(name), { ...anyId, ticket });
      expect([status, problem.code]).toEqual([403, 'SIGNATURE_INVALID']);
    }
  }
});

test('what is public is a short list, on purpose', () => {
  expect(named('public').sort()).toEqual([
    'GET /api/openapi.json',
    'GET /api/providers/manifest.schema.json',
    'GET /api/system/info',
    'GET /health',
    'POST /api/auth/login',
    'POST /api/auth/refresh',
    'POST /api/invitations/accept',
    'POST /api/setup',
  ]);
});

test.each(['/api/nothing', '/api/titles/x/nothing', '/api/%00', '/api/%E0%A4%A'])(
  '%s is not found, with a problem',
  async (path) => {
    const response = await admin.fetch(path);
    expect(response.headers.get('content-type')).toMatch('application/problem+json');
    expect([400, 404]).toContain(response.status);
  },
);
