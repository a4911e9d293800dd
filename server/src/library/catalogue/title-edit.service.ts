import type { titleRoutes } from '@hearth/contract/title';
import type { RouteInput } from '@hearth/contract/route';
import { Injectable } from '@nestjs/common';
import { notFound } from '../../common/problem-error.js';
import { Database } from '../../database/database.js';
import { EventBus } from '../../events/event-bus.js';
import { Title } from '../entities/title.entity.js';
import { fold, wordsOf } from '../search/search-text.js';
import { SearchIndexer } from '../search/search-indexer.service.js';

type Correction = Omit<RouteInput<typeof titleRoutes.update>, 'id'>;

const leadingArticle = /^(?:the|an?|der|die|das|les?|la|el|los|las|il|lo|gli) (?=.)/;

/** `sort_name` and `letter` as the scanner writes them (title.entity.ts). */
function sortFields(name: string): Pick<Title, 'sortName' | 'letter'> {
  const sortName = wordsOf(name).join(' ').replace(leadingArticle, '') || fold(name);
  const [first = ''] = sortName;
  return { sortName, letter: /\p{L}/u.test(first) ? first.toUpperCase() : '#' };
}

/** What a person corrects by hand. */
@Injectable()
export class TitleEditService {
  constructor(
    private readonly database: Database,
    private readonly searchIndexer: SearchIndexer,
    private readonly events: EventBus,
  ) {}

  /**
   * Saves a correction and locks what it set against later scans.
   * @throws ProblemError NOT_FOUND
   */
  async update(id: string, { name, year, overview }: Correction): Promise<void> {
    await this.database.write(async (manager) => {
      const title = await manager.findOneBy(Title, { id });
      if (!title) throw notFound('title');
      const given = Object.entries({ name, year, overview }).filter(([, value]) => value !== undefined);
      const lockedFields = [...new Set([...title.lockedFields, ...given.map(([field]) => field)])];
      const sorted = name === undefined ? {} : sortFields(name);
      const changes = { ...Object.fromEntries(given), ...sorted, lockedFields, updatedAt: Date.now() };
      await manager.update(Title, { id }, changes);
      await this.searchIndexer.titlesChanged([id]);
      this.events.publish('library.changed', { libraryId: title.libraryId, titleIds: [id] });
    });
  }
}
