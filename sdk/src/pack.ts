import {
  mostPackageBytes,
  type PackageSignature,
  type ProviderPackage,
  providerPackage,
  signedText,
} from '@hearth/contract/provider-package';
import { createHash, createPrivateKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { type Project, ProjectFault } from './project.js';

/** A new key to sign with, as PEM (PKCS #8). Whoever has it can publish new versions of what was signed with it. */
export const newSigningKey = (): string =>
  generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

/** The key of a PEM file. @throws ProjectFault */
export function signingKey(pem: string): KeyObject {
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // Told below.
  }
  throw new ProjectFault('This is no ed25519 key: `hearth-provider keygen` makes one.');
}

/** How Hearth shows a key to who is asked whether to trust it: 16 digits. */
export const keyId = (key: KeyObject): string =>
  createHash('sha256').update(rawPublicKey(key)).digest('hex').slice(0, 16);

/** The text of a `.hearth-provider` file. @param key null: signed by nobody. @throws ProjectFault */
export function packed({ manifest, manifestText, bundle }: Project, key: KeyObject | null): string {
  const digests = { manifest: sha512(manifestText), bundle: sha512(bundle) };
  const files: ProviderPackage['files'] = {
    'provider.json': base64(manifestText),
    'bundle.js': base64(bundle),
    ...(key && { 'provider.sig': base64(JSON.stringify(signature(signedText(manifest, digests), key))) }),
  };
  const text = `${JSON.stringify({ hearthProvider: 1, files } satisfies ProviderPackage, null, 2)}\n`;
  if (text.length > mostPackageBytes || !providerPackage.safeParse(JSON.parse(text)).success)
    throw new ProjectFault(
      `It is larger than it may be: the code has ${Math.round(bundle.length / 1024)} KiB.`,
    );
  return text;
}

const signature = (text: string, key: KeyObject): PackageSignature => ({
  algorithm: 'ed25519',
  publicKey: rawPublicKey(key).toString('base64'),
  signature: sign(null, Buffer.from(text), key).toString('base64'),
});

function rawPublicKey(key: KeyObject): Buffer {
  const { x = '' } = key.export({ format: 'jwk' });
  return Buffer.from(x, 'base64url');
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const sha512 = (text: string): string => createHash('sha512').update(text).digest('hex');
