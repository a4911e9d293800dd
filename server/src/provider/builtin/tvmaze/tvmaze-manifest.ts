import type { ProviderManifest } from '@hearth/contract/provider-manifest';

/** ISO 3166-1 codes of countries whose stations it lists, and those of streaming services. */
const countries = [
  ['US', 'United States'], ['GB', 'United Kingdom'], ['CA', 'Canada'], ['AU', 'Australia'], ['IE', 'Ireland'],
  ['NZ', 'New Zealand'], ['DE', 'Germany'], ['FR', 'France'], ['ES', 'Spain'], ['IT', 'Italy'], ['NL', 'Netherlands'],
  ['SE', 'Sweden'], ['NO', 'Norway'], ['DK', 'Denmark'], ['JP', 'Japan'], ['KR', 'South Korea'], ['streaming', 'Streaming services'],
] as const; // prettier-ignore

/** Days from today. */
const days = [
  ['-1', 'Yesterday'], ['0', 'Today'], ['1', 'Tomorrow'], ['2', 'In two days'], ['3', 'In three days'],
  ['4', 'In four days'], ['5', 'In five days'], ['6', 'In six days'],
] as const; // prettier-ignore

const option = ([id, label]: readonly [string, string]) => ({ id, label });
const select = { isRequired: false, type: 'select' } as const;

export const tvmazeManifest: ProviderManifest = {
  schema: 1,
  id: 'com.tvmaze',
  name: 'TVmaze',
  version: '1.0.0',
  description: 'Series, their episodes and when they are on.',
  runtime: 'builtin',
  types: ['series'],
  resources: [{ name: 'catalog' }, { name: 'metadata' }],
  catalogs: [
    {
      type: 'series',
      id: 'calendar',
      name: 'On television',
      pageSize: 200,
      extra: [
        { ...select, name: 'day', label: 'Day', options: days.map(option), default: '0' },
        { ...select, name: 'country', label: 'Country', options: countries.map(option), default: 'US' },
      ],
    },
    {
      type: 'series',
      id: 'search',
      name: 'Series',
      pageSize: 10,
      extra: [{ name: 'search', label: 'Search', type: 'text', isRequired: true }],
    },
  ],
  config: [],
  homepage: 'https://www.tvmaze.com',
  hints: {},
  legal: { contentLicences: ['CC-BY-SA-4.0'], attribution: 'Series data by TVmaze.com, CC BY-SA' },
};
