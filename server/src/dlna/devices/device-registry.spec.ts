import type { GuestFacts } from '@hearth/dlna/guest';
import type { DeviceProfile } from '@hearth/dlna/profiles/device-profile';
import { ProfileBook } from '@hearth/dlna/profiles/profile-book';
import { bundledProfiles } from '@hearth/dlna/profiles/profile-files';
import { openTestDatabase, type TestDatabase } from '../../../../tests/support/database.js';
import { Logger, LogSink } from '../../common/log/logger.js';
import { notFound } from '../../common/problem-error.js';
import { EventBus } from '../../events/event-bus.js';
import type { AccountService } from '../../user/account.service.js';
import { DeviceEntity } from './device.entity.js';
import { DeviceRegistry } from './device-registry.service.js';
import { DeviceViewers } from './device-viewers.service.js';
import type { Neighbours } from './neighbours.js';

const book = new ProfileBook([bundledProfiles]);
const { generic } = book;
const other = book.all.find(({ id }) => id !== 'generic') ?? generic;
const logger = new Logger(new LogSink('error', () => undefined), 'test');

let opened: TestDatabase;
let heard: string[];
let macs: Map<string, string>;
let registry: DeviceRegistry;
let people: Map<string, { disabled: boolean }>;

/** The kernel's table, as a spec has it. */
const neighbours = { mac: (address: string) => Promise.resolve(macs.get(address) ?? null) };
const accounts = {
  get: (id: string) => {
    const account = people.get(id);
    return account ? Promise.resolve(account) : Promise.reject(notFound('account'));
  },
};

beforeEach(async () => {
  opened = await openTestDatabase([DeviceEntity]);
  heard = [];
  macs = new Map();
  people = new Map();
  start();
});
afterEach(() => opened.close());

/** As after a restart. */
function start(): void {
  const events = new EventBus(opened.database, logger);
  events.listen(({ name }) => heard.push(name));
  const viewers = new DeviceViewers(accounts as unknown as AccountService);
  const profiles = { book: () => Promise.resolve(book) };
  registry = new DeviceRegistry(opened.database, events, viewers, profiles, logger, neighbours as Neighbours);
}

const facts = (address: string, more: Partial<GuestFacts> = {}): GuestFacts => ({
  ...{ address, localAddress: '192.168.1.2', localPort: 8097 },
  ...{ userAgent: 'Test/1.0', clientInfo: '', friendlyName: '' },
  ...more,
});
const admit = (address: string, profile: DeviceProfile = generic, more: Partial<GuestFacts> = {}) =>
  registry.admit(facts(address, more), profile);
const rows = () => opened.database.read.find(DeviceEntity, { order: { firstSeenAt: 'ASC', id: 'ASC' } });
const settle = (id: string, change: Partial<DeviceEntity>) =>
  opened.database.write((manager) => manager.update(DeviceEntity, { id }, { settled: true, ...change }));

test('a stranger is let in, sees what everybody sees, and is written down once', async () => {
  const guests = await Promise.all([admit('192.168.1.20'), admit('192.168.1.20'), admit('192.168.1.20')]);
  expect(new Set(guests.map((guest) => guest?.deviceId)).size).toBe(1);
  expect(guests[0]).toMatchObject({ viewerId: 'household', profile: generic });
  const [device, ...rest] = await rows();
  expect(rest).toEqual([]);
  expect(device).toMatchObject({ name: 'Device at 192.168.1.20', product: 'Test/1.0', access: 'allowed' });
  expect(heard).toEqual(['device.updated']);
});

test('a television that gets another address stays whose it was; another one at its address does not become it', async () => {
  macs.set('192.168.1.20', 'aa:aa:aa:aa:aa:aa');
  const first = await admit('192.168.1.20');
  await settle(first?.deviceId ?? '', { viewer: 'kids' });
  start();
  macs.clear();
  macs.set('192.168.1.33', 'aa:aa:aa:aa:aa:aa').set('192.168.1.20', 'bb:bb:bb:bb:bb:bb');
  expect(await admit('192.168.1.33')).toMatchObject({ deviceId: first?.deviceId, viewerId: 'kids' });
  const second = await admit('192.168.1.20');
  expect(second?.deviceId).not.toBe(first?.deviceId);
  expect(second?.viewerId).toBe('household');
});

test('a television that was settled before its hardware address was known stays settled', async () => {
  const first = await admit('192.168.1.20');
  await settle(first?.deviceId ?? '', { viewer: 'kids' });
  macs.set('192.168.1.20', 'aa:aa:aa:aa:aa:aa');
  registry.forget();
  expect(await admit('192.168.1.20')).toMatchObject({ deviceId: first?.deviceId, viewerId: 'kids' });
  macs.clear();
  macs.set('192.168.1.33', 'aa:aa:aa:aa:aa:aa');
  expect(await admit('192.168.1.33')).toMatchObject({ deviceId: first?.deviceId, viewerId: 'kids' });
  expect(await rows()).toHaveLength(1);
});

test('a person’s device falls back to the household when the account is switched off or gone', async () => {
  const guest = await admit('192.168.1.20');
  await opened.database.write((manager) =>
    manager.query(
      `INSERT INTO account (id, username, username_key, password_hash, role, preferences, created_at) VALUES ('ann', 'ann', 'ann', '', 'member', '{}', 0)`,
    ),
  );
  await settle(guest?.deviceId ?? '', { viewer: 'person', accountId: 'ann' });
  people.set('ann', { disabled: false });
  registry.forget();
  expect(await admit('192.168.1.20')).toMatchObject({ viewerId: 'ann' });
  people.set('ann', { disabled: true });
  registry.forget();
  expect(await admit('192.168.1.20')).toMatchObject({ viewerId: 'household' });
  people.delete('ann');
  await opened.database.write((manager) => manager.query("DELETE FROM account WHERE id = 'ann'"));
  registry.forget();
  expect(await admit('192.168.1.20')).toMatchObject({ viewerId: 'household' });
});

test('shut out is shut out; a fixed profile wins over what it is recognised as', async () => {
  const guest = await admit('192.168.1.20', other);
  expect(guest?.profile.id).toBe(other.id);
  await settle(guest?.deviceId ?? '', { fixedProfileId: 'generic' });
  registry.forget();
  expect((await admit('192.168.1.20', other))?.profile.id).toBe('generic');
  await settle(guest?.deviceId ?? '', { access: 'denied' });
  registry.forget();
  expect(await admit('192.168.1.20', other)).toBeUndefined();
});

test('of a crowd of strangers the latest few hundred are kept, and all an administrator settled', async () => {
  const first = await admit('10.0.0.1');
  await settle(first?.deviceId ?? '', { name: 'Kitchen' });
  for (let n = 0; n < 320; n++) await admit(`10.1.${Math.floor(n / 200)}.${n % 200}`);
  const kept = await rows();
  expect(kept).toHaveLength(300);
  expect(kept.some(({ name }) => name === 'Kitchen')).toBe(true);
}, 60_000);

test('what a device says of itself cannot break out of a line', async () => {
  await admit('192.168.1.20', generic, { friendlyName: `Evil\r\n\u202e${'x'.repeat(500)}` });
  const [device] = await rows();
  expect(device?.name).toMatch(/^Evil x+$/);
  expect(device?.name.length).toBeLessThanOrEqual(100);
});
