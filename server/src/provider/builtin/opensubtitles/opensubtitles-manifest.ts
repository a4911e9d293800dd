import type { ProviderManifest } from '@hearth/contract/provider-manifest';

export const opensubtitlesManifest: ProviderManifest = {
  schema: 1,
  id: 'com.opensubtitles',
  name: 'OpenSubtitles',
  version: '1.0.0',
  description: 'Subtitles in many languages. Needs a free key; downloads a day are limited.',
  runtime: 'builtin',
  types: ['movie', 'series'],
  resources: [{ name: 'subtitle' }],
  catalogs: [],
  config: [
    {
      name: 'apiKey',
      label: 'API key',
      type: 'password',
      helpUrl: 'https://www.opensubtitles.com/consumers',
      required: true,
      advanced: false,
    },
  ],
  homepage: 'https://www.opensubtitles.com',
  hints: { configurationRequired: true },
  legal: { contentLicences: [], attribution: 'Subtitles by OpenSubtitles.com' },
};
