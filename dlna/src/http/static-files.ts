import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { deviceIcons } from '../services/device-description.js';

export interface StaticFile {
  readonly mime: string;
  readonly bytes: Uint8Array;
}

/** The icons of the description, by their paths. @throws Error where one is missing: a description must not lie */
export async function readIcons(): Promise<ReadonlyMap<string, StaticFile>> {
  const folder = new URL('../../icons/', import.meta.url);
  const files = deviceIcons.map(async ({ path, mime }) => {
    const bytes = await readFile(new URL(basename(path), folder));
    return [path, { mime, bytes }] as const;
  });
  return new Map(await Promise.all(files));
}
