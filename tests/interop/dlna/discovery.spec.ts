import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { deviceRoutes } from '../../../contract/src/device.js';
import { Lan, type LanHost, whyNoLan } from '../../support/lan.js';
import { waitFor } from '../../support/wait-for.js';
import { LanHearth, twoLans } from './lan-hearth.js';

const SERVER = 'urn:schemas-upnp-org:device:MediaServer:1';
const controlPoint = join(import.meta.dirname, 'raw-control-point.mjs');

interface Datagram {
  readonly from: string;
  readonly startLine: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly at: number;
}

/** Lines of a program as they come. */
function linesOf(child: ChildProcess): string[] {
  const lines: string[] = [];
  if (child.stdout) createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
  return lines;
}

/** What is said to everybody, or answered to a search, on one host. */
async function listen(host: LanHost, address: string, ...target: string[]): Promise<Datagram[]> {
  const heard: Datagram[] = [];
  const child = host.spawn(process.execPath, [controlPoint, address, ...target]);
  const ready = new Promise<void>((resolve) => {
    createInterface({ input: child.stdout! }).on('line', (line) => {
      const said = JSON.parse(line) as Partial<Datagram> & { ready?: boolean };
      if (said.ready) resolve();
      else heard.push({ from: '', startLine: '', headers: {}, ...said, at: Date.now() });
    });
  });
  await ready;
  return heard;
}

const second = (count = 1) => new Promise((resolve) => setTimeout(resolve, count * 1000));
const missing = whyNoLan();
if (missing) process.stderr.write(`DLNA in a network of two LANs is left out: ${missing}\n`);

(missing ? describe.skip : describe)(
  `in a house of two LANs${missing ? ` (left out: ${missing})` : ''}`,
  () => {
    let lan: Lan;
    let home: LanHearth;
    /** Of gssdp-discover, and of who listens to everybody. */
    const seen: Record<string, string[]> = {};
    const said: Record<string, Datagram[]> = {};

    beforeAll(async () => {
      lan = await Lan.create(twoLans);
      for (const [name, address] of [
        ['east', '10.77.0.2'],
        ['west', '10.88.0.2'],
        ['stranger', '10.99.0.2'],
      ] as const) {
        seen[name] = linesOf(
          lan.host(name).spawn('gssdp-discover', ['-i', 'eth0', `--target=${SERVER}`, '--message-type=all']),
        );
        said[name] = await listen(lan.host(name), address);
      }
      await waitFor(
        () => seen['west']?.some((line) => line.startsWith('Showing')),
        'gssdp-discover to begin',
      );
      home = await LanHearth.on(lan);
      const { hearth } = home;
      await waitFor(
        () => hearth.log.some((line) => line.includes('"Televisions are served"')),
        'the DLNA server',
      );
    }, 120_000);
    afterAll(() => home.dispose());

    test.each([
      ['east', '10.77.0.1'],
      ['west', '10.88.0.1'],
    ])('gssdp-discover in the %s sees it at %s, once', async (name, address) => {
      const lines = seen[name] ?? [];
      await waitFor(() => lines.some((line) => line.includes('Location:')), 'gssdp-discover');
      const located = lines.filter((line) => line.includes('Location:'));
      expect(located.map((line) => line.trim())).toEqual([
        expect.stringMatching(new RegExp(`^Location: *http://${address}:8097/description.xml$`)),
      ]);
    });

    test.each([
      ['east', '10.77.0.2', '10.77.0.1'],
      ['west', '10.88.0.2', '10.88.0.1'],
    ])('a search in the %s gets exactly one answer', async (name, own, hearthAt) => {
      const answers = await listen(home.host(name), own, SERVER);
      await waitFor(() => answers.length > 0, 'an answer');
      await second();
      expect(answers).toHaveLength(1);
      const [answer] = answers;
      expect(answer?.from).toBe(hearthAt);
      expect(answer?.headers).toMatchObject({
        ST: SERVER,
        LOCATION: `http://${hearthAt}:8097/description.xml`,
        EXT: '',
        'CACHE-CONTROL': 'max-age=86400',
      });
      const description = await home
        .host(name)
        .run(process.execPath, [
          '-e',
          'fetch(process.argv[1]).then((r) => r.text()).then(console.log)',
          answer?.headers['LOCATION'] ?? '',
        ]);
      expect(description.stdout).toContain('<friendlyName>Lan Hearth</friendlyName>');
      expect(answer?.headers['USN']).toBe(`${/<UDN>(.*)<\/UDN>/.exec(description.stdout)?.[1]}::${SERVER}`);
    });

    test('the six of ssdp:all, each once', async () => {
      const answers = await listen(home.host('east'), '10.77.0.2', 'ssdp:all');
      await waitFor(() => answers.length >= 6, 'six answers');
      await second();
      expect(answers.map(({ headers }) => headers['ST']?.replace(/^uuid:.*/, 'uuid')).sort()).toEqual([
        'upnp:rootdevice',
        'urn:microsoft.com:service:X_MS_MediaReceiverRegistrar:1',
        'urn:schemas-upnp-org:device:MediaServer:1',
        'urn:schemas-upnp-org:service:ConnectionManager:1',
        'urn:schemas-upnp-org:service:ContentDirectory:1',
        'uuid',
      ]);
    });

    test('each LAN heard a farewell and three greetings, with its own address and from there', () => {
      for (const [name, address] of [
        ['east', '10.77.0.1'],
        ['west', '10.88.0.1'],
      ] as const) {
        const ours = (said[name] ?? []).filter(({ headers }) => headers['NT'] === SERVER);
        expect(ours.map(({ headers }) => headers['NTS'])).toEqual([
          'ssdp:byebye',
          'ssdp:alive',
          'ssdp:alive',
          'ssdp:alive',
        ]);
        expect(new Set(ours.map(({ from }) => from))).toEqual(new Set([address]));
        expect(ours[1]?.headers['LOCATION']).toBe(`http://${address}:8097/description.xml`);
      }
    });

    test('whoever is in the VPN hears nothing, and gets no answer', async () => {
      const answers = await listen(home.host('stranger'), '10.99.0.2', 'ssdp:all');
      await second(2);
      expect([...answers, ...(said['stranger'] ?? []).filter(({ from }) => from !== '10.99.0.2')]).toEqual(
        [],
      );
      expect(seen['stranger']?.join('\n')).not.toContain('Location');
    });

    describe('the doctor', () => {
      test('tells where it announces, and who asked', async () => {
        const ada = await home.hearth.setUp();
        const report = await ada.call(deviceRoutes.doctor);
        expect(report.interfaces.filter(({ announced }) => announced).map(({ address }) => address)).toEqual([
          '10.77.0.1',
          '10.88.0.1',
        ]);
        expect(report.interfaces.find(({ name }) => name === 'wg0')).toMatchObject({
          kind: 'vpn',
          announced: false,
        });
        expect(
          report.interfaces.every(
            ({ announced, lastAnnouncedAt }) => announced === (lastAnnouncedAt !== null),
          ),
        ).toBe(true);
        expect(report.searches).toContainEqual(
          expect.objectContaining({
            address: '10.88.0.2',
            target: SERVER,
            interface: 'eth1',
            answered: true,
          }),
        );
        expect(report.findings).toEqual([expect.objectContaining({ severity: 'fine' })]);
        const { interfaces } = await ada.call(deviceRoutes.examine);
        expect(interfaces.map(({ address, found }) => [address, found])).toEqual([
          ['10.77.0.1', true],
          ['10.88.0.1', true],
        ]);
      });
    });

    test('the web page is found by mDNS, at the address of the asker’s network', async () => {
      const query = join(import.meta.dirname, 'mdns-query.mjs');
      for (const [name, own, address] of [
        ['east', '10.77.0.2', '10.77.0.1'],
        ['west', '10.88.0.2', '10.88.0.1'],
      ] as const) {
        const { stdout } = await home.host(name).run(process.execPath, [query, own, '_hearth._tcp.local']);
        const records = stdout
          .split('\n')
          .filter(Boolean)
          .map((line) => JSON.parse(line) as { from: string; type: string; data: unknown });
        const data = (type: string) =>
          records.filter((record) => record.type === type).map((record) => record.data);
        expect(new Set(records.map(({ from }) => from))).toEqual(new Set([address]));
        expect(data('PTR')).toContain('Lan Hearth._hearth._tcp.local');
        expect(data('SRV')).toContainEqual(expect.objectContaining({ port: home.hearth.port }));
        expect(new Set(data('A'))).toEqual(new Set([address]));
      }
      const { stdout } = await home
        .host('stranger')
        .run(process.execPath, [query, '10.99.0.2', '_hearth._tcp.local']);
      expect(stdout).toBe('');
    });

    test('an address that changes is followed within a poll', async () => {
      const fresh = await listen(home.host('west'), '10.88.0.2');
      await home.host('hearth').ip('addr del 10.88.0.1/24 dev eth1', 'addr add 10.88.0.9/24 brd + dev eth1');
      await waitFor(
        () => fresh.some(({ headers }) => headers['LOCATION'] === 'http://10.88.0.9:8097/description.xml'),
        'the new address',
        20_000,
      );
      const answers = await listen(home.host('west'), '10.88.0.2', SERVER);
      await waitFor(() => answers.length > 0, 'an answer');
      expect(answers.map(({ headers }) => headers['LOCATION'])).toEqual([
        'http://10.88.0.9:8097/description.xml',
      ]);
    }, 60_000);

    test('on SIGTERM everybody sees it leave', async () => {
      const before = Date.now();
      await home.hearth.stop('SIGTERM');
      for (const name of ['east', 'west']) {
        const lines = seen[name] ?? [];
        await waitFor(() => lines.some((line) => /unavailable/.test(line)), `${name} to see it leave`);
        const last = (said[name] ?? []).filter(({ at }) => at >= before);
        expect(last.map(({ headers }) => headers['NTS'])).toEqual(Array(2 * 6).fill('ssdp:byebye'));
      }
    });
  },
);

/** Binds the port as some vendors' daemons do: for itself alone. */
const selfish = `require('node:dgram').createSocket('udp4').bind(1900, () => console.log('mine'))`;

(missing ? describe.skip : describe)('where somebody else holds UDP 1900', () => {
  let lan: Lan;
  let home: LanHearth;
  let holder: ChildProcess;

  beforeAll(async () => {
    lan = await Lan.create({ hearth: { eth0: '10.77.0.1' }, east: { eth0: '10.77.0.2' } });
    holder = lan.host('hearth').spawn(process.execPath, ['-e', selfish]);
    await once(holder.stdout!, 'data');
    home = await LanHearth.on(lan);
  }, 60_000);
  afterAll(() => home.dispose());

  test('the doctor names it, and what to do; once it is done, Hearth is found without a restart', async () => {
    const ada = await home.hearth.setUp();
    const diagnose = async () => (await ada.call(deviceRoutes.doctor)).findings[0];
    const first = await waitFor(async () => {
      const finding = await diagnose();
      return finding?.severity === 'problem' ? finding : undefined;
    }, 'the finding');
    // Node calls its own process so, from 24 on.
    expect(first).toMatchObject({
      code: 'port-taken',
      message: expect.stringMatching(/held by (node|MainThread)/),
    });
    expect(first.remedy).toMatch(/^Stop (node|MainThread);/);
    const { interfaces } = await ada.call(deviceRoutes.examine);
    expect(interfaces).toMatchObject([{ found: false }]);
    holder.kill();
    await waitFor(async () => (await diagnose())?.severity === 'fine', 'Hearth to take the port');
    const answers = await listen(home.host('east'), '10.77.0.2', SERVER);
    await waitFor(() => answers.length === 1, 'an answer');
  }, 60_000);
});
