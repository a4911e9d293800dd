import { readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';

/** In `/proc/net/udp`: `sl local_address rem_address st … inode`, the port in hexadecimal. */
const LOCAL_ADDRESS = 1;
const INODE = 9;

/** Inodes of the sockets bound to a port, out of `/proc/net/udp` or `udp6`. */
export function socketsOnPort(table: string, port: number): string[] {
  return table
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .filter((columns) => Number.parseInt(columns[LOCAL_ADDRESS]?.split(':')[1] ?? '', 16) === port)
    .flatMap((columns) => columns[INODE] ?? []);
}

/**
 * Names of the other programs that hold a UDP port, as far as this user may see; `?` for one that it may not, or that
 * lives outside this container.
 */
export async function portOwners(port: number, proc = '/proc'): Promise<string[]> {
  const tables = await Promise.all(['net/udp', 'net/udp6'].map((file) => textOf(join(proc, file))));
  const inodes = new Set(tables.flatMap((table) => socketsOnPort(table, port)));
  if (inodes.size === 0) return [];
  const owners = new Set<string>();
  for (const pid of (await namesIn(proc)).filter((name) => /^\d+$/.test(name))) {
    const found = (await socketsOf(join(proc, pid, 'fd'))).filter((inode) => inodes.delete(inode));
    if (found.length > 0 && Number(pid) !== process.pid) owners.add(await programName(join(proc, pid)));
    if (inodes.size === 0) break;
  }
  return [...owners, ...(inodes.size > 0 ? ['?'] : [])].sort();
}

/** Only its name: the command line may hold secrets. */
const programName = async (folder: string): Promise<string> =>
  (await textOf(join(folder, 'comm'))).trim() || '?';

async function socketsOf(folder: string): Promise<string[]> {
  const links = await Promise.all(
    (await namesIn(folder)).map((name) => readlink(join(folder, name)).catch(() => '')),
  );
  return links.flatMap((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? []);
}

// Another user's process, or one that has ended meanwhile: then nothing is known of it.
const textOf = (path: string): Promise<string> => readFile(path, 'utf8').catch(() => '');
const namesIn = (folder: string): Promise<string[]> => readdir(folder).catch(() => []);
