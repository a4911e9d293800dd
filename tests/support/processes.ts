import { readdir, readFile } from 'node:fs/promises';

/** Names of all processes below one, however deep (Linux). */
export async function descendants(pid: number): Promise<string[]> {
  const parents = new Map<number, { parent: number; name: string }>();
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const stat = await readFile(`/proc/${entry}/stat`, 'utf8').catch(() => '');
    const [, name = '', state = '', parent = ''] = /^\d+ \((.*)\) (\S) (\d+)/s.exec(stat) ?? [];
    if (name && state !== 'Z') parents.set(Number(entry), { parent: Number(parent), name });
  }
  const isBelow = (id: number): boolean => {
    const parent = parents.get(id)?.parent;
    return parent !== undefined && parent > 1 && (parent === pid || isBelow(parent));
  };
  return [...parents].filter(([id]) => isBelow(id)).map(([, { name }]) => name);
}
