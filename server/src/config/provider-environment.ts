import { z } from 'zod';
import { optional, words } from './environment-values.js';

/** Variables about providers and the sources they find. */
export const providerEnvironment = {
  /** Keys that found sources and providers' passwords are encrypted with, the newest first; without it a generated one. */
  SOURCE_SECURITY_KEY: optional(
    z
      .string()
      .transform(words)
      .pipe(z.array(z.string().min(16, 'at least 16 characters a key')).max(10)),
  ).default([]),
  PROVIDER_ALLOW_PRIVATE_HOSTS: optional(
    z
      .string()
      .transform(words)
      .pipe(z.array(z.string().regex(/^[\w.:[\]-]+$/, 'hosts such as prowlarr or 192.168.1.5')).max(100)),
  ).default([]),
};

/** What the operator says about providers. */
export interface ProviderConfig {
  readonly securityKeys: readonly string[];
  /** Hosts with private addresses that providers may be at: a Prowlarr in the house. */
  readonly allowPrivateHosts: readonly string[];
}
