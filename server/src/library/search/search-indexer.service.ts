import { basename } from 'node:path/posix';
import { Injectable } from '@nestjs/common';
import { type EntityTarget, In, Not } from 'typeorm';
import { Database } from '../../database/database.js';
import { Album } from '../entities/album.entity.js';
import { Artist } from '../entities/artist.entity.js';
import { Episode } from '../entities/episode.entity.js';
import { MediaFile } from '../entities/media-file.entity.js';
import { Title } from '../entities/title.entity.js';
import { isTorrentId, torrentLibraryId } from '../torrent/torrent-ids.js';
import { musicDocuments, taggedDocuments } from './tagged-documents.js';
import { type SearchDocument, SearchIndex } from './search-index.js';

/** Ids asked for at once; below SQLite's limit of parameters by far. */
const batchSize = 500;

const namesOf = (...names: (string | number | null)[]): string[] =>
  names.filter((name) => name !== null && name !== '').map(String);

/**
 * Keeps the search index in step with the library. Call it inside the write that made the change, once per batch:
 * it reads the rows again, so it needs ids only, and an id that is gone leaves the index.
 */
@Injectable()
export class SearchIndexer {
  constructor(
    private readonly database: Database,
    private readonly searchIndex: SearchIndex,
  ) {}

  /** Titles that came, changed or went, with their episodes and the people in them. */
  async titlesChanged(titleIds: readonly string[]): Promise<void> {
    for (const ids of batches(titleIds.filter(isOwn))) {
      await this.database.write(async (manager) => {
        const where = { titleId: In(ids) };
        const titles = await manager.findBy(Title, { id: In(ids) });
        const episodes = await manager.findBy(Episode, where);
        const people = await this.newPeople(ids);
        const documents = [...titles.map(titleDocument), ...episodes.map(episodeDocument), ...people];
        await this.dropStale(ids, new Set(documents.map(({ id }) => id)));
        await this.searchIndex.upsert(documents);
      });
    }
  }

  /** Files that came, moved or went. */
  async filesChanged(fileIds: readonly string[]): Promise<void> {
    for (const ids of batches(fileIds)) {
      await this.database.write(async (manager) => {
        const select = { id: true, titleId: true, relativePath: true, addedAt: true } as const;
        const where = { id: In(ids), libraryId: Not(torrentLibraryId) };
        const files = await manager.find(MediaFile, { where, select });
        const there = new Set(files.map(({ id }) => id));
        await this.searchIndex.remove(ids.filter((id) => !there.has(id)));
        // A track or a photo is found by what it is called, not by its file's name.
        const tagged = await taggedDocuments(manager, ids);
        const others = files.filter(({ id }) => !tagged.has(id)).map(fileDocument);
        await this.searchIndex.upsert([...others, ...tagged.values()]);
      });
    }
  }

  /** Albums and artists that came, changed or went. */
  async musicChanged(albumIds: readonly string[], artistIds: readonly string[]): Promise<void> {
    for (const ids of batches([...albumIds, ...artistIds])) {
      await this.database.write(async (manager) => {
        const documents = await musicDocuments(manager, ids);
        const there = new Set(documents.map(({ id }) => id));
        await this.searchIndex.remove(ids.filter((id) => !there.has(id)));
        await this.searchIndex.upsert(documents);
      });
    }
  }

  /** Fills an index that is empty although there are titles: after an upgrade or a restored backup. */
  async fillIfEmpty(): Promise<boolean> {
    const indexed = await this.database.read.query<unknown[]>('SELECT 1 FROM search_document LIMIT 1');
    if (indexed.length > 0) return false;
    const [titles, files] = [await this.allIds(Title), await this.allIds(MediaFile)];
    await this.titlesChanged(titles);
    await this.filesChanged(files);
    await this.musicChanged(await this.allIds(Album), await this.allIds(Artist));
    return titles.length + files.length > 0;
  }

  /** People of these titles that are not in the index yet; a name once indexed does not change. */
  private async newPeople(titleIds: readonly string[]): Promise<SearchDocument[]> {
    const rows = await this.database.read
      .createQueryBuilder()
      .select('p.id', 'id')
      .addSelect('p.name', 'name')
      .distinct()
      .from('credit', 'c')
      .innerJoin('person', 'p', 'p.id = c.person_id')
      .leftJoin('search_document', 'd', 'd.item_id = p.id')
      .where('c.title_id IN (:...titleIds) AND d.item_id IS NULL', { titleIds })
      .getRawMany<{ id: string; name: string }>();
    return rows.map(({ id, name }) => ({ kind: 'person', id, titleId: null, names: [name], boost: 0 }));
  }

  private async allIds(entity: EntityTarget<{ id: string }>): Promise<string[]> {
    const query = this.database.read.createQueryBuilder().select('x.id', 'id').from(entity, 'x');
    return (await query.getRawMany<{ id: string }>()).map(({ id }) => id);
  }

  /** Episodes and titles of these ids that the tables no longer have. */
  private async dropStale(titleIds: readonly string[], there: ReadonlySet<string>): Promise<void> {
    const indexed = await this.database.read
      .createQueryBuilder()
      .select('d.item_id', 'id')
      .from('search_document', 'd')
      .where("d.title_id IN (:...titleIds) AND d.kind IN ('title', 'episode')", { titleIds })
      .getRawMany<{ id: string }>();
    await this.searchIndex.remove(indexed.map(({ id }) => id).filter((id) => !there.has(id)));
  }
}

/** What is only in a torrent is not searched for. */
const isOwn = (titleId: string): boolean => !isTorrentId(titleId);

function* batches(ids: readonly string[]): Generator<string[]> {
  for (let at = 0; at < ids.length; at += batchSize) yield ids.slice(at, at + batchSize);
}

const titleDocument = (title: Title): SearchDocument => ({
  kind: 'title',
  id: title.id,
  titleId: title.id,
  names: namesOf(title.name, title.originalName, title.year),
  boost: title.addedAt,
});

const episodeDocument = (episode: Episode): SearchDocument => ({
  kind: 'episode',
  id: episode.id,
  titleId: episode.titleId,
  names: namesOf(episode.name),
  boost: episode.addedAt,
});

const fileDocument = (
  file: Pick<MediaFile, 'id' | 'titleId' | 'relativePath' | 'addedAt'>,
): SearchDocument => ({
  kind: 'file',
  id: file.id,
  titleId: file.titleId,
  names: [basename(file.relativePath)],
  boost: file.addedAt,
});
