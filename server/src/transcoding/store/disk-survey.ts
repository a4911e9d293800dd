import { opendir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isSegmentPath } from './segment-path.js';

export interface KeptFile {
  /** Below the root. */
  readonly path: string;
  readonly size: number;
  /** Last written or read, ms; file systems mounted `noatime` tell only the former. */
  readonly usedMs: number;
}

/** Stats under way at once: enough for a disk's queue, few for the thread pool. */
const atOnce = 8;

/**
 * The segments below a store's root, the longest unused first. A name that is not ours is left alone; whatever goes
 * beyond `most` files is removed, so that neither the walk nor its result is unbounded.
 */
export async function surveySegments(root: string, most: number): Promise<KeptFile[]> {
  const found: KeptFile[] = [];
  let batch: Promise<void>[] = [];
  let seen = 0;
  const look = async (path: string): Promise<void> => {
    const facts = await stat(join(root, path)).catch(() => undefined);
    if (facts?.isFile())
      found.push({ path, size: facts.size, usedMs: Math.max(facts.mtimeMs, facts.atimeMs) });
  };
  for await (const path of segmentFiles(root)) {
    seen += 1;
    batch.push(seen > most ? rm(join(root, path), { force: true }) : look(path));
    if (batch.length < atOnce) continue;
    await Promise.all(batch);
    batch = [];
  }
  await Promise.all(batch);
  return found.sort((a, b) => a.usedMs - b.usedMs);
}

async function* segmentFiles(root: string): AsyncGenerator<string> {
  for await (const content of folders(root, '')) {
    for await (const rendition of folders(root, `${content}/`)) {
      for await (const entry of await opendir(join(root, rendition))) {
        const path = `${rendition}/${entry.name}`;
        if (entry.isFile() && isSegmentPath(path)) yield path;
      }
    }
  }
}

async function* folders(root: string, below: string): AsyncGenerator<string> {
  for await (const entry of await opendir(join(root, below))) {
    if (entry.isDirectory() && !entry.name.startsWith('.')) yield below + entry.name;
  }
}
