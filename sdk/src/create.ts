import { providerManifest } from '@hearth/contract/provider-manifest';
import { existsSync } from 'node:fs';
import { cp, readFile, rename, writeFile } from 'node:fs/promises';
import { basename, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { ProjectFault } from './project.js';

const sdkFolder = fileURLToPath(new URL('../', import.meta.url));

/**
 * Makes a folder with a provider that works: the template, told its name and where this SDK is.
 * @returns what to do next. @throws ProjectFault where there is something already
 */
export async function createProvider(place: string): Promise<string> {
  const folder = resolve(place);
  const name = basename(folder)
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, '-');
  if (existsSync(folder)) throw new ProjectFault(`${place} is there already.`);
  await cp(join(sdkFolder, 'template'), folder, { recursive: true });
  await rename(join(folder, 'gitignore'), join(folder, '.gitignore')); // npm leaves `.gitignore` files out of packages
  const sdk = relative(folder, sdkFolder).replaceAll('\\', '/').replace(/\/$/, '');
  for (const file of ['package.json', 'provider.json', 'tsconfig.json']) {
    const path = join(folder, file);
    const text = await readFile(path, 'utf8');
    await writeFile(path, text.replaceAll('{name}', name).replaceAll('{sdk}', sdk));
  }
  // What an editor checks provider.json with.
  const schema = z.toJSONSchema(providerManifest, { io: 'input' });
  await writeFile(join(folder, 'provider.schema.json'), `${JSON.stringify(schema, null, 2)}\n`);
  return `${place} is made. Next:\n\n  cd ${place}\n  npm test\n`;
}
