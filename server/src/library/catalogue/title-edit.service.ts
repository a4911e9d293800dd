import type { titleRoutes } from '@hearth/contract/title';
import type { RouteInput } from '@hearth/contract/route';
import { Injectable } from '@nestjs/common';
import { notFound } from '../../common/problem-error.js';
import { Database } from '../../database/database.js';
import { EventBus } from '../../events/event-bus.js';
import { Title } from '../entities/title.entity.js';
import { letterOf, sortNameOf } from '../scan/sort-name.js';
import { SearchIndexer } from '../search/search-indexer.service.js';

type Correction = Omit<RouteInput<typeof titleRoutes.update>, 'id'>;

/** What a name is filed under, as the scanner does it. */
function sortFields(name: string): Pick<Title, 'sortName' | 'letter'> {
  const sortName = sortNameOf(name);
  return { sortName, letter: letterOf(sortName) };
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
