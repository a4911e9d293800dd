import type { AnyProvider } from '../provider.js';
import { homeLibrary, nfoFiles } from './home/home-manifests.js';
import { ArchiveProvider } from './archive/archive-provider.js';
import { OmdbProvider } from './omdb/omdb-provider.js';
import { OpensubtitlesProvider } from './opensubtitles/opensubtitles-provider.js';
import { TmdbProvider } from './tmdb/tmdb-provider.js';
import { TvmazeProvider } from './tvmaze/tvmaze-provider.js';
import { WikidataProvider } from './wikidata/wikidata-provider.js';

/** Injects what comes with Hearth; tests bring their own. */
export const builtinProvidersToken = Symbol('built-in providers');

/** What comes with Hearth, in the order of a fresh server. */
export const builtinProviders: readonly (() => AnyProvider)[] = [
  () => ({ manifest: nfoFiles }),
  () => ({ manifest: homeLibrary }),
  () => new TmdbProvider(),
  () => new TvmazeProvider(),
  () => new ArchiveProvider(),
  () => new OmdbProvider(),
  () => new WikidataProvider(),
  () => new OpensubtitlesProvider(),
];
