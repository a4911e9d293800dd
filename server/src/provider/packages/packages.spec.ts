import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openTestDatabase, type TestDatabase } from '../../../../tests/support/database.js';
import { quietLogger } from '../../../../tests/support/probe-job.js';
import { callOf, sourceEntry } from '../sandbox/testing/sandbox-stage.js';
import { ProviderEntity } from '../registry/provider.entity.js';
import { ProviderPackageEntity } from './package.entity.js';
import { readPackage } from './read-package.js';
import { SandboxRuntime } from './sandbox-runtime.js';
import { madePackage, newKey, sandboxManifest } from './testing/made-package.js';
import { judge, type Known } from './trust.js';
import { isOlder } from './version-order.js';

const key = newKey();
const codeOf = (work: () => unknown): string => {
  try {
    work();
    return 'fine';
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error);
  }
};

describe('a package', () => {
  test('is what was signed', () => {
    const { manifest, bundle, publicKey } = readPackage(madePackage(sandboxManifest(), key));
    expect([manifest.id, Buffer.from(bundle).toString().slice(0, 14)]).toEqual(['org.example.films', 'export default']);
    expect(publicKey).toHaveLength(44);
    expect(readPackage(madePackage(sandboxManifest(), null)).publicKey).toBeNull();
  });

  const good = madePackage(sandboxManifest(), key);
  const { files } = good;
  const other = madePackage(sandboxManifest({ network: { hosts: ['*.example.com'] } }), key, 'export default {}').files;
  const zeros = Buffer.alloc(64).toString('base64');
  const sig = (signature: object) => Buffer.from(JSON.stringify({ algorithm: 'ed25519', ...signature })).toString('base64');
  const publicKey = readPackage(good).publicKey ?? '';
  test.each([
    ['its code was changed', { ...good, files: { ...files, 'bundle.js': other['bundle.js'] } }, 'PROVIDER_REFUSED'],
    ['its manifest was changed', { ...good, files: { ...files, 'provider.json': other['provider.json'] } }, 'PROVIDER_REFUSED'],
    ['its signature is nothing', { ...good, files: { ...files, 'provider.sig': sig({ publicKey, signature: zeros }) } }, 'PROVIDER_REFUSED'],
    ['its key is no key', { ...good, files: { ...files, 'provider.sig': sig({ publicKey: Buffer.alloc(32, 255).toString('base64'), signature: zeros }) } }, 'PROVIDER_REFUSED'],
    ['its signature cannot be read', { ...good, files: { ...files, 'provider.sig': 'AAAA' } }, 'PROVIDER_INVALID'],
    ['it is of the future', { ...good, hearthProvider: 2 }, 'PROVIDER_INVALID'],
    ['it has no code', { ...good, files: { 'provider.json': files['provider.json'] } }, 'PROVIDER_INVALID'],
    ['it is no Base64', { ...good, files: { ...files, 'bundle.js': '{}' } }, 'PROVIDER_INVALID'],
    ['it is too large', { ...good, files: { ...files, 'bundle.js': 'AAAA'.repeat(300_000) } }, 'PROVIDER_INVALID'],
    ['it is for another runtime', madePackage(sandboxManifest({ runtime: 'builtin' }), key), 'PROVIDER_INVALID'],
    ['its manifest is none', { ...good, files: { ...files, 'provider.json': 'e30=' } }, 'PROVIDER_INVALID'],
  ])('is refused where %s', (_, document, code) => {
    expect(codeOf(() => readPackage(document))).toBe(code);
  });
}); // prettier-ignore

describe('trust', () => {
  const given = (change: Parameters<typeof sandboxManifest>[0] = {}, by: typeof key | null = key, bundle?: string) =>
    readPackage(madePackage(sandboxManifest({ version: '1.2.0', ...change }), by, bundle));
  const agreed = (by: typeof key | null): Known => {
    const { publicKey, bundleHash, manifest } = given({}, by);
    return { version: manifest.version, publicKey, bundleHash, hosts: ['api.example.org'], rate: 5 };
  };
  const signed = agreed(key);
  const unsigned = agreed(null);
  test.each([
    ['of somebody new', given(), null, /not known yet/],
    ['of nobody', given({}, null), null, /Nobody signed/],
    ['a newer one', given({ version: '1.10.0' }), signed, 'trusted'],
    ['with fewer rights', given({ network: { hosts: [] } }), signed, 'trusted'],
    ['with more hosts', given({ network: { hosts: ['api.example.org', '*.example.org'] } }), signed, /\*\.example\.org/],
    ['with more requests', given({ network: { hosts: ['api.example.org'], rate: 6 } }), signed, /more often/],
    ['of another key', given({}, newKey()), signed, 'refused'],
    ['that nobody signed any more', given({}, null), signed, 'refused'],
    ['an older one', given({ version: '1.1.9' }), signed, 'refused'],
    ['an older one of nobody', given({ version: '1.1.9' }, null), unsigned, 'refused'],
    ['the same of nobody', given({}, null), unsigned, 'trusted'],
    ['another of nobody', given({}, null, 'export default {}'), unsigned, /Nobody signed/],
    ['signed from now on', given(), unsigned, /not known yet/],
  ])('%s', (_, package_, known, expected) => {
    const verdict = judge(package_, known);
    if (typeof expected === 'string') expect(verdict.kind).toBe(expected);
    else expect(verdict).toMatchObject({ kind: 'asks', detail: expect.stringMatching(expected) });
  });

  test('what is asked is told in full', () => {
    expect(judge(given({ network: { hosts: ['b.example.org', 'a.example.org'], rate: 2 } }), null)).toMatchObject({
      asks: [
        { path: 'name', message: 'Films 1.2.0 (org.example.films)' },
        { path: 'host', message: 'a.example.org' },
        { path: 'host', message: 'b.example.org' },
        { path: 'rate', message: '2' },
        { path: 'signer', message: expect.stringMatching(/^[0-9a-f]{16}$/) },
      ],
    });
  });

  test('versions have an order', () => {
    const order = ['1.0.0-alpha', '1.0.0-alpha.1', '1.0.0-alpha.beta', '1.0.0-beta.2', '1.0.0-beta.11', '1.0.0', '1.0.1', '1.2.0', '1.10.0', '2.0.0'];
    for (const [a, version] of order.entries())
      for (const [b, than] of order.entries()) expect(isOlder(version, than)).toBe(a < b);
    expect(isOlder('1.0.0+a', '1.0.0+b')).toBe(false);
  });
}); // prettier-ignore

describe('the runtime', () => {
  let data: TestDatabase;
  let runtime: SandboxRuntime;
  beforeAll(async () => {
    data = await openTestDatabase([ProviderEntity, ProviderPackageEntity]);
    const config = { dataDirectory: data.directory, providers: { securityKeys: [], allowPrivateHosts: [] } };
    runtime = new SandboxRuntime(config, data.database, quietLogger(), () => sourceEntry);
  });
  afterAll(() => data.close());

  const offer = (document: unknown, consent = false) => ({
    ...{ url: 'https://example.org/films.hearth-provider', document, consent },
    fetch: () => Promise.reject(new Error('Nothing else is fetched')),
  });

  test('keeps what was agreed to, and its code; each version is another file', async () => {
    expect(await runtime.recognise(offer({ id: 'org.example.addon' }))).toBeNull();
    const first = madePackage(sandboxManifest(), key);
    await expect(runtime.recognise(offer(first))).rejects.toMatchObject({ code: 'PROVIDER_CONSENT_NEEDED' });
    const row = { key: 'org.example.films', runtime: 'sandbox', config: '', priority: 0, addedAt: 0 };
    await data.database.write((manager) => manager.insert(ProviderEntity, { id: 'one', enabled: true, revision: 1, ...row }));
    const found = await runtime.recognise(offer(first, true));
    await found?.keep?.('one');
    expect(found && runtime.origin({ id: 'one', config: {}, ...found })).toEqual({ url: offer(first).url });
    const second = await runtime.recognise(offer(madePackage(sandboxManifest({ version: '1.0.1' }), key, 'export default { title: () => null }')));
    await second?.keep?.('one');
    const folder = join(data.directory, 'providers', 'one');
    expect(await readdir(folder)).toHaveLength(2);
    expect(await runtime.signature('one')).toMatchObject({ trusted: true, hosts: ['api.example.org'] });
    await expect(runtime.recognise(offer(first, true))).rejects.toMatchObject({ code: 'PROVIDER_REFUSED' });
    if (!second) throw new Error('It was not recognised');

    const provider = runtime.open({ id: 'one', manifest: second.manifest, address: null });
    await expect(provider.title?.({ type: 'movie', externalIds: {} }, callOf())).resolves.toBeNull();
    await provider.close?.();
    const [kept = ''] = await readdir(folder);
    expect(await readdir(folder)).toEqual([kept]);
    await writeFile(join(folder, kept), 'export default { title: () => 1 }');
    await expect(provider.title?.({ type: 'movie', externalIds: {} }, callOf())).rejects.toMatchObject({ code: 'off' });
    await runtime.forget('one');
    await expect(readdir(folder)).rejects.toThrow();
  });
}); // prettier-ignore
