import { z } from 'zod';
import { id, idParams, timestamp } from './common.js';
import { image } from './image.js';
import { capability, catalog, field, providerConfig, providerManifest } from './provider-manifest.js';
import { defineRoute } from './route.js';

/** `ready`; `unconfigured`: a setting is missing; `resting`: it failed and is left alone for a while; `off`; `refused`: it was switched off for what it did (`message`). */
export const providerState = z.enum(['ready', 'unconfigured', 'resting', 'off', 'refused']);

/** How asking went lately. */
export const providerHealth = z.object({
  state: providerState,
  /** What is wrong and what to do about it; null: nothing. */
  message: z.string().nullable(),
  /** Until when it is left alone. */
  restsUntil: timestamp.nullable(),
  /** 0–1 of the last 100 requests; null before the first. */
  successRate: z.number().nullable(),
  /** Milliseconds, median and 95th percentile of the last 100 that answered. */
  medianMs: z.number().nullable(),
  p95Ms: z.number().nullable(),
  /** 0–1: how far what it says is believed; grows with what worked, falls with what did not. */
  trust: z.number(),
  /** Of the last hour. */
  requests: z.int(),
  failures: z.int(),
  lastError: z.object({ at: timestamp, message: z.string() }).nullable(),
  /** The last 60 requests, oldest first: milliseconds, and whether it answered. */
  recent: z.array(z.object({ at: timestamp, ms: z.number(), ok: z.boolean() })),
});
export type ProviderHealth = z.infer<typeof providerHealth>;

export const provider = z.object({
  id,
  /** The manifest's own id. */
  key: z.string(),
  name: z.string(),
  version: z.string(),
  description: z.string(),
  runtime: providerManifest.shape.runtime,
  capabilities: z.array(capability),
  types: z.array(z.string()),
  catalogCount: z.int(),
  enabled: z.boolean(),
  /** Asked and listed in this order, 0 first. */
  priority: z.int(),
  logo: image.nullable(),
  homepage: z.string().nullable(),
  attribution: z.string().nullable(),
  licences: z.array(z.string()),
  p2p: z.boolean(),
  adult: z.boolean(),
  /** Came with Hearth: can be switched off, not removed. */
  builtin: z.boolean(),
  /** Settings it takes; empty where there is nothing to set. */
  fields: z.array(field),
  health: providerHealth,
  /** You switched it off for yourself. */
  hidden: z.boolean(),
});
export type Provider = z.infer<typeof provider>;

/** Only for administrators: where it is, and what it was told. Passwords are left out; `secretsSet` names those that are there. */
export const providerSettings = z.object({
  url: z.string().nullable(),
  config: providerConfig,
  secretsSet: z.array(z.string()),
  /** Of a sandboxed one: who signed it, and what it may reach. */
  signature: z.object({ keyId: z.string(), trusted: z.boolean(), hosts: z.array(z.string()) }).nullable(),
});
export type ProviderSettings = z.infer<typeof providerSettings>;

const newProvider = z.union([
  z.object({
    /** A manifest's address (`https:`, `http:`, `stremio:`), or of a signed bundle. */
    url: z.string().trim().min(1).max(4000),
    /**
     * Where it asks for rights, or is signed by nobody known: the administrator has read it and agrees. Without it such
     * a provider is answered with `PROVIDER_CONSENT_NEEDED`, whose `errors` are what is agreed to: `path` is `name`,
     * `host` (one each), `rate` (requests a second) or `signer` (the key that signed it; missing: nobody did).
     */
    consent: z.boolean().default(false),
  }),
  z.object({
    /** A package (`provider-package.ts`) that was uploaded: the document itself. */
    package: z.record(z.string(), z.unknown()),
    consent: z.boolean().default(false),
  }),
  z.object({
    runtime: z.literal('torznab'),
    url: z.string().trim().min(1).max(4000),
    apiKey: z.string().trim().max(500).default(''),
    name: z.string().trim().min(1).max(100).optional(),
  }),
]);
export type NewProvider = z.input<typeof newProvider>;

export const providerRoutes = {
  list: defineRoute({
    method: 'GET',
    path: '/api/providers',
    access: 'member',
    summary: 'Providers in their order, with how they do.',
    reply: z.object({ items: z.array(provider) }),
  }),
  schema: defineRoute({
    method: 'GET',
    path: '/api/providers/manifest.schema.json',
    access: 'public',
    summary: 'JSON Schema of a provider’s manifest.',
    reply: z.record(z.string(), z.unknown()),
  }),
  add: defineRoute({
    method: 'POST',
    path: '/api/providers',
    access: 'admin',
    summary: 'Adds a provider by its manifest’s address, or a Torznab indexer.',
    status: 201,
    body: newProvider,
    reply: provider,
  }),
  settings: defineRoute({
    method: 'GET',
    path: '/api/providers/:id/settings',
    access: 'admin',
    summary: 'Where a provider is, and what it was told.',
    params: idParams,
    reply: providerSettings,
  }),
  update: defineRoute({
    method: 'PATCH',
    path: '/api/providers/:id',
    access: 'admin',
    summary: 'Switches, orders or configures a provider; a password that is left out stays.',
    params: idParams,
    body: z.object({
      enabled: z.boolean().optional(),
      priority: z.int().min(0).max(10_000).optional(),
      config: providerConfig.optional(),
    }),
    reply: provider,
  }),
  remove: defineRoute({
    method: 'DELETE',
    path: '/api/providers/:id',
    access: 'admin',
    summary: 'Removes a provider with all that was kept of it.',
    status: 204,
    params: idParams,
  }),
  test: defineRoute({
    method: 'POST',
    path: '/api/providers/:id/test',
    access: 'admin',
    summary: 'Asks a provider now, resting or not, and says how it went.',
    status: 200,
    params: idParams,
    reply: z.object({ ok: z.boolean(), ms: z.number(), message: z.string(), provider }),
  }),
  prefer: defineRoute({
    method: 'PUT',
    path: '/api/providers/:id/preference',
    access: 'member',
    summary: 'Switches a provider off or on for yourself.',
    params: idParams,
    body: z.object({ hidden: z.boolean() }),
    reply: provider,
  }),
  catalogs: defineRoute({
    method: 'GET',
    path: '/api/providers/:id/catalogs',
    access: 'member',
    summary: 'What a provider lists, and the filters of each list.',
    params: idParams,
    reply: z.object({ items: z.array(catalog) }),
  }),
};
