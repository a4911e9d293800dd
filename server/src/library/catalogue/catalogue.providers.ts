import { AudienceService } from '../audience/audience.service.js';
import { MinAges } from '../audience/min-ages.js';
import { SeenSearch } from '../search/seen-search.service.js';
import { BegunTitlesService } from './begun-titles.service.js';
import { EpisodeCardsService } from './episode-cards.service.js';
import { FacetCacheService } from './facet-cache.service.js';
import { GenreRowsService } from './genre-rows.service.js';
import { HomeService } from './home.service.js';
import { NextUpService } from './next-up.service.js';
import { SimilarTitlesService } from './similar-titles.service.js';
import { SourcesService } from './sources.service.js';
import { TitleCardsService } from './title-cards.service.js';
import { TitleDetailService } from './title-detail.service.js';
import { TitleEditService } from './title-edit.service.js';
import { TitleFacetsService } from './title-facets.service.js';
import { TitleFactsService } from './title-facts.service.js';
import { TitleGroupsService } from './title-groups.service.js';
import { TitleListService } from './title-list.service.js';
import { TitleOffsetsService } from './title-offsets.service.js';
import { TitlePagesService } from './title-pages.service.js';
import { WatchCardsService } from './watch-cards.service.js';

/** The catalogue's services, for the library module. */
export const catalogueServices = [
  AudienceService,
  MinAges,
  SeenSearch,
  BegunTitlesService,
  EpisodeCardsService,
  FacetCacheService,
  GenreRowsService,
  HomeService,
  NextUpService,
  SimilarTitlesService,
  SourcesService,
  TitleCardsService,
  TitleDetailService,
  TitleEditService,
  TitleFacetsService,
  TitleFactsService,
  TitleGroupsService,
  TitleListService,
  TitleOffsetsService,
  TitlePagesService,
  WatchCardsService,
];
