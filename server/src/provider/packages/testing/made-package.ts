import { providerManifest, type ProviderManifestInput } from '@hearth/contract/provider-manifest';
import { type ProviderPackage, signedText } from '@hearth/contract/provider-package';
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { sha512 } from '../read-package.js';

export const newKey = (): KeyObject => generateKeyPairSync('ed25519').privateKey;

export const sandboxManifest = (given: Partial<ProviderManifestInput> = {}): ProviderManifestInput => ({
  ...{ schema: 1, id: 'org.example.films', name: 'Films', version: '1.0.0', runtime: 'sandbox' },
  ...{ types: ['movie'], resources: ['metadata'], network: { hosts: ['api.example.org'] } },
  ...given,
});

/** A package as the SDK makes it. @param key null: signed by nobody */
export function madePackage(
  manifest: ProviderManifestInput,
  key: KeyObject | null,
  bundle = 'export default { title: ({ id }) => ({ id, type: "movie", name: "Nosferatu" }) }',
): ProviderPackage {
  const json = Buffer.from(JSON.stringify(manifest));
  const digests = { manifest: sha512(json), bundle: sha512(Buffer.from(bundle)) };
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  const files = { 'provider.json': json.toString('base64'), 'bundle.js': base64(bundle) };
  if (!key) return { hearthProvider: 1, files };
  const text = signedText(providerManifest.parse(manifest), digests);
  const signature = sign(null, Buffer.from(text), key).toString('base64');
  const { x = '' } = key.export({ format: 'jwk' });
  const publicKey = Buffer.from(x, 'base64url').toString('base64');
  const signed = JSON.stringify({ algorithm: 'ed25519', publicKey, signature });
  return { hearthProvider: 1, files: { ...files, 'provider.sig': base64(signed) } };
}
