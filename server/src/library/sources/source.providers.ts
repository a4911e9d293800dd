import { DiscoveryBudget } from './discovery-budget.js';
import { FoundSourceStore } from './found-source-store.service.js';
import { FoundSourcesService } from './found-sources.service.js';
import { RemoteFiles } from './remote-files.service.js';
import { SeederCounts } from './seeder-counts.js';
import { SourceDiscovery } from './source-discovery.service.js';
import { SourceNews } from './source-news.js';
import { SourcePreferencesService } from './source-preferences.service.js';
import { SourceRights } from './source-rights.service.js';
import { SourceSearches } from './source-searches.service.js';
import { TitleSourcesService } from './title-sources.service.js';
import { TitleSubjects } from './title-subjects.service.js';
import { WantedTitles } from './wanted-titles.js';

/** What others play and show sources by. */
export const sourceServices = [FoundSourcesService, RemoteFiles, TitleSourcesService];

export const sourceParts = [
  DiscoveryBudget,
  FoundSourceStore,
  SeederCounts,
  SourceDiscovery,
  SourceNews,
  SourcePreferencesService,
  SourceRights,
  SourceSearches,
  TitleSubjects,
  WantedTitles,
];
