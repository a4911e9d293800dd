import type { ProviderManifest } from '@hearth/contract/provider-manifest';

const catalogOf = (type: 'movie' | 'series', name: string): ProviderManifest['catalogs'][number] => ({
  type,
  id: 'search',
  name,
  pageSize: 10,
  extra: [{ name: 'search', label: 'Search', type: 'text', isRequired: true }],
});

export const omdbManifest: ProviderManifest = {
  schema: 1,
  id: 'com.omdbapi',
  name: 'OMDb',
  version: '1.0.0',
  description: 'Films and series by IMDb id. Needs a free key: 1000 questions a day.',
  runtime: 'builtin',
  types: ['movie', 'series'],
  resources: [{ name: 'catalog' }, { name: 'metadata' }],
  catalogs: [catalogOf('movie', 'Films'), catalogOf('series', 'Series')],
  config: [
    {
      name: 'apiKey',
      label: 'API key',
      type: 'password',
      helpUrl: 'https://www.omdbapi.com/apikey.aspx',
      required: true,
      advanced: false,
    },
  ],
  homepage: 'https://www.omdbapi.com',
  hints: { configurationRequired: true },
  legal: { contentLicences: ['CC-BY-NC-4.0'], attribution: 'Data by OMDb, CC BY-NC 4.0' },
};
