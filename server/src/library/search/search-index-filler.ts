import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Logger } from '../../common/log/logger.js';
import { SearchIndexer } from './search-indexer.service.js';

/** Fills an index that an upgrade or a restored backup left empty, in the background, batch by batch. */
@Injectable()
export class SearchIndexFiller implements OnApplicationBootstrap {
  private readonly logger: Logger;

  constructor(
    private readonly indexer: SearchIndexer,
    logger: Logger,
  ) {
    this.logger = logger.scoped('search');
  }

  onApplicationBootstrap(): void {
    this.indexer.fillIfEmpty().then(
      (filled) => filled && this.logger.info('Search index filled'),
      (error: unknown) => this.logger.error('The search index could not be filled', { error }),
    );
  }
}
