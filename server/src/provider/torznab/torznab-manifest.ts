import { createHash } from 'node:crypto';
import {
  type ProviderManifest,
  providerManifest,
  type ProviderManifestInput,
} from '@hearth/contract/provider-manifest';
import type { TorznabCaps } from './torznab-caps.js';

/** The one list of an indexer: its newest releases, or those that are searched for. */
export const releases = 'releases';
export const releaseType = 'release';

type Extra = NonNullable<NonNullable<ProviderManifestInput['catalogs']>[number]['extra']>[number];

/** An indexer as a provider: its categories and parameters become filters. */
export function manifestOf(caps: TorznabCaps, address: string, name: string | undefined): ProviderManifest {
  const hash = createHash('sha256').update(address).digest('hex').slice(0, 12);
  const options = caps.categories.map(({ id, name: label }) => ({ id, label }));
  const { search, movie, tvsearch } = caps.functions;
  const types = [...(movie || search ? ['movie'] : []), ...(tvsearch || search ? ['series'] : [])];
  return providerManifest.parse({
    ...{ schema: 1, runtime: 'torznab', id: `torznab.${hash}`, version: '1.0.0' },
    name: (name ?? (caps.title || 'Torznab')).slice(0, 100),
    description: 'A Torznab indexer.',
    types,
    resources: [
      ...(search ? [{ name: 'catalog' as const, types: [releaseType] }] : []),
      { name: 'source', types: [...types, releaseType] },
    ],
    catalogs: search
      ? [
          {
            type: releaseType,
            id: releases,
            name: 'Releases',
            pageSize: caps.limit,
            extra: filters(search, options),
          },
        ]
      : [],
    config: settings(options),
    hints: { p2p: true },
  } satisfies ProviderManifestInput);
}

type Options = { id: string; label: string }[];

const settings = (options: Options): NonNullable<ProviderManifestInput['config']> => [
  { name: 'apiKey', label: 'API key', type: 'password' },
  ...(options.length > 0
    ? [
        {
          ...{ name: 'categories', label: 'Categories', type: 'multiselect' as const, advanced: true },
          ...{ help: 'Searches look in these only.', options },
        },
      ]
    : []),
];

function filters(parameters: ReadonlySet<string>, options: Options): Extra[] {
  return [
    ...(parameters.has('q') ? [{ name: 'search', label: 'Search' }] : []),
    ...(options.length > 0
      ? [{ name: 'category', label: 'Category', type: 'multiselect', options, optionsLimit: 50 } as const]
      : []),
    ...(parameters.has('year') ? [{ name: 'year', label: 'Year' }] : []),
    ...(parameters.has('genre') ? [{ name: 'genre', label: 'Genre' }] : []),
  ];
}
