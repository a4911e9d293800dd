import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Database } from '../database/database.js';
import { catalogueServices } from './catalogue/catalogue.providers.js';
import { TitleListController } from './catalogue/title-list.controller.js';
import { TitleController } from './catalogue/title.controller.js';
import { libraryEntities } from './entities.js';
import { ImageAnalyzer } from './images/image-analyzer.js';
import { ImageController } from './images/image.controller.js';
import { ImageService } from './images/image.service.js';
import { SignedImages } from './images/signed-images.service.js';
import { PlayableService } from './playable.service.js';
import { createSearchIndex } from './search/create-search-index.js';
import { SearchController } from './search/search.controller.js';
import { SearchIndex } from './search/search-index.js';
import { SearchIndexer } from './search/search-indexer.service.js';
import { SearchService } from './search/search.service.js';

/** Titles, files and search: what is on the disks, and what it is. */
@Module({
  imports: [TypeOrmModule.forFeature(libraryEntities)],
  // Lists before single titles: `/api/titles/facets` must not be read as an id.
  controllers: [TitleListController, TitleController, SearchController, ImageController],
  providers: [
    ...catalogueServices,
    { provide: SearchIndex, inject: [Database], useFactory: createSearchIndex },
    PlayableService,
    SearchIndexer,
    SearchService,
    SignedImages,
    ImageAnalyzer,
    ImageService,
  ],
  exports: [...catalogueServices, PlayableService, SearchIndexer, SignedImages],
})
export class LibraryModule {}
