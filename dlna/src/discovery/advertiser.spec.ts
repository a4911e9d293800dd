import { FakeSsdpNetwork } from '../testing/fake-ssdp-network.js';
import { HandClock } from '../testing/hand-clock.js';
import { Advertiser } from './advertiser.js';
import type { LanInterface } from './interfaces.js';

const place = (name: string, address: string): LanInterface => ({
  name,
  address,
  netmask: '255.255.255.0',
  kind: 'lan',
  announced: true,
  reason: '',
});
const EAST = place('eth0', '10.77.0.1');
const WEST = place('eth1', '10.88.0.1');
const UUID = '12345678-1234-8234-9234-123456789abc';
const SERVER = 'urn:schemas-upnp-org:device:MediaServer:1';
const DIRECTORY = 'urn:schemas-upnp-org:service:ContentDirectory:1';
/** Root device, device, type, one service. */
const TARGETS = 4;

const search = (target: string, more = 'MX: 1\r\n'): string =>
  `M-SEARCH * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\nMAN: "ssdp:discover"\r\n${more}ST: ${target}\r\n\r\n`;

let network: FakeSsdpNetwork;
let clock: HandClock;
let places: LanInterface[];
let advertiser: Advertiser;

const pass = (milliseconds: number): Promise<void> => clock.pass(milliseconds);

beforeEach(() => {
  network = new FakeSsdpNetwork();
  clock = new HandClock();
  places = [EAST, WEST];
  advertiser = new Advertiser(
    {
      uuid: UUID,
      deviceType: SERVER,
      serviceTypes: [DIRECTORY],
      port: 8097,
      path: '/description.xml',
      serverHeader: 'Linux/6.1 UPnP/1.0 DLNADOC/1.50 Hearth/1',
    },
    { interfaces: () => places, open: network.open, clock, random: () => 0.5 },
  );
});
afterEach(async () => {
  const stopped = advertiser.stop();
  await pass(1000);
  await stopped;
});

/** Past the words at the start. */
async function started(): Promise<void> {
  await advertiser.start();
  await pass(2000);
  network.sent.length = 0;
}

describe('at the start', () => {
  test('forgets an earlier life, then says three times within two seconds that it is here, on each interface', async () => {
    await advertiser.start();
    expect(network.announcedFrom('10.77.0.1')).toEqual(Array(TARGETS).fill('ssdp:byebye'));
    await pass(2000);
    expect(network.announcedFrom('10.77.0.1')).toEqual(Array(3 * TARGETS).fill('ssdp:alive'));
    expect(network.announcedFrom('10.88.0.1')).toEqual([
      ...Array<string>(TARGETS).fill('ssdp:byebye'),
      ...Array<string>(3 * TARGETS).fill('ssdp:alive'),
    ]);
  });

  test('tells each network its own address, for a day, in this life', async () => {
    await advertiser.start();
    await pass(2000);
    const alive = network.sent.find(({ from, text }) => from === '10.88.0.1' && text.includes('ssdp:alive'));
    expect(alive?.text).toMatch(/^NOTIFY \* HTTP\/1\.1\r\n/);
    expect(alive?.text).toContain('LOCATION: http://10.88.0.1:8097/description.xml\r\n');
    expect(alive?.text).toContain('CACHE-CONTROL: max-age=86400\r\n');
    expect(alive?.text).toContain(`BOOTID.UPNP.ORG: ${new HandClock().now() / 1000}\r\n`);
  });

  test('an interface that cannot be had is told of, and tried again', async () => {
    network.refused.set('10.88.0.1', 'EADDRINUSE');
    await advertiser.start();
    expect(advertiser.state().map(({ trouble }) => trouble)).toEqual([undefined, 'EADDRINUSE']);
    network.refused.clear();
    await pass(15_000);
    expect(advertiser.state().map(({ trouble }) => trouble)).toEqual([undefined, undefined]);
  });
});

describe('searches', () => {
  beforeEach(started);

  test('one answer by the interface that the sender is behind, with that one’s address', async () => {
    network.say(search(SERVER), '10.88.0.7');
    expect(network.sent).toEqual([]);
    await pass(1000);
    const answers = network.answersTo('10.88.0.7');
    expect(answers.map(({ from }) => from)).toEqual(['10.88.0.1']);
    expect(answers[0]?.text).toContain('LOCATION: http://10.88.0.1:8097/description.xml\r\n');
    expect(answers[0]?.text).toContain(`USN: uuid:${UUID}::${SERVER}\r\n`);
    expect(network.sent).toEqual([]);
  });

  test('repetitions within a moment are one search; later it is asked again', async () => {
    for (let i = 0; i < 3; i++) {
      network.say(search(SERVER), '10.77.0.7');
      await pass(500);
    }
    await pass(2000);
    expect(network.answersTo('10.77.0.7')).toHaveLength(1);
    network.say(search(SERVER), '10.77.0.7');
    await pass(2000);
    expect(network.answersTo('10.77.0.7')).toHaveLength(1);
  });

  test('the same address may ask for two things, and two programs for the same', async () => {
    network.say(search(SERVER), '10.77.0.7', 50_000);
    network.say(search(DIRECTORY), '10.77.0.7', 50_000);
    network.say(search(SERVER), '10.77.0.7', 50_001);
    await pass(2000);
    expect(network.answersTo('10.77.0.7', 50_000)).toHaveLength(2);
    expect(network.answersTo('10.77.0.7', 50_001)).toHaveLength(1);
  });

  test.each([
    ['a stranger', search(SERVER), '203.0.113.9'],
    ['another television', search('urn:schemas-upnp-org:device:MediaRenderer:1'), '10.77.0.7'],
    ['no MAN', search(SERVER).replace(/MAN.*\r\n/, ''), '10.77.0.7'],
    ['a foreign MAN', search(SERVER).replace('ssdp:discover', 'ssdp:other'), '10.77.0.7'],
    ['no ST', search(SERVER).replace(/ST: .*\r\n/, ''), '10.77.0.7'],
    ['an announcement', search(SERVER).replace('M-SEARCH', 'NOTIFY'), '10.77.0.7'],
    ['a wildcard', search('urn:*'), '10.77.0.7'],
    ['an expression', search('(a+)+$'), '10.77.0.7'],
    ['nothing', '', '10.77.0.7'],
    ['rubbish', 'M-SEARCH \u0000\ufffd', '10.77.0.7'],
    ['too long', search(SERVER, `X: ${'x'.repeat(3000)}\r\n`), '10.77.0.7'],
  ])('%s gets no answer', async (_, text, from) => {
    network.say(text, from);
    await pass(10_000);
    expect(network.sent.filter(({ to }) => to !== undefined)).toEqual([]);
  });

  test('Windows leaves out MX, and is answered', async () => {
    network.say(search('ssdp:all', ''), '10.77.0.7');
    await pass(1000);
    expect(network.answersTo('10.77.0.7')).toHaveLength(TARGETS);
  });

  test('are remembered, by device: whether they were answered, and where', async () => {
    network.say(search(SERVER), '10.77.0.7');
    await pass(5000);
    network.say(search('roku:ecp'), '192.168.9.9');
    expect(advertiser.searches()).toEqual([
      { address: '192.168.9.9', target: 'roku:ecp', interface: '', answered: false, at: clock.now() },
      { address: '10.77.0.7', target: SERVER, interface: 'eth0', answered: true, at: clock.now() - 5000 },
    ]);
    expect(advertiser.state().map(({ searchesAnswered }) => searchesAnswered)).toEqual([1, 0]);
  });

  test('a flood neither fills the memory nor keeps the line busy', async () => {
    for (let port = 1; port <= 5000; port++) network.say(search('ssdp:all'), '10.77.0.7', port);
    for (let n = 0; n < 5000; n++) network.say(search(`x:${n}`), '10.77.0.7');
    await pass(5000);
    expect(network.sent.length).toBeLessThanOrEqual(120);
    expect(advertiser.searches()).toHaveLength(100);
  });
});

describe('as time goes by', () => {
  beforeEach(started);

  test('repeats itself twice a day, and never with a farewell', async () => {
    await pass(43_169_000 - 2000);
    expect(network.sent).toEqual([]);
    await pass(2000);
    expect(network.announcedFrom('10.77.0.1')).toEqual(Array(TARGETS).fill('ssdp:alive'));
  });

  test('follows an address that changes', async () => {
    places = [EAST, place('eth1', '10.99.0.4')];
    await pass(17_000);
    expect([...network.opened.keys()]).toEqual(['10.77.0.1', '10.99.0.4']);
    expect(network.announcedFrom('10.88.0.1')).toEqual([]);
    expect(network.announcedFrom('10.77.0.1')).toEqual([]);
    expect(network.announcedFrom('10.99.0.4').filter((nts) => nts === 'ssdp:alive')).toHaveLength(
      3 * TARGETS,
    );
  });

  test('a card that was away for a moment is heard again', async () => {
    network.forgotten.add('10.88.0.1');
    await pass(15_000);
    expect(network.announcedFrom('10.88.0.1')).toEqual(Array(TARGETS).fill('ssdp:alive'));
    expect(network.announcedFrom('10.77.0.1')).toEqual([]);
  });

  test('a socket that dies is replaced', async () => {
    network.opened.get('10.88.0.1')?.fail(Object.assign(new Error('gone'), { code: 'ENETDOWN' }));
    expect(advertiser.state()[1]?.trouble).toBe('ENETDOWN');
    await pass(15_000);
    expect(advertiser.state()[1]?.trouble).toBeUndefined();
    expect(network.opened.has('10.88.0.1')).toBe(true);
  });

  test('what can’t be sent is told, until it can', async () => {
    network.unsendable.set('10.88.0.1', 'EPERM');
    network.say(search(SERVER), '10.88.0.7');
    await pass(1000);
    expect(advertiser.state()[1]?.trouble).toBe('EPERM');
    network.unsendable.clear();
    network.say(search(DIRECTORY), '10.88.0.7');
    await pass(1000);
    expect(advertiser.state()[1]?.trouble).toBeUndefined();
  });
});

test('at the end it says farewell twice on each interface, before its sockets close', async () => {
  await started();
  network.say(search(SERVER), '10.77.0.7');
  const stopped = advertiser.stop();
  await pass(0);
  expect(network.opened.size).toBe(2);
  await pass(100);
  await stopped;
  for (const { address } of [EAST, WEST])
    expect(network.announcedFrom(address)).toEqual(Array(2 * TARGETS).fill('ssdp:byebye'));
  expect(network.sent).toEqual([]);
  expect(network.opened.size).toBe(0);
  await pass(100_000);
  expect(network.sent).toEqual([]);
});
