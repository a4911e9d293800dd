import { CastGrants } from './cast-grants.service.js';

const sender = { accountId: 'ann', sessionId: 'phone' };
const film = 7200;
const began = Date.UTC(2026, 0, 1);
const hours = (count: number): number => began + count * 3_600_000;

let signedIn: boolean;
let grants: CastGrants;
beforeEach(() => {
  signedIn = true;
  const caller = { ...sender, role: 'member' } as const;
  grants = new CastGrants({
    check: (accountId, sessionId) =>
      Promise.resolve(signedIn && accountId === 'ann' && sessionId === 'phone' ? caller : null),
  });
});

test('what was sent can be fetched for as long as it lasts, and some hours; then no more', async () => {
  const grant = grants.give(sender, film, began);
  expect(await grants.hold('film', grant, hours(7.9))).toBe(true);
  const other = grants.give(sender, film, began);
  expect(await grants.hold('other', other, hours(8.1))).toBe(false);
  expect(await grants.hold('photo', grants.give(sender, 0, began), hours(6.1))).toBe(false);
});

test('whoever fetches goes on, for that file alone', async () => {
  const grant = grants.give(sender, film, began);
  for (const hour of [5, 10, 15, 20]) expect(await grants.hold('film', grant, hours(hour))).toBe(true);
  expect(await grants.hold('film', grant, hours(26.1))).toBe(false);
  expect(await grants.hold('another', grant, hours(20))).toBe(false);
});

test('nothing holds beyond the sign-in it was sent from, and what it held is not renewed', async () => {
  const grant = grants.give(sender, film, began);
  expect(await grants.hold('film', grant, began)).toBe(true);
  signedIn = false;
  expect(await grants.hold('film', grant, began)).toBe(false);
  await expect(grants.mustBeThere(sender)).rejects.toMatchObject({ code: 'FORBIDDEN' });
});
