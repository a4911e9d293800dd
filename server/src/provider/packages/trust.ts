import type { ProviderManifest } from '@hearth/contract/provider-manifest';
import { permissionsOf } from '@hearth/contract/provider-package';
import { keyId, type ReadPackage } from './read-package.js';
import { isOlder } from './version-order.js';

/** What an administrator has agreed to. */
export interface Known {
  readonly version: string;
  /** Null: nobody had signed it. */
  readonly publicKey: string | null;
  readonly bundleHash: string;
  readonly hosts: readonly string[];
  readonly rate: number;
}

export type Verdict =
  | { readonly kind: 'trusted' }
  /** What is to be agreed to, as `errors` of `PROVIDER_CONSENT_NEEDED` have it. */
  | { readonly kind: 'asks'; readonly detail: string; readonly asks: { path: string; message: string }[] }
  | { readonly kind: 'refused'; readonly detail: string };

/**
 * Trust on first use: the key that signed a provider first is the only one that may sign it from then on, to the end of
 * that provider here. Older versions are refused, as they may have faults that are known by now; what wants more than it
 * was allowed, or is signed by nobody, asks each time.
 */
export function judge(given: ReadPackage, known: Known | null): Verdict {
  if (known?.publicKey && given.publicKey !== known.publicKey) {
    const by = given.publicKey === null ? 'nobody' : `another key (${keyId(given.publicKey)})`;
    const detail = `Its versions are signed by the key ${keyId(known.publicKey)}, and this one by ${by}.`;
    return { kind: 'refused', detail: `${detail} Remove the provider first if you know why.` };
  }
  if (known && isOlder(given.manifest.version, known.version))
    return { kind: 'refused', detail: `It is older than version ${known.version}, which is here.` };
  const detail = reason(given, known);
  return detail === null ? { kind: 'trusted' } : { kind: 'asks', detail, asks: asksOf(given) };
}

function reason({ manifest, publicKey, bundleHash }: ReadPackage, known: Known | null): string | null {
  const { hosts, rate } = permissionsOf(manifest);
  if (!known) return publicKey === null ? 'Nobody signed it.' : 'Its signer is not known yet.';
  if (publicKey === null && bundleHash !== known.bundleHash) return 'Nobody signed it.';
  if (publicKey !== null && known.publicKey === null) return 'Its signer is not known yet.';
  const more = hosts.filter((host) => !known.hosts.includes(host));
  if (more.length > 0) return `It wants to reach more than before: ${more.join(', ')}.`;
  return rate > known.rate ? 'It wants to ask more often than before.' : null;
}

function asksOf({ manifest, publicKey }: ReadPackage): { path: string; message: string }[] {
  const { hosts, rate } = permissionsOf(manifest);
  return [
    { path: 'name', message: nameOf(manifest) },
    ...hosts.map((host) => ({ path: 'host', message: host })),
    ...(hosts.length > 0 ? [{ path: 'rate', message: String(rate) }] : []),
    ...(publicKey === null ? [] : [{ path: 'signer', message: keyId(publicKey) }]),
  ];
}

const nameOf = ({ name, id, version }: ProviderManifest): string => `${name} ${version} (${id})`;
