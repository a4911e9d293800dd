import { providerManifest, type ProviderManifest } from '@hearth/contract/provider-manifest';
import { build } from 'esbuild';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** What an author has in a folder: `provider.json`, and `provider.ts` or `provider.js`, bundled. */
export interface Project {
  readonly manifest: ProviderManifest;
  /** As it is in the file. */
  readonly manifestText: string;
  /** One ES module that imports nothing. */
  readonly bundle: string;
}

/** Something that the author is to change; the message says what. */
export class ProjectFault extends Error {}

/** @throws ProjectFault */
export async function readProject(folder: string): Promise<Project> {
  const { manifest, manifestText } = await readManifest(join(folder, 'provider.json'));
  const entry = ['provider.ts', 'provider.js']
    .map((name) => join(folder, name))
    .find((path) => existsSync(path));
  if (!entry) throw new ProjectFault('There is no provider.ts or provider.js here.');
  return { manifest, manifestText, bundle: await bundled(entry) };
}

async function readManifest(path: string): Promise<Pick<Project, 'manifest' | 'manifestText'>> {
  const manifestText = await readFile(path, 'utf8').catch(() => {
    throw new ProjectFault('There is no provider.json here: this is to be run in the folder of a provider.');
  });
  const { success, data, error } = providerManifest.safeParse(parsed(manifestText));
  if (!success) throw new ProjectFault(`provider.json is not valid:\n${z.prettifyError(error)}`);
  if (data.runtime !== 'sandbox') throw new ProjectFault('"runtime" in provider.json must be "sandbox".');
  return { manifest: data, manifestText };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch (error) {
    throw new ProjectFault(`provider.json is no JSON: ${error instanceof Error ? error.message : ''}`);
  }
}

/** As the sandbox takes it: no imports, no Node, and no newer language than QuickJS knows. */
async function bundled(entry: string): Promise<string> {
  const own = fileURLToPath(new URL('./provider', import.meta.url));
  try {
    const { outputFiles } = await build({
      ...{ entryPoints: [entry], bundle: true, write: false, format: 'esm', target: 'es2023' },
      ...{ platform: 'neutral', mainFields: ['module', 'main'], conditions: ['import'], charset: 'utf8' },
      ...{ alias: { '@hearth/sdk/provider': own }, logLevel: 'silent', legalComments: 'inline' },
    });
    return outputFiles[0]?.text ?? '';
  } catch (error) {
    throw new ProjectFault(error instanceof Error ? error.message : String(error));
  }
}
