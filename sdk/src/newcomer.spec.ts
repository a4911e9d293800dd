import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createPublicKey } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readPackage } from '../../server/src/provider/packages/read-package.js';
import { callOf, stageSandbox } from '../../server/src/provider/sandbox/testing/sandbox-stage.js';
import { runCommand } from './command.js';
import { createProvider } from './create.js';
import { readProject } from './project.js';
import { openProvider } from './test-kit.js';

// The steps of README.md, and then Hearth's own: what comes out of one goes into the other.

let root: string;
let folder: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'hearth-sdk-'));
  folder = join(root, 'my-films');
  await createProvider(folder);
});
afterAll(() => rm(root, { recursive: true }));

async function run(...args: string[]): Promise<string> {
  const lines: string[] = [];
  await runCommand(args, folder, (line) => lines.push(line));
  return lines.join('\n');
}

test('a new provider answers, and is packed and signed; Hearth runs it', async () => {
  expect((await readdir(folder)).sort()).toEqual([
    ...['.gitignore', 'films.ts', 'globals.d.ts', 'package.json', 'provider.json'],
    ...['provider.schema.json', 'provider.ts', 'tsconfig.json'],
  ]);
  expect(await readFile(join(folder, 'package.json'), 'utf8')).toContain('"name": "my-films"');
  const told = await run('test', '--verbose');
  for (const said of [
    'select genre=comedy: 3 titles',
    'range year=',
    'next page: 3 titles',
    'title tt0000417',
    '· found 8',
  ])
    expect(told).toContain(said);

  await expect(run('pack')).rejects.toThrow('run keygen first');
  expect(await run('keygen')).toMatch(/is made/);
  await expect(run('keygen')).rejects.toThrow('is here already');
  expect(await run('pack')).toMatch(
    /^org\.example\.my-films-1\.0\.0\.hearth-provider is made, signed by the key [0-9a-f]{16}/,
  );

  const document: unknown = JSON.parse(
    await readFile(join(folder, 'org.example.my-films-1.0.0.hearth-provider'), 'utf8'),
  );
  const { manifest, bundle, publicKey } = readPackage(document);
  const pem = await readFile(join(folder, 'hearth-signing-key.pem'), 'utf8');
  const { x } = createPublicKey(pem).export({ format: 'jwk' });
  expect([manifest.id, publicKey]).toEqual([
    'org.example.my-films',
    Buffer.from(x ?? '', 'base64url').toString('base64'),
  ]);

  const { sandbox } = stageSandbox(Buffer.from(bundle).toString());
  const question = {
    type: 'movie',
    id: 'classics',
    extra: { genre: 'horror', year: '1921-1930', sort: 'name' },
  };
  const answer = await sandbox.ask('catalog', question, callOf({ config: { newestFirst: false } }));
  expect(answer).toMatchObject({
    items: [{ name: 'Nosferatu' }, { name: 'The Phantom of the Opera' }],
    next: null,
  });
  await sandbox.close();
  expect(
    await openProvider(await readProject(folder)).then((provider) => provider.catalog(question)),
  ).toMatchObject(answer as object);

  expect(await run('pack', '--unsigned')).toContain('signed by nobody');
  const unsigned: unknown = JSON.parse(
    await readFile(join(folder, 'org.example.my-films-1.0.0.hearth-provider'), 'utf8'),
  );
  expect(readPackage(unsigned).publicKey).toBeNull();
});

test('what is the author’s to change is told in words', async () => {
  const code = async (text: string) => writeFile(join(folder, 'provider.ts'), text);
  const manifest = JSON.parse(await readFile(join(folder, 'provider.json'), 'utf8')) as object;
  const change = (change: object) =>
    writeFile(join(folder, 'provider.json'), JSON.stringify({ ...manifest, ...change }));
  const verbs = (catalog: string) =>
    `export default { title: () => null, catalog: async (question, { fetch }) => ${catalog} }`;

  await code(verbs('({ items: [{ id: 1, type: "movie" }] })'));
  await expect(run('test')).rejects.toThrow(/What catalog\(\) answers is not valid:[^]*items\[0\]\.name/);
  await code(
    verbs(
      '({ items: [{ id: String(typeof process + typeof setTimeout + typeof Intl), type: "movie", name: "A" }] })',
    ),
  );
  await expect(run('test')).rejects.toThrow('title() does not know “A” (undefinedundefinedundefined)');
  await code('export default { catalog: () => ({ items: [] }) }');
  await expect(run('test')).rejects.toThrow('"metadata" is in resources of provider.json');
  await code('export const provider = {}');
  await expect(run('test')).rejects.toThrow('The default export is no provider');
  await code("import { readFile } from 'node:fs'; export default { catalog: readFile };");
  await expect(run('test')).rejects.toThrow('node:fs');

  const listed = verbs('fetch("https://api.example.org/a").then((answer) => answer.json())');
  await code(listed);
  await expect(run('test')).rejects.toThrow('api.example.org is not in network.hosts');
  await change({ network: { hosts: ['api.example.org'] }, resources: ['catalog', 'metadata'] });
  await writeFile(join(folder, 'answers.json'), JSON.stringify({ 'https://api.example.org/b': {} }));
  await expect(run('test', '--answers', 'answers.json')).rejects.toThrow(
    'no prepared answer for https://api.example.org/a',
  );
  await change({ version: '1' });
  await expect(run('test')).rejects.toThrow(/provider.json is not valid:[^]*semantic version/);
  await expect(createProvider(folder)).rejects.toThrow('is there already');
});
