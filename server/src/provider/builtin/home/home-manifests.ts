import { providerManifest } from '@hearth/contract/provider-manifest';
import { homeKeys } from '../../provider.js';

const search = { name: 'search', label: 'Name' };
const sort = {
  ...{ name: 'sort', label: 'Order', type: 'sort' as const, default: 'added' },
  options: [
    { id: 'added', label: 'Recently added' },
    { id: 'name', label: 'Name' },
    { id: 'year', label: 'Year' },
    { id: 'rating', label: 'Rating' },
  ],
};
const year = { name: 'year', label: 'Year', type: 'range' as const, min: 1870, max: 2200, step: 1 };
const home = {
  ...{ schema: 1, version: '1.0.0', runtime: 'home' },
  ...{ types: ['movie', 'series'], legal: { contentLicences: [] } },
};

/** What the household has, as lists in Discover: what they show depends on who looks, so the library gives them itself. */
export const homeLibrary = providerManifest.parse({
  ...{ ...home, id: homeKeys.library, name: 'Home library' },
  description: 'Films and series of this library, among the lists of Discover.',
  resources: ['catalog'],
  catalogs: [
    { type: 'movie', id: 'movies', name: 'Films here', extra: [search, sort, year] },
    { type: 'series', id: 'series', name: 'Series here', extra: [search, sort, year] },
  ],
});

/** What lies beside the files; scans read it. Its place says whose words win where a provider has others. */
export const nfoFiles = providerManifest.parse({
  ...{ ...home, id: homeKeys.nfo, name: 'NFO files and pictures' },
  description:
    'Descriptions and pictures that lie beside your films. Whoever stands above them is believed before them.',
  resources: ['metadata'],
});
