import { z } from 'zod';
import type { ProviderManifest } from './provider-manifest.js';

/*
 * A community provider as one file, `name.hearth-provider`: a JSON document that holds three files in Base64, byte for byte
 * as they were when they were signed.
 */

/** Bytes of the whole file; the server reads no more. */
export const mostPackageBytes = 960 * 1024;

const base64 = (mostBytes: number) => z.base64().max(Math.ceil(mostBytes / 3) * 4);

export const providerPackage = z.object({
  hearthProvider: z.literal(1),
  files: z.object({
    /** The manifest. */
    'provider.json': base64(64 * 1024),
    /** An ES module that imports nothing; its default export has the verbs. */
    'bundle.js': base64(600 * 1024),
    /** `packageSignature`, as JSON; left out: nobody signed it. */
    'provider.sig': base64(2048).optional(),
  }),
});
export type ProviderPackage = z.infer<typeof providerPackage>;

/** Ed25519 (RFC 8032): a raw public key of 32 bytes, and the signature of `signedText`, 64 bytes, in Base64. */
export const packageSignature = z.object({
  algorithm: z.literal('ed25519'),
  publicKey: z.base64().length(44),
  signature: z.base64().length(88),
});
export type PackageSignature = z.infer<typeof packageSignature>;

/** SHA-512 of two of the files, hexadecimal. */
export interface PackageDigests {
  readonly manifest: string;
  readonly bundle: string;
}

/** What a provider wants to be allowed: hosts in order, each once. */
export const permissionsOf = ({ network }: ProviderManifest): { hosts: string[]; rate: number } => ({
  hosts: [...new Set(network?.hosts)].sort(),
  rate: network?.rate ?? 0,
});

/** What a signature is over: this very text, in UTF-8. */
export const signedText = (manifest: ProviderManifest, { manifest: json, bundle }: PackageDigests): string =>
  JSON.stringify({
    id: manifest.id,
    version: manifest.version,
    sha512: { 'provider.json': json, 'bundle.js': bundle },
    permissions: permissionsOf(manifest),
  });
