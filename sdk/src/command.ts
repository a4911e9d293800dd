import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { keyId, newSigningKey, packed, signingKey } from './pack.js';
import { ProjectFault, readProject } from './project.js';
import { openProvider } from './test-kit.js';
import { tryOut } from './trial.js';

const usage = `hearth-provider <command>, in the folder of a provider

  test     asks it all that its manifest speaks of, and checks what it answers
             --answers <file>   what hosts answer: a JSON object by address; else they are asked
             --config <file>    what is entered in its settings: a JSON object
             --verbose          what it logs
  keygen   makes hearth-signing-key.pem, which new versions are signed with: keep it, and keep it secret
  pack     bundles, signs, and writes <id>-<version>.hearth-provider
             --key <file>       left out: hearth-signing-key.pem
             --unsigned         without a signature: people are warned of it each time
`;

const keyFile = 'hearth-signing-key.pem';

/** @param print lines for people @throws ProjectFault */
export async function runCommand(
  args: string[],
  folder: string,
  print: (text: string) => void,
): Promise<void> {
  const string = { type: 'string' } as const;
  const boolean = { type: 'boolean', default: false } as const;
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { answers: string, config: string, key: string, unsigned: boolean, verbose: boolean },
  });
  const [command] = positionals;
  if (command === 'test') await test(folder, values, print);
  else if (command === 'keygen') await keygen(folder, print);
  else if (command === 'pack') await pack(folder, values, print);
  else print(usage);
}

async function test(
  folder: string,
  { answers, config, verbose }: { answers?: string; config?: string; verbose?: boolean },
  print: (text: string) => void,
): Promise<void> {
  const project = await readProject(folder);
  const provider = await openProvider(project, {
    ...(answers !== undefined && { answers: await objectIn(join(folder, answers)) }),
    ...(config !== undefined && { config: (await objectIn(join(folder, config))) as Record<string, string> }),
    log: (line) => verbose && print(`  · ${line}`),
  });
  for (const line of await tryOut(project.manifest, provider)) print(line);
  print(`${project.manifest.name} ${project.manifest.version} answers as it should.`);
}

async function keygen(folder: string, print: (text: string) => void): Promise<void> {
  const pem = newSigningKey();
  try {
    await writeFile(join(folder, keyFile), pem, { flag: 'wx', mode: 0o600 });
  } catch {
    throw new ProjectFault(
      `${keyFile} is here already, and what was signed with it can only be signed with it.`,
    );
  }
  print(
    `${keyFile} is made; its number is ${keyId(signingKey(pem))}. Do not publish it, and do not lose it.`,
  );
}

async function pack(
  folder: string,
  { key: path = keyFile, unsigned = false }: { key?: string; unsigned?: boolean },
  print: (text: string) => void,
): Promise<void> {
  const pem = unsigned
    ? null
    : await readFile(join(folder, path), 'utf8').catch(() => {
        throw new ProjectFault(`${path} cannot be read: run keygen first, or pack --unsigned.`);
      });
  const key = pem === null ? null : signingKey(pem);
  const project = await readProject(folder);
  const { id, version } = project.manifest;
  const name = `${id}-${version}.hearth-provider`;
  await writeFile(join(folder, name), packed(project, key));
  print(`${name} is made, signed by ${key ? `the key ${keyId(key)}` : 'nobody'}.`);
}

/** @throws ProjectFault */
async function objectIn(path: string): Promise<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(await readFile(path, 'utf8'));
    if (typeof value === 'object' && value !== null) return { ...value };
  } catch {
    // Told below.
  }
  throw new ProjectFault(`${path} holds no JSON object.`);
}
