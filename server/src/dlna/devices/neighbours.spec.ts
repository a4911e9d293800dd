import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Neighbours, parseNeighbours } from './neighbours.js';

const table = `IP address       HW type     Flags       HW address            Mask     Device
192.168.1.20     0x1         0x2         A4:6C:F1:00:11:22     *        eth0
192.168.1.21     0x1         0x0         00:00:00:00:00:00     *        eth0
192.168.1.22     0x1         0x6         02:42:ac:11:00:02     *        eth0
`;

test('the table of neighbours, without those nobody answered for', () => {
  expect([...parseNeighbours(table)]).toEqual([
    ['192.168.1.20', 'a4:6c:f1:00:11:22'],
    ['192.168.1.22', '02:42:ac:11:00:02'],
  ]);
  expect([...parseNeighbours('')]).toEqual([]);
  expect([...parseNeighbours('IP\n\n192.168.1.1\n')]).toEqual([]);
});

test('who is in no table has no hardware address; nor has anybody where there is none', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hearth-arp-'));
  await writeFile(join(folder, 'arp'), table);
  const neighbours = new Neighbours(join(folder, 'arp'));
  await expect(neighbours.mac('192.168.1.20')).resolves.toBe('a4:6c:f1:00:11:22');
  await writeFile(join(folder, 'arp'), `${table}192.168.1.30 0x1 0x2 02:42:ac:11:00:03 * eth0\n`);
  // Who has come since the table was read is known at once.
  await expect(neighbours.mac('192.168.1.30')).resolves.toBe('02:42:ac:11:00:03');
  await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  await expect(new Neighbours(join(folder, 'missing')).mac('192.168.1.20')).resolves.toBeNull();
  await expect(neighbours.mac('192.168.1.99')).resolves.toBeNull();
});
