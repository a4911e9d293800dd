import type { EntityManager } from 'typeorm';
import { In } from 'typeorm';
import { Title } from '../entities/title.entity.js';
import { identityOf, nameKeyOf } from '../scan/sort-name.js';
import { inChunks } from './chunks.js';
import type { FileRecord } from './file-record.js';
import { namedFields, newTitle, type TitleKey } from './title-fields.js';

/** Titles that a batch touches, by id: loaded, changed or new. */
export interface ResolvedTitles {
  /** The title of each record; absent for records without one. */
  of: Map<FileRecord, Title>;
  created: Set<Title>;
  renamed: Set<Title>;
}

export function keyOf(record: FileRecord): TitleKey | null {
  const { placement } = record;
  if (record.extra || record.state !== 'matched') return null;
  if (placement.kind !== 'movie' && placement.kind !== 'episode') return null;
  return {
    type: placement.kind === 'movie' ? 'movie' : 'series',
    name: placement.name,
    year: placement.year,
  };
}

/**
 * Finds or makes the title of every record of a batch. A title whose only files now say something else is renamed in
 * place, so that its id, and with it history, favourites and links, stay.
 */
export class TitleResolver {
  private readonly byIdentity = new Map<string, Title>();
  private readonly seriesByName = new Map<string, Title[]>();
  private readonly byId = new Map<string, Title>();
  private readonly result: ResolvedTitles = { of: new Map(), created: new Set(), renamed: new Set() };

  constructor(
    private readonly manager: EntityManager,
    private readonly libraryId: string,
    /** Files whose old place is empty: they no longer speak for their title. */
    private readonly vanished: ReadonlySet<string>,
    private readonly now: number,
  ) {}

  async resolve(records: readonly FileRecord[]): Promise<ResolvedTitles> {
    await this.load(records);
    const leaving = await this.titlesToRename(records);
    for (const record of records) {
      const key = keyOf(record);
      if (!key) continue;
      const title =
        this.find(key) ?? this.rename(leaving.get(record.known?.titleId ?? ''), key) ?? this.create(key);
      this.adoptYear(title, key);
      this.result.of.set(record, title);
    }
    return this.result;
  }

  private async load(records: readonly FileRecord[]): Promise<void> {
    const keys = records.map(keyOf).filter((key) => key !== null);
    const repository = this.manager.getRepository(Title);
    const movies = keys.filter((key) => key.type === 'movie').map((key) => identityOf(key.name, key.year));
    const found = await inChunks(movies, (identities) =>
      repository.findBy({ libraryId: this.libraryId, type: 'movie', identity: In(identities) }),
    );
    found.push(...(await this.loadSeries(keys)));
    const old = records.flatMap((record) => record.known?.titleId ?? []);
    found.push(...(await inChunks(old, (ids) => repository.findBy({ id: In(ids) }))));
    for (const title of found) if (!this.byId.has(title.id)) this.index(title);
  }

  /** Series of the wanted names whatever their year: some file names of a series state it, others don't. */
  private async loadSeries(keys: readonly TitleKey[]): Promise<Title[]> {
    const names = new Set(keys.filter((key) => key.type === 'series').map((key) => nameKeyOf(key.name)));
    if (names.size === 0) return [];
    const all = await this.manager.sql<{ id: string; identity: string }[]>`
      SELECT id, identity FROM title WHERE library_id = ${this.libraryId} AND type = 'series'`;
    const ids = all
      .filter(({ identity }) => names.has(identity.slice(0, identity.lastIndexOf('|'))))
      .map(({ id }) => id);
    return inChunks(ids, (slice) => this.manager.getRepository(Title).findBy({ id: In(slice) }));
  }

  private index(title: Title): void {
    this.byId.set(title.id, title);
    if (title.libraryId !== this.libraryId) return;
    this.byIdentity.set(`${title.type}:${title.identity}`, title);
    if (title.type !== 'series') return;
    const name = title.identity.slice(0, title.identity.lastIndexOf('|'));
    this.seriesByName.set(name, [
      ...(this.seriesByName.get(name) ?? []).filter((each) => each !== title),
      title,
    ]);
  }

  private find(key: TitleKey): Title | undefined {
    const exact = this.byIdentity.get(`${key.type}:${identityOf(key.name, key.year)}`);
    if (exact || key.type === 'movie') return exact;
    const named = this.seriesByName.get(nameKeyOf(key.name)) ?? [];
    if (key.year === null) return named.length === 1 ? named[0] : undefined;
    return this.byIdentity.get(`series:${identityOf(key.name, null)}`);
  }

  /** Old titles that no file speaks for but those of this batch, which agree on one new key. */
  private async titlesToRename(records: readonly FileRecord[]): Promise<Map<string, Title>> {
    const groups = new Map<string, FileRecord[]>();
    for (const record of records) {
      const old = record.known?.titleId;
      if (old && keyOf(record) && !record.extra) groups.set(old, [...(groups.get(old) ?? []), record]);
    }
    const result = new Map<string, Title>();
    for (const [id, group] of groups) {
      const title = this.byId.get(id);
      const keys = new Set(group.map((record) => JSON.stringify(keyOf(record))));
      const type = group[0] && keyOf(group[0])?.type;
      if (!title || title.type !== type || keys.size > 1) continue;
      const own = new Set(group.flatMap((record) => record.known?.id ?? []));
      const files = await this.manager.sql<{ id: string }[]>`
        SELECT id FROM media_file WHERE title_id = ${id} AND available AND extra_kind IS NULL`;
      if (files.every((file) => own.has(file.id) || this.vanished.has(file.id))) result.set(id, title);
    }
    return result;
  }

  private rename(title: Title | undefined, key: TitleKey): Title | undefined {
    if (!title) return undefined;
    this.byIdentity.delete(`${title.type}:${title.identity}`);
    const name = title.identity.slice(0, title.identity.lastIndexOf('|'));
    this.seriesByName.set(
      name,
      (this.seriesByName.get(name) ?? []).filter((each) => each !== title),
    );
    Object.assign(title, namedFields(key, title.lockedFields), {
      libraryId: this.libraryId,
      updatedAt: this.now,
    });
    this.result.renamed.add(title);
    this.index(title);
    return title;
  }

  private create(key: TitleKey): Title {
    const title = newTitle(this.libraryId, key, this.now);
    this.result.created.add(title);
    this.index(title);
    return title;
  }

  /** A series known without its year gets it from the first file that states it. */
  private adoptYear(title: Title, key: TitleKey): void {
    if (title.type !== 'series' || key.year === null || !title.identity.endsWith('|')) return;
    this.byIdentity.delete(`series:${title.identity}`);
    title.identity = identityOf(key.name, key.year);
    if (!title.lockedFields.includes('year')) title.year = key.year;
    this.byIdentity.set(`series:${title.identity}`, title);
    if (!this.result.created.has(title)) this.result.renamed.add(title);
  }
}
