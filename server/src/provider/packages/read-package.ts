import { type ProviderManifest, providerManifest } from '@hearth/contract/provider-manifest';
import { packageSignature, providerPackage, signedText } from '@hearth/contract/provider-package';
import { createHash, createPublicKey, verify } from 'node:crypto';
import { z } from 'zod';
import { ProblemError } from '../../common/problem-error.js';

/** A package whose parts belong together. */
export interface ReadPackage {
  readonly manifest: ProviderManifest;
  readonly bundle: Uint8Array;
  /** SHA-512, hexadecimal. */
  readonly bundleHash: string;
  /** Who signed it, in Base64; null: nobody. */
  readonly publicKey: string | null;
}

const invalid = (detail: string): ProblemError => new ProblemError('PROVIDER_INVALID', { detail });

export const isPackage = (document: unknown): boolean =>
  typeof document === 'object' && document !== null && 'hearthProvider' in document;

/** @throws ProblemError PROVIDER_INVALID; PROVIDER_REFUSED where it was changed after it was signed */
export function readPackage(document: unknown): ReadPackage {
  const { files } = parse(providerPackage, document, 'This is no package of a provider');
  const json = Buffer.from(files['provider.json'], 'base64');
  const bundle = Buffer.from(files['bundle.js'], 'base64');
  const manifest = parse(providerManifest, jsonOf(json), 'Its manifest is not valid');
  if (manifest.runtime !== 'sandbox') throw invalid('A package is for the runtime “sandbox”.');
  const digests = { manifest: sha512(json), bundle: sha512(bundle) };
  const signed = signedText(manifest, digests);
  const publicKey = files['provider.sig'] === undefined ? null : signerOf(files['provider.sig'], signed);
  return { manifest, bundle, bundleHash: digests.bundle, publicKey };
}

/** @returns the key @throws ProblemError */
function signerOf(base64: string, signed: string): string {
  const document = jsonOf(Buffer.from(base64, 'base64'));
  const { publicKey, signature } = parse(packageSignature, document, 'Its signature cannot be read');
  if (!isSignedBy(publicKey, Buffer.from(signature, 'base64'), Buffer.from(signed)))
    throw new ProblemError('PROVIDER_REFUSED', { detail: 'It was changed after it was signed.' });
  return publicKey;
}

function isSignedBy(publicKey: string, signature: Uint8Array, text: Uint8Array): boolean {
  const x = Buffer.from(publicKey, 'base64').toString('base64url');
  try {
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
    return verify(null, text, key, signature);
  } catch {
    return false; // no point of the curve
  }
}

/** How a key is shown: 16 digits that people can compare. */
export const keyId = (publicKey: string): string =>
  createHash('sha256').update(Buffer.from(publicKey, 'base64')).digest('hex').slice(0, 16);

export const sha512 = (bytes: Uint8Array): string => createHash('sha512').update(bytes).digest('hex');

function parse<T>(schema: z.ZodType<T>, value: unknown, otherwise: string): T {
  const { success, data, error } = schema.safeParse(value);
  if (success) return data;
  const [issue] = error.issues;
  throw invalid(`${otherwise}${issue ? `: ${issue.path.join('.')} ${issue.message}` : ''}.`);
}

function jsonOf(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8')) as unknown;
  } catch {
    return null;
  }
}
