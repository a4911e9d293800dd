import { connect } from 'node:net';
import { allRoutes } from '../../contract/src/all-routes.js';
import type { Route } from '../../contract/src/route.js';
import type { Client } from '../support/client.js';
import { databaseKinds, Hearth } from '../support/hearth.js';

const routes = Object.values(allRoutes)
  .flatMap((group) => Object.values(group))
  // Signed routes never see their input without a signature or a ticket; see access.spec.ts.
  .filter((route) => !['signed', 'ticket'].includes(route.access));
const byName = new Map(routes.map((route) => [`${route.method} ${route.path}`, route]));
const names = (wanted: (route: Route) => unknown): string[] =>
  [...byName].filter(([, route]) => wanted(route)).map(([name]) => name);

const fill = (route: Route, value: string): string => route.path.replace(/:\w+/g, encodeURIComponent(value));

async function expectRefusal(response: Response): Promise<void> {
  expect(response.headers.get('content-type')).toMatch('application/problem+json');
  expect(response.status).toBeGreaterThanOrEqual(400);
  expect(response.status).toBeLessThan(500);
  expect(await response.json()).toHaveProperty('code');
}

/** Every field of theirs may be left out. */
const acceptsAnyObject = ['/api/libraries/:id/scan', '/api/invitations', '/api/torrents/settings'];
const bodies = [
  '',
  '{',
  '[]',
  'null',
  '"text"',
  '{"password":1}',
  '{"__proto__":{"x":1}}',
  `{"a":"${'x'.repeat(100)}`,
];

const ids = ['../../etc/passwd', "' OR 1=1 --", '\0', 'x'.repeat(400), '❤', '-1'];

/** Announces more than the server takes and sends none of it, so that the answer cannot race with the upload. */
async function announceLargeBody(client: Client, route: Route): Promise<string> {
  const { hostname, port } = new URL(client.baseUrl);
  const socket = connect(Number(port), hostname);
  const head = [
    `${route.method} ${fill(route, 'x')} HTTP/1.1`,
    'Host: localhost',
    `Authorization: Bearer ${client.accessToken}`,
    'Content-Type: application/json',
    'Content-Length: 2000000',
    'Connection: close',
  ];
  socket.write(`${head.join('\r\n')}\r\n\r\n`);
  let answer = '';
  for await (const chunk of socket) {
    answer += String(chunk);
    if (answer.includes('PAYLOAD_TOO_LARGE')) break;
  }
  return answer;
}

describe.each(databaseKinds)('bad input on %s', (database) => {
  let hearth: Hearth;
  let admin: Client;

  beforeAll(async () => {
    hearth = await Hearth.start({ database });
    admin = await hearth.setUp();
  });
  afterAll(() => hearth.dispose());

  test.each(names((route) => route.body && !acceptsAnyObject.includes(route.path)))(
    '%s refuses bodies that are none',
    async (name) => {
      const route = byName.get(name)!;
      for (const body of bodies) {
        if (name === 'POST /api/auth/refresh' && body.startsWith('{"')) continue;
        const options = { method: route.method, body, headers: { 'content-type': 'application/json' } };
        await expectRefusal(await admin.fetch(fill(route, 'x'), options));
      }
    },
  );

  test.each(names((route) => route.body))(
    '%s refuses a body that is too large, and other content types',
    async (name) => {
      const route = byName.get(name)!;
      expect(await announceLargeBody(admin, route)).toMatch(
        /^HTTP\/1\.1 413 [^]*application\/problem\+json[^]*PAYLOAD_TOO_LARGE/,
      );
      const xml = { 'content-type': 'text/xml' };
      await expectRefusal(
        await admin.fetch(fill(route, 'x'), { method: route.method, body: '<a/>', headers: xml }),
      );
    },
  );

  test.each(names((route) => route.path.includes(':')))('%s knows no such id', async (name) => {
    const route = byName.get(name)!;
    // Taking a favourite away that is not there, and asking for one, are no mistakes.
    if (route.path.startsWith('/api/favorites/') && route.method !== 'PUT') return;
    for (const id of ids) {
      const body = route.body && JSON.stringify({});
      const headers: HeadersInit = body ? { 'content-type': 'application/json' } : {};
      await expectRefusal(
        await admin.fetch(fill(route, id), { method: route.method, headers, ...(body && { body }) }),
      );
    }
  });

  test.each(names((route) => route.query && route.method === 'GET'))(
    '%s survives any query',
    async (name) => {
      const route = byName.get(name)!;
      const values = ['', '-1', '1e99', 'NaN', '\0', "';--", '[]', 'x'.repeat(3000), '❤'];
      const shape = route.query && 'shape' in route.query ? Object.keys(route.query.shape as object) : ['q'];
      for (const key of shape) {
        for (const value of values) {
          const response = await admin.fetch(`${fill(route, 'x')}?${key}=${encodeURIComponent(value)}`);
          expect(response.status).toBeLessThan(500);
          await response.body?.cancel();
        }
      }
    },
  );

  test('the server is still well', async () => {
    expect((await admin.fetch('/health')).status).toBe(200);
    expect(hearth.log.filter((line) => line.includes('"level":"error"'))).toEqual([]);
  });
});
