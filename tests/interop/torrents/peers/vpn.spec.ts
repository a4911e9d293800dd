import { type ChildProcess, spawnSync } from 'node:child_process';
import { torrentRoutes } from '../../../../contract/src/torrent.js';
import type { Client } from '../../../support/client.js';
import { Lan, type LanHost, whyNoLan } from '../../../support/lan.js';
import { MediaFolder } from '../../../support/media.js';
import { startSwarm, type Swarm } from '../../../support/swarm.js';
import {
  havePieces,
  quietTorrents,
  torrentEnvironment,
  torrentThat,
} from '../../../support/torrent-hearth.js';
import { waitFor } from '../../../support/wait-for.js';
import { LanHearth } from '../../dlna/lan-hearth.js';

/** Neither private nor reserved, as those of a real swarm: no exception is made for it. Nothing leaves the namespaces. */
const SEEDER = '45.77.10.2';
const AWAY_MS = 30_000;
const viaVpn = 'route add default via 10.99.0.2 dev wg0 metric 50';
const missing =
  whyNoLan() ?? (spawnSync('which', ['tcpdump']).status === 0 ? undefined : 'tcpdump is not installed');
if (missing) process.stderr.write(`VPN binding is left out: ${missing}\n`);

/** What leaves a machine by one of its interfaces. */
class Capture {
  readonly packets: string[] = [];

  private constructor(private readonly child: ChildProcess) {
    let rest = '';
    child.stdout?.on('data', (text: Buffer) => {
      const lines = (rest + text.toString()).split('\n');
      rest = lines.pop() ?? '';
      this.packets.push(...lines);
    });
  }

  static async start(host: LanHost, face: string): Promise<Capture> {
    // Neighbours and multicast of IPv6 are the kernel's own; the test's networks have IPv4 alone.
    const child = host.spawn('tcpdump', [
      '-i',
      face,
      '-n',
      '-Q',
      'out',
      '-l',
      '--immediate-mode',
      'ip or arp',
    ]);
    let said = '';
    child.stderr?.on('data', (text: Buffer) => (said += text.toString()));
    await waitFor(() => said.includes('listening on'), 'tcpdump to listen');
    return new Capture(child);
  }

  end(): void {
    this.child.kill('SIGKILL');
  }
}

/** Sends something by the other way, and waits until the capture has it: it has all from before, then. */
async function marked(machine: LanHost, elsewhere: Capture): Promise<number> {
  const send = `const s = require('node:dgram').createSocket('udp4'); s.send('x', 9, '10.77.0.2', () => s.close())`;
  const before = elsewhere.packets.length;
  const isMark = (line: string): boolean => line.includes('10.77.0.2.9');
  await machine.run(process.execPath, ['-e', send]);
  await waitFor(() => elsewhere.packets.slice(before).some(isMark), 'the packet to be seen', 60_000);
  return elsewhere.packets.length;
}

for (const [world, fallback] of [
  ['the only way into the world', false],
  ['the way that is preferred, and another leads there too', true],
] as const)
  (missing ? describe.skip : describe)(
    `A VPN that is ${world}${missing ? ` (left out: ${missing})` : ''}`,
    () => goesAway(fallback),
  );

function goesAway(hasFallback: boolean): void {
  let home: LanHearth;
  let machine: LanHost;
  let ada: Client;
  let folder: MediaFolder;
  let swarm: Swarm;
  let elsewhere: Capture;
  let through: Capture;

  beforeAll(async () => {
    folder = await MediaFolder.make();
    const film = await folder.film('Film.mkv', { seconds: 30, bitrate: 6_000_000, size: '640x360' });
    const lan = await Lan.create({
      hearth: { eth0: '10.77.0.1', wg0: '10.99.0.1' },
      world: { eth0: '10.77.0.2', wg0: '10.99.0.2' },
    });
    await lan.host('world').ip(`addr add ${SEEDER}/32 dev lo`);
    machine = lan.host('hearth');
    // Where the VPN goes away, the kernel takes this way by itself.
    const other = 'route add default via 10.77.0.2 dev eth0 metric 100';
    await machine.ip(viaVpn, ...(hasFallback ? [other] : []));
    elsewhere = await Capture.start(machine, 'eth0');
    through = await Capture.start(machine, 'wg0');
    const host = { entry: lan.host('world').entry, address: SEEDER };
    const files = [{ name: 'Film.mkv', from: film }];
    swarm = await startSwarm({ files, host, pieceLength: 64 * 1024, trackerInterval: 5000 });
    const env = { ...torrentEnvironment, TORRENT_ALLOW_PRIVATE: 'false', TORRENT_INTERFACE: 'wg0' };
    home = await LanHearth.on(lan, { env: { ...env, DLNA_ENABLED: 'false' } });
    ada = await home.hearth.setUp();
    await quietTorrents(ada);
  }, 200_000);
  afterAll(async () => {
    elsewhere.end();
    through.end();
    await swarm.close();
    await home.dispose();
    await folder.remove();
  });

  test('goes away: nothing leaves by another way while it is, and all goes on when it is back', async () => {
    const { size = 0 } = swarm.files[0] ?? {};
    await swarm.allow(2 * 1024 * 1024);
    await ada.call(torrentRoutes.add, { magnet: swarm.magnet, download: true });
    await waitFor(() => swarm.isWaiting(), 'the seeder to have given what it may', 60_000);
    await torrentThat(ada, swarm.infoHash, 'has some of it', (now) => havePieces(now).length > 20);
    expect(elsewhere.packets).toEqual([]);

    await machine.ip('link set wg0 down');
    await swarm.allowAll();
    const held = await torrentThat(ada, swarm.infoHash, 'is held', ({ state }) => state === 'held');
    const sent = through.packets.length;
    const before = [...elsewhere.packets];
    const gone = await marked(machine, elsewhere);
    // A connection is reset, once: no program without privileges can keep the kernel from sending that.
    if (!hasFallback) expect(before).toEqual([]);
    expect(elsewhere.packets.filter((line) => /Flags \[S/.test(line))).toEqual([]);
    await new Promise((resolve) => setTimeout(resolve, AWAY_MS));
    const still = await ada.call(torrentRoutes.info, { hash: swarm.infoHash });
    expect([still.state, still.haveBytes]).toEqual(['held', held.haveBytes]);
    const notArp = (line: string): boolean => !line.includes(' ARP, ');
    expect(elsewhere.packets.slice(gone).filter(notArp)).toEqual([]);

    await machine.ip('link set wg0 up', viaVpn);
    await torrentThat(ada, swarm.infoHash, 'is complete', ({ haveBytes }) => haveBytes === size, 120_000);
    expect(through.packets.length).toBeGreaterThan(sent);
    expect(elsewhere.packets.slice(gone).filter(notArp)).toEqual([]);
    process.stderr.write(`packets elsewhere before it was held: ${before.length}\n${before.join('\n')}\n`);
  }, 300_000);
}
