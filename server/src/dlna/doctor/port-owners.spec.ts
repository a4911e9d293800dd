import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { portOwners, socketsOnPort } from './port-owners.js';

const table = (...rows: [port: string, inode: number][]): string =>
  [
    '   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops',
    ...rows.map(
      ([port, inode], i) =>
        `  ${i}: 00000000:${port} 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 ${inode} 2 0000000000000000 0`,
    ),
    '',
  ].join('\n');

test('the port is hexadecimal, in the second column', () => {
  expect(socketsOnPort(table(['076C', 11], ['14E9', 12], ['076C', 13]), 1900)).toEqual(['11', '13']);
  expect(socketsOnPort('', 1900)).toEqual([]);
  expect(socketsOnPort('rubbish\n\n:::\n', 1900)).toEqual([]);
});

describe('in a /proc of our own', () => {
  let proc: string;
  beforeEach(async () => {
    proc = await mkdtemp(join(tmpdir(), 'hearth-proc-'));
    await mkdir(join(proc, 'net'));
  });
  afterEach(() => rm(proc, { recursive: true, force: true }));

  async function program(pid: number, name: string, inode: number): Promise<void> {
    await mkdir(join(proc, `${pid}`, 'fd'), { recursive: true });
    await writeFile(join(proc, `${pid}`, 'comm'), `${name}\n`);
    await symlink(`socket:[${inode}]`, join(proc, `${pid}`, 'fd', '3'));
    await symlink('/dev/null', join(proc, `${pid}`, 'fd', '4'));
  }

  test('programs by name, ourselves left out, once each', async () => {
    await writeFile(join(proc, 'net/udp'), table(['076C', 1], ['076C', 2], ['076C', 3], ['0035', 4]));
    await writeFile(join(proc, 'net/udp6'), table(['076C', 5]));
    await program(100, 'minidlnad', 1);
    await program(101, 'minidlnad', 2);
    await program(process.pid, 'node', 3);
    await program(102, 'named', 4);
    await program(103, 'plex', 5);
    await expect(portOwners(1900, proc)).resolves.toEqual(['minidlnad', 'plex']);
  });

  test('somebody that can’t be seen is somebody all the same', async () => {
    await writeFile(join(proc, 'net/udp'), table(['076C', 1]));
    await expect(portOwners(1900, proc)).resolves.toEqual(['?']);
  });

  test('nobody, and a machine without /proc', async () => {
    await writeFile(join(proc, 'net/udp'), table(['0035', 1]));
    await expect(portOwners(1900, proc)).resolves.toEqual([]);
    await expect(portOwners(1900, join(proc, 'missing'))).resolves.toEqual([]);
  });
});

test('a real program on a real port', async () => {
  const script = `const s = require('node:dgram').createSocket('udp4').bind(0, '127.0.0.1', () => console.log(s.address().port))`;
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const [chunk]: unknown[] = await once(child.stdout, 'data');
    await expect(portOwners(Number(String(chunk)))).resolves.toEqual([expect.stringMatching(/node|Main/i)]);
  } finally {
    child.kill();
  }
});
