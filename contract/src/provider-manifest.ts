import { z } from 'zod';

/** What a provider calls itself: a dotted name such as `org.example.films`. */
export const providerKey = z
  .string()
  .min(1)
  .max(120)
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'letters, digits, dots, dashes');

/** A key of a filter, a setting or a catalog; it travels in paths and queries. */
const name = z.string().min(1).max(100);
const label = z.string().min(1).max(200);
const type = z.string().min(1).max(50);

export const option = z.object({ id: z.string().max(200), label });

/** Shows a control only while another one has one of these values. */
const dependsOn = z.object({ name, in: z.array(z.string().max(200)).min(1).max(100) });

/**
 * A filter of a catalog; a page builds a control from it. In a query all are text: `multiselect` joins ids with commas,
 * `range` is `from-to` (either may be missing), `toggle` is `true`, the others are what was typed or an option's id.
 */
export const extra = z.object({
  name,
  label: label.optional(),
  type: z.enum(['text', 'select', 'multiselect', 'range', 'toggle', 'sort']).default('text'),
  options: z.array(option).max(500).optional(),
  /** Most options of a `multiselect` at a time. */
  optionsLimit: z.int().min(1).max(100).optional(),
  isRequired: z.boolean().default(false),
  /** As it would stand in a query. */
  default: z.string().max(500).optional(),
  /** Of a `range`. */
  min: z.number().optional(),
  max: z.number().optional(),
  step: z.number().positive().optional(),
  unit: z.string().max(20).optional(),
  dependsOn: dependsOn.optional(),
});
export type Extra = z.infer<typeof extra>;

/** A setting of a provider; a form is built from it. A `password` is kept encrypted and never given out again. */
export const field = z.object({
  name,
  label,
  type: z.enum(['text', 'password', 'url', 'number', 'toggle', 'select', 'multiselect', 'info']),
  help: z.string().max(1000).optional(),
  helpUrl: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .optional(),
  placeholder: z.string().max(200).optional(),
  options: z.array(option).max(500).optional(),
  default: z
    .union([z.string().max(2000), z.number(), z.boolean(), z.array(z.string().max(200)).max(100)])
    .optional(),
  required: z.boolean().default(false),
  advanced: z.boolean().default(false),
  min: z.number().optional(),
  max: z.number().optional(),
  dependsOn: dependsOn.optional(),
});
export type Field = z.infer<typeof field>;

export const providerConfig = z.record(
  name,
  z.union([z.string().max(4000), z.number(), z.boolean(), z.array(z.string().max(200)).max(100)]),
);
export type ProviderConfig = z.infer<typeof providerConfig>;

/** What a provider can be asked for. */
export const capability = z.enum(['catalog', 'metadata', 'source', 'subtitle']);
export type Capability = z.infer<typeof capability>;

const resource = z.object({
  name: capability,
  /** Left out: those of the manifest. */
  types: z.array(type).max(50).optional(),
  /** Ids it knows start with one of these; left out: those of the manifest. */
  idPrefixes: z.array(z.string().max(50)).max(50).optional(),
});

export const catalog = z.object({
  type,
  id: z.string().min(1).max(200),
  name: label,
  extra: z.array(extra).max(64).default([]),
  pageSize: z.int().min(1).max(200).default(100),
  /** False: it has no more than its first page. */
  paged: z.boolean().optional(),
});
export type Catalog = z.infer<typeof catalog>;

/**
 * What a provider says of itself: data, never code. A superset of Stremio's manifest in meaning; unknown fields are
 * ignored, an unknown `schema` is refused.
 */
export const providerManifest = z.object({
  schema: z.literal(1),
  id: providerKey,
  name: z.string().min(1).max(100),
  version: z
    .string()
    .regex(/^\d+\.\d+\.\d+([-+][\w.+-]+)?$/, 'a semantic version such as 1.0.0')
    .max(60),
  description: z.string().max(2000).default(''),
  /** `home`: what is in the house itself, for its place among the others; nobody is asked. */
  runtime: z.enum(['builtin', 'home', 'stremio', 'torznab', 'sandbox']),
  /** `movie`, `series` and whatever else it has. */
  types: z.array(type).max(50),
  idPrefixes: z.array(z.string().max(50)).max(50).optional(),
  resources: z
    .array(z.union([capability.transform((each): z.output<typeof resource> => ({ name: each })), resource]))
    .max(20),
  catalogs: z.array(catalog).max(64).default([]),
  config: z.array(field).max(64).default([]),
  logo: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .optional(),
  homepage: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .optional(),
  /** What a sandboxed provider may reach; nothing else answers it. */
  network: z
    .object({
      hosts: z
        .array(z.string().regex(/^(\*\.)?[a-z0-9.-]+(:\d{1,5})?$/, 'a host such as api.example.org'))
        .max(20),
      /** Requests a second. */
      rate: z.number().positive().max(50).default(5),
    })
    .optional(),
  hints: z
    .object({
      adult: z.boolean().optional(),
      /** Its sources come from swarms. */
      p2p: z.boolean().optional(),
      configurationRequired: z.boolean().optional(),
    })
    .default({}),
  legal: z
    .object({
      /** Licences of what it leads to, in words or as SPDX ids. */
      contentLicences: z.array(z.string().max(100)).max(20).default([]),
      /** What must be shown beside what it gave. */
      attribution: z.string().max(300).optional(),
    })
    .optional(),
});
export type ProviderManifest = z.infer<typeof providerManifest>;
/** As an author writes it. */
export type ProviderManifestInput = z.input<typeof providerManifest>;
