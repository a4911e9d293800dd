import { accountRoutes } from '../../contract/src/account.js';
import { systemRoutes } from '../../contract/src/system.js';
import { databaseKinds, Hearth } from '../support/hearth.js';
import type { Client } from '../support/client.js';

const ada = { username: 'Ada', password: 'correct horse' };

describe.each(databaseKinds)('accounts on %s', (database) => {
  let hearth: Hearth;
  let admin: Client;

  beforeAll(async () => {
    hearth = await Hearth.start({ database });
  });
  afterAll(() => hearth.dispose());

  test('a folder that cannot be a library leaves no half-done setup behind', async () => {
    const library = (path: string) => ({ name: 'Films', kind: 'movies' as const, path });
    for (const [code, paths] of [
      ['FOLDER_UNREADABLE', ['/no/such/folder']],
      ['FOLDER_RESERVED', [hearth.dataDirectory]],
      ['FOLDER_IN_USE', [import.meta.dirname, `${import.meta.dirname}/.`]],
    ] as const) {
      const { problem } = await hearth.client.refused(accountRoutes.setup, {
        ...ada,
        libraries: paths.map(library),
      });
      expect(problem.code).toBe(code);
    }
    expect(await hearth.client.call(systemRoutes.info)).toMatchObject({ setupCompleted: false });
  });

  test('the first run makes one administrator, and only one of two that race', async () => {
    expect(await hearth.client.call(systemRoutes.info)).toMatchObject({ setupCompleted: false });
    const attempts = await Promise.allSettled([
      hearth.client.call(accountRoutes.setup, ada),
      hearth.client.call(accountRoutes.setup, { username: 'eve', password: 'also long enough' }),
    ]);
    const tokens = attempts.flatMap((attempt) => (attempt.status === 'fulfilled' ? [attempt.value] : []));
    expect(tokens).toHaveLength(1);
    expect(await hearth.client.call(systemRoutes.info)).toMatchObject({ setupCompleted: true });
    const { problem } = await hearth.client.refused(accountRoutes.setup, ada);
    expect(problem.code).toBe('SETUP_ALREADY_DONE');
    admin = hearth.client.as(tokens[0]?.accessToken);
    const me = await admin.call(accountRoutes.me);
    if (me.username !== 'Ada') await admin.call(accountRoutes.createUser, { ...ada, role: 'admin' });
  });

  test('a name is the same in any case, and a wrong password says nothing more', async () => {
    const tokens = await hearth.client.call(accountRoutes.login, { ...ada, username: 'aDA' });
    expect(tokens.user.username).toBe('Ada');
    const wrong = await hearth.client.refused(accountRoutes.login, { ...ada, password: 'wrong' });
    const unknown = await hearth.client.refused(accountRoutes.login, { ...ada, username: 'nobody' });
    expect(wrong).toEqual(unknown);
    expect(wrong).toMatchObject({ status: 401, problem: { code: 'INVALID_CREDENTIALS' } });
  });

  test('a refresh token works once; its second use ends the whole sign-in', async () => {
    const first = await hearth.client.call(accountRoutes.login, ada);
    const second = await hearth.client.call(accountRoutes.refresh, { refreshToken: first.refreshToken });
    expect(second.refreshToken).not.toBe(first.refreshToken);
    const reused = await hearth.client.refused(accountRoutes.refresh, { refreshToken: first.refreshToken });
    expect(reused.problem.code).toBe('REFRESH_TOKEN_INVALID');
    const stolen = await hearth.client.refused(accountRoutes.refresh, { refreshToken: second.refreshToken });
    expect(stolen.problem.code).toBe('REFRESH_TOKEN_INVALID');
    const { status } = await hearth.client.as(second.accessToken).refused(accountRoutes.me);
    expect(status).toBe(401);
  });

  test('of two refreshes at the same moment one wins, and the other is taken for a thief', async () => {
    const { refreshToken } = await hearth.client.call(accountRoutes.login, ada);
    const both = await Promise.allSettled(
      [1, 2].map(() => hearth.client.call(accountRoutes.refresh, { refreshToken })),
    );
    expect(both.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
  });

  test('browsers get the refresh token as a cookie no script can read', async () => {
    const response = await hearth.client.send(accountRoutes.login, { ...ada, cookie: true });
    expect(await response.json()).toMatchObject({ refreshToken: '' });
    const cookie = response.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^hearth_refresh=[^;]+;.*Path=\/api\/auth.*HttpOnly.*SameSite=Strict/);
    const refreshed = await hearth.client.fetch('/api/auth/refresh', {
      method: 'POST',
      body: JSON.stringify({ cookie: true }),
      headers: { 'content-type': 'application/json', cookie: cookie.split(';')[0] ?? '' },
    });
    expect(refreshed.status).toBe(200);
  });

  test('tabs that renew the cookie they share at the same moment all go on; one gets the next; no script’s copy does', async () => {
    const login = await hearth.client.send(accountRoutes.login, { ...ada, cookie: true });
    const [cookie = ''] = (login.headers.get('set-cookie') ?? '').split(';');
    const renew = (body: object, sent: string) =>
      hearth.client.fetch('/api/auth/refresh', {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json', ...(sent && { cookie: sent }) },
      });
    const tabs = await Promise.all([1, 2, 3].map(() => renew({ cookie: true }, cookie)));
    expect(tabs.map(({ status }) => status)).toEqual([200, 200, 200]);
    const given = tabs.flatMap(({ headers }) => headers.get('set-cookie') ?? []);
    expect(given).toHaveLength(1);
    expect((await renew({ cookie: true }, given[0]?.split(';')[0] ?? '')).status).toBe(200);
    const [, copy = ''] = cookie.split('=');
    expect((await renew({ refreshToken: decodeURIComponent(copy) }, '')).status).toBe(401);
    expect((await renew({ cookie: true }, given[0]?.split(';')[0] ?? '')).status).toBe(401);
  });

  test('devices are listed, and one that is signed out is out at once', async () => {
    const tv = await hearth.client.call(accountRoutes.login, { ...ada, deviceName: 'Living-room TV' });
    const phone = hearth.client.as((await hearth.client.call(accountRoutes.login, ada)).accessToken);
    const { items } = await phone.call(accountRoutes.sessions);
    const session = items.find((item) => item.deviceName === 'Living-room TV');
    expect(items.filter((item) => item.current)).toHaveLength(1);
    await phone.call(accountRoutes.revokeSession, { id: session?.id ?? '' });
    expect((await hearth.client.as(tv.accessToken).refused(accountRoutes.me)).status).toBe(401);
    expect((await phone.call(accountRoutes.me)).username).toBe('Ada');
  });

  test('an invitation makes one account, with its role', async () => {
    const { code = '' } = await admin.call(accountRoutes.invite, { role: 'child' });
    const taken = await hearth.client.refused(accountRoutes.acceptInvitation, { ...ada, code });
    expect(taken.problem.code).toBe('USERNAME_TAKEN');
    const guest = { username: 'kim', password: 'eight or more', code };
    const tokens = await hearth.client.call(accountRoutes.acceptInvitation, guest);
    expect(tokens.user).toMatchObject({ username: 'kim', role: 'child' });
    const again = await hearth.client.refused(accountRoutes.acceptInvitation, { ...guest, username: 'lee' });
    expect(again.problem.code).toBe('INVITATION_INVALID');
  });

  test('the last administrator can neither leave nor lose power', async () => {
    const { items } = await admin.call(accountRoutes.users);
    const administrators = items.filter((item) => item.role === 'admin');
    for (const { id } of administrators.slice(1)) await admin.call(accountRoutes.deleteUser, { id });
    const last = { id: administrators[0]?.id ?? '' };
    expect((await admin.refused(accountRoutes.deleteUser, last)).problem.code).toBe('LAST_ADMINISTRATOR');
    for (const change of [{ role: 'member' }, { disabled: true }]) {
      const { problem } = await admin.refused(accountRoutes.updateUser, { ...last, ...change });
      expect(problem.code).toBe('LAST_ADMINISTRATOR');
    }
  });

  test('a switched-off account is out at once and cannot come back', async () => {
    const draft = { username: 'sam', password: 'eight or more', role: 'member' as const };
    const { id } = await admin.call(accountRoutes.createUser, draft);
    const tokens = await hearth.client.call(accountRoutes.login, draft);
    await admin.call(accountRoutes.updateUser, { id, disabled: true });
    expect((await hearth.client.as(tokens.accessToken).refused(accountRoutes.me)).status).toBe(401);
    const login = await hearth.client.refused(accountRoutes.login, draft);
    expect(login.problem.code).toBe('ACCOUNT_DISABLED');
  });

  test('guessing is slowed down, for known and unknown names alike', async () => {
    for (const username of ['Ada', 'nobody at all']) {
      let code = '';
      for (let attempt = 0; attempt < 8 && code !== 'ACCOUNT_LOCKED'; attempt += 1) {
        const { problem } = await hearth.client.refused(accountRoutes.login, { username, password: 'guess' });
        code = problem.code;
      }
      expect(code).toBe('ACCOUNT_LOCKED');
    }
  });

  test('guesses sent all at once are no way around that', async () => {
    const mallory = { username: 'Mallory', password: 'a password of her own' };
    await admin.call(accountRoutes.createUser, { ...mallory, role: 'member' });
    const passwords = [
      ...Array.from({ length: 30 }, (_, index) => `wrong password ${index}`),
      mallory.password,
    ];
    const answers = await Promise.all(
      passwords.map((password) =>
        hearth.client.send(accountRoutes.login, { username: mallory.username, password }),
      ),
    );
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 401).length).toBeLessThan(10);
    expect(statuses.at(-1)).toBe(429);
  });

  test('nothing secret reaches the log', () => {
    const log = hearth.log.join('\n');
    for (const secret of [ada.password, 'eight or more', admin.accessToken ?? '?'])
      expect(log).not.toContain(secret);
  });
});
