import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Database } from '../database/database.js';
import { catalogueServices } from './catalogue/catalogue.providers.js';
import { TitleListController } from './catalogue/title-list.controller.js';
import { TitleController } from './catalogue/title.controller.js';
import { Prober } from '../ffmpeg/prober.js';
import { AttentionService } from './attention.service.js';
import { ConfiguredLibraries } from './configured-libraries.js';
import { libraryEntities } from './entities.js';
import { discoverControllers, discoverProviders } from './discover/discover.providers.js';
import { FolderBrowserController } from './folder-browser.controller.js';
import { FolderBrowser } from './folder-browser.js';
import { ForgetService } from './forget.service.js';
import { ImageAnalyzer } from '../common/pictures/image-analyzer.js';
import { ImageController } from './images/image.controller.js';
import { ImageService } from './images/image.service.js';
import { JpegArtService } from './images/jpeg-art.service.js';
import { SignedImages } from './images/signed-images.service.js';
import { InspectorPort } from './inspector.port.js';
import { LibraryController } from './library.controller.js';
import { LibraryService } from './library.service.js';
import { LibraryViews } from './library-views.js';
import { matchingControllers, matchingProviders } from './matching/matching.providers.js';
import { MatchService } from './match.service.js';
import { PlayableService } from './playable.service.js';
import { FileReaders } from './scan/file-readers.service.js';
import { ScanJob } from './scan/scan.job.js';
import { ScanService } from './scan.service.js';
import { createSearchIndex } from './search/create-search-index.js';
import { SearchController } from './search/search.controller.js';
import { SearchIndex } from './search/search-index.js';
import { SearchIndexFiller } from './search/search-index-filler.js';
import { SearchIndexer } from './search/search-indexer.service.js';
import { SearchService } from './search/search.service.js';
import { SourceController } from './sources/source.controller.js';
import { sourceParts, sourceServices } from './sources/source.providers.js';
import { BatchWriter } from './store/batch-writer.js';
import {
  taggedMediaControllers,
  taggedMediaProviders,
  taggedMediaServices,
} from './tagged-media.providers.js';
import { ContentCheck } from '../torrent/content/content-check.service.js';
import { ProviderModule } from '../provider/provider.module.js';
import { TorrentModule } from '../torrent/torrent.module.js';
import { KeepController } from './torrent/keep/keep.controller.js';
import { KeepJob } from './torrent/keep/keep.job.js';
import { KeepService } from './torrent/keep/keep.service.js';
import { ProviderWayOut } from './torrent/provider-way-out.service.js';
import { SharedTorrents } from './torrent/shared-torrents.service.js';
import { TorrentPlaces } from './torrent/torrent-places.service.js';
import { TorrentShelf } from './torrent/torrent-shelf.service.js';
import { TorrentMedia } from './torrent/torrent-media.service.js';
import { LibraryWatch } from './watch/library-watch.js';

/** Titles, files and search: what is on the disks, and what it is. */
@Module({
  imports: [TypeOrmModule.forFeature(libraryEntities), ProviderModule, TorrentModule],
  // Lists before single titles: `/api/titles/facets` must not be read as an id.
  controllers: [
    LibraryController,
    FolderBrowserController,
    TitleListController,
    TitleController,
    SourceController,
    SearchController,
    ImageController,
    KeepController,
    ...discoverControllers,
    ...matchingControllers,
    ...taggedMediaControllers,
  ],
  providers: [
    ...catalogueServices,
    ...sourceServices,
    ...sourceParts,
    ...taggedMediaServices,
    ...taggedMediaProviders,
    ...discoverProviders,
    ...matchingProviders,
    { provide: SearchIndex, inject: [Database], useFactory: createSearchIndex },
    { provide: InspectorPort, useExisting: Prober },
    AttentionService,
    BatchWriter,
    ConfiguredLibraries,
    FileReaders,
    FolderBrowser,
    ForgetService,
    LibraryService,
    LibraryViews,
    LibraryWatch,
    MatchService,
    PlayableService,
    ScanJob,
    ScanService,
    SearchIndexFiller,
    SearchIndexer,
    SearchService,
    SignedImages,
    ContentCheck,
    KeepJob,
    KeepService,
    ProviderWayOut,
    SharedTorrents,
    TorrentMedia,
    TorrentPlaces,
    TorrentShelf,
    ImageAnalyzer,
    ImageService,
    JpegArtService,
  ],
  exports: [
    ...catalogueServices,
    ...sourceServices,
    ...taggedMediaServices,
    ImageService,
    JpegArtService,
    LibraryService,
    PlayableService,
    SearchIndexer,
    SignedImages,
    SharedTorrents,
    TorrentMedia,
    TorrentPlaces,
    TorrentShelf,
  ],
})
export class LibraryModule {}
