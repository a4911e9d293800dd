import {
  type catalog as ourCatalog,
  type extra as ourExtra,
  type field as ourField,
  providerManifest,
  type ProviderManifest,
} from '@hearth/contract/provider-manifest';
import { z } from 'zod';
import { anything, listOf, maybe, prose, webAddress, words } from '../lenient.js';

// https://github.com/Stremio/stremio-addon-sdk/blob/master/docs/api/responses/manifest.md

/** Titles of a page; fewer are the last one (docs/api/requests/defineCatalogHandler.md). */
export const pageSize = 100;

const texts = listOf(z.string().min(1).max(200));
const yes = anything.transform((value) => value === true);

const extra = z.object({
  name: z.string().min(1).max(100),
  isRequired: yes,
  options: texts,
  optionsLimit: anything,
});

const catalog = z.object({
  type: z.string().min(1).max(50),
  id: z.string().min(1).max(200),
  name: words(200),
  extra: listOf(extra),
  // As catalogs said it before `extra` was.
  extraSupported: texts,
  extraRequired: texts,
  genres: texts,
});

const resource = z.object({
  name: z.string(),
  types: texts.optional(),
  idPrefixes: listOf(z.string().max(50)).optional(),
});

const setting = z.object({
  key: z.string().min(1).max(100),
  type: z.enum(['text', 'number', 'password', 'checkbox', 'select']),
  default: anything,
  title: words(200),
  options: texts,
  required: anything.transform((value) => value === true || value === 'true'),
});

const stremioManifest = z.object({
  id: z.string().min(1).max(200),
  name: words(100).pipe(z.string()),
  version: anything,
  description: prose,
  resources: z.array(
    z
      .union([z.string().transform((name) => ({ name })), resource])
      .nullable()
      .catch(null),
  ),
  types: texts,
  idPrefixes: listOf(z.string().max(50)),
  catalogs: listOf(catalog),
  config: listOf(setting),
  logo: webAddress,
  behaviorHints: maybe(z.object({ adult: yes, p2p: yes, configurationRequired: yes })),
});
type StremioManifest = z.output<typeof stremioManifest>;
type StremioCatalog = z.output<typeof catalog>;
type CatalogInput = z.input<typeof ourCatalog>;
type ExtraInput = z.input<typeof ourExtra>;
type FieldInput = z.input<typeof ourField>;

const capabilities = {
  catalog: 'catalog',
  meta: 'metadata',
  stream: 'source',
  subtitles: 'subtitle',
} as const;
type Resource = keyof typeof capabilities;
const isKnown = (name: string): name is Resource => name in capabilities;

/** An add-on's manifest as one of ours; null where it is none of either. */
export function manifestOf(document: unknown): ProviderManifest | null {
  const read = stremioManifest.safeParse(document);
  if (!read.success) return null;
  const { id, name, description, types, catalogs, config, logo, behaviorHints: hints } = read.data;
  const mapped = providerManifest.safeParse({
    ...{ schema: 1, runtime: 'stremio', name, types: types.slice(0, 50) },
    id: id
      .replaceAll(/[^\w.-]/g, '-')
      .replace(/^[^A-Za-z0-9]+/, '')
      .slice(0, 120),
    version: versionOf(read.data.version),
    description: description?.slice(0, 2000) ?? '',
    resources: resourcesOf(read.data),
    catalogs: catalogs.slice(0, 64).map(catalogOf),
    config: config.slice(0, 64).map(fieldOf),
    ...(logo !== null && { logo }),
    hints: hints ?? {},
  });
  return mapped.success && mapped.data.resources.length > 0 ? mapped.data : null;
}

function versionOf(given: unknown): string {
  const text = typeof given === 'string' ? given : '';
  return /^v?(\d+\.\d+\.\d+(?:[-+][\w.+-]+)?)$/.exec(text)?.[1]?.slice(0, 60) ?? '0.0.0';
}

function resourcesOf({ resources, catalogs, types, idPrefixes }: StremioManifest): unknown[] {
  // Whoever has catalogs answers for them, listed among the resources or not.
  const named = resources.filter((each) => each !== null).filter(({ name }) => name !== 'catalog');
  const all = [...(catalogs.length > 0 ? [{ name: 'catalog' }] : []), ...named].slice(0, 20);
  return all.flatMap(({ name, ...own }) => {
    if (!isKnown(name)) return [];
    const detailed: { types?: string[]; idPrefixes?: string[] } = own;
    // Prefixes say nothing about catalogs, and a resource with types of its own has prefixes of its own, or none.
    const prefixes = name === 'catalog' ? [] : detailed.types ? (detailed.idPrefixes ?? []) : idPrefixes;
    return [{ name: capabilities[name], types: detailed.types ?? types, idPrefixes: prefixes.slice(0, 50) }];
  });
}

function catalogOf({
  extra: named,
  extraSupported,
  extraRequired,
  genres,
  ...own
}: StremioCatalog): CatalogInput {
  const legacy = extraSupported.map((name) => ({
    ...{ name, isRequired: extraRequired.includes(name), optionsLimit: undefined },
    options: name === 'genre' ? genres : [],
  }));
  const extras = named.length > 0 ? named : legacy;
  return {
    ...{ type: own.type, id: own.id, name: own.name ?? own.id, pageSize },
    paged: extras.some(({ name }) => name === 'skip'),
    extra: extras
      .filter(({ name }) => name !== 'skip')
      .slice(0, 64)
      .map(extraOf),
  };
}

function extraOf({ name, isRequired, options, optionsLimit }: z.output<typeof extra>): ExtraInput {
  if (options.length === 0) return { name, isRequired, type: 'text' };
  const choices = options.slice(0, 500).map((option) => ({ id: option, label: option }));
  const most = typeof optionsLimit === 'number' ? Math.min(Math.max(1, Math.trunc(optionsLimit)), 100) : 1;
  const several = most > 1 && ({ type: 'multiselect', optionsLimit: most } as const);
  return { name, isRequired, options: choices, ...(several || { type: 'select' }) };
}

function fieldOf({
  key: name,
  title,
  type,
  options,
  required,
  default: given,
}: z.output<typeof setting>): FieldInput {
  const common = { name, label: title ?? name, required };
  if (type === 'checkbox')
    return { ...common, type: 'toggle', default: given === 'checked' || given === true };
  if (type === 'select') {
    const choices = options.map((option) => ({ id: option, label: option }));
    return {
      ...common,
      type: 'select',
      options: choices,
      ...(typeof given === 'string' && { default: given }),
    };
  }
  if (type === 'number') {
    const number = Number(given);
    const isSaid = given !== undefined && given !== '' && Number.isFinite(number);
    return { ...common, type: 'number', ...(isSaid && { default: number }) };
  }
  return { ...common, type, ...(typeof given === 'string' && type === 'text' && { default: given }) };
}
