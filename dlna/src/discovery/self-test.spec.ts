import { FakeSsdpNetwork } from '../testing/fake-ssdp-network.js';
import { HandClock } from '../testing/hand-clock.js';
import type { LanInterface } from './interfaces.js';
import { selfTest } from './self-test.js';

const PLACE: LanInterface = {
  name: 'eth0',
  address: '10.77.0.1',
  netmask: '255.255.255.0',
  kind: 'lan',
  announced: true,
  reason: '',
};
const UUID = '12345678-1234-8234-9234-123456789abc';
const answer = (target: string): string =>
  `HTTP/1.1 200 OK\r\nST: ${target}\r\nLOCATION: http://10.77.0.1:8097/description.xml\r\n\r\n`;

let network: FakeSsdpNetwork;
let clock: HandClock;
const test1 = () => selfTest([PLACE], UUID, { open: network.open, clock });

beforeEach(() => {
  network = new FakeSsdpNetwork();
  clock = new HandClock();
});

test('asks as a television does, and measures until the answer', async () => {
  const results = test1();
  await clock.pass(0);
  expect(network.sent[0]?.text).toBe(
    `M-SEARCH * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\nMAN: "ssdp:discover"\r\nMX: 1\r\nST: uuid:${UUID}\r\n\r\n`,
  );
  await clock.pass(300);
  network.say('NOTIFY * HTTP/1.1\r\n\r\n', '10.77.0.1');
  network.say('\u0000', '10.77.0.1');
  network.say(answer('uuid:another'), '10.77.0.1');
  await clock.pass(12);
  network.say(answer(`uuid:${UUID}`), '10.77.0.1');
  await expect(results).resolves.toEqual([
    {
      name: 'eth0',
      address: '10.77.0.1',
      found: true,
      milliseconds: 312,
      message: 'Answered: http://10.77.0.1:8097/description.xml',
    },
  ]);
  expect(network.opened.size).toBe(0);
});

test('silence is a firewall’s', async () => {
  const results = test1();
  await clock.pass(0);
  await clock.pass(2500);
  await expect(results).resolves.toMatchObject([
    { found: false, milliseconds: null, message: expect.stringContaining('firewall') },
  ]);
  expect(network.opened.size).toBe(0);
});

test.each(['refused', 'unsendable'] as const)('what is %s is told at once', async (how) => {
  network[how].set('10.77.0.1', 'EPERM');
  await expect(test1()).resolves.toMatchObject([{ found: false, message: expect.stringContaining('EPERM') }]);
  expect(network.opened.size).toBe(0);
});
