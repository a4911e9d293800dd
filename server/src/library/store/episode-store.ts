import { type EntityManager, In } from 'typeorm';
import { newId } from '../../common/id.js';
import { EpisodeFile } from '../entities/episode-file.entity.js';
import { Episode } from '../entities/episode.entity.js';
import { Season } from '../entities/season.entity.js';
import { episodeNameOf } from '../scan/episode-name.js';
import { nameOf } from '../scan/directory-tree.js';
import type { EpisodePlacement } from '../scan/placement.js';
import { inChunks, insertRows } from './chunks.js';
import type { PlacedRecord } from './file-record.js';
import type { ImageStore } from './image-store.js';

interface EpisodeRecord {
  record: PlacedRecord;
  titleId: string;
  placement: EpisodePlacement;
}

/** Seasons, episodes and their links to files, for one batch. @returns episode ids of each file, in order */
export async function writeEpisodes(
  manager: EntityManager,
  records: readonly PlacedRecord[],
  images: ImageStore,
  now: number,
): Promise<Map<string, string[]>> {
  const wanted = records.flatMap((record): EpisodeRecord[] =>
    record.titleId && !record.extra && record.state === 'matched' && record.placement.kind === 'episode'
      ? [{ record, titleId: record.titleId, placement: record.placement }]
      : [],
  );
  const episodes = await new EpisodeStore(manager, images, now).write(wanted);
  // A file that became unreadable still is the episode it was.
  const known = records.flatMap((record) => (record.state === 'failed' ? [] : (record.known?.id ?? [])));
  if (known.length > 0) await manager.delete(EpisodeFile, { fileId: In(known) });
  const links = [...episodes].flatMap(([fileId, ids]) => ids.map((episodeId) => ({ episodeId, fileId })));
  await insertRows(manager, EpisodeFile, links);
  return episodes;
}

class EpisodeStore {
  private readonly seasons = new Map<string, Season>();
  private readonly episodes = new Map<string, Episode>();
  private readonly fresh: Episode[] = [];
  private readonly changed = new Map<Episode, Partial<Episode>>();

  constructor(
    private readonly manager: EntityManager,
    private readonly images: ImageStore,
    private readonly now: number,
  ) {}

  async write(wanted: readonly EpisodeRecord[]): Promise<Map<string, string[]>> {
    if (wanted.length === 0) return new Map();
    await this.load(wanted.map(({ titleId }) => titleId));
    await this.writeSeasons(wanted);
    const result = new Map(wanted.map((each) => [each.record.id, this.episodesOf(each)]));
    await insertRows(this.manager, Episode, this.fresh);
    for (const [episode, change] of this.changed) await this.manager.update(Episode, episode.id, change);
    return result;
  }

  private async load(titleIds: readonly string[]): Promise<void> {
    const find = { seasons: (ids: string[]) => this.manager.findBy(Season, { titleId: In(ids) }) };
    for (const season of await inChunks(titleIds, find.seasons))
      this.seasons.set(`${season.titleId}/${season.number}`, season);
    const episodes = await inChunks(titleIds, (ids) => this.manager.findBy(Episode, { titleId: In(ids) }));
    for (const episode of episodes) this.episodes.set(`${episode.seasonId}/${episode.number}`, episode);
  }

  private async writeSeasons(wanted: readonly EpisodeRecord[]): Promise<void> {
    const fresh: Season[] = [];
    for (const { record, titleId, placement } of wanted) {
      const key = `${titleId}/${placement.season}`;
      const posterId = this.images.idOf(
        record.folderId,
        record.surroundings?.seasonPosters.get(placement.season),
      );
      let season = this.seasons.get(key);
      if (!season) {
        season = { id: newId(), titleId, number: placement.season, name: null, overview: null, posterId };
        this.seasons.set(key, season);
        fresh.push(season);
      } else if (posterId !== null && season.posterId !== posterId) {
        season.posterId = posterId;
        if (!fresh.includes(season)) await this.manager.update(Season, season.id, { posterId });
      }
    }
    await insertRows(this.manager, Season, fresh);
  }

  private episodesOf(each: EpisodeRecord): string[] {
    return each.placement.numbers.map((number, index) => {
      const season = this.seasons.get(`${each.titleId}/${each.placement.season}`);
      if (!season) throw new Error('Seasons are written before their episodes');
      const facts = this.factsOf(each, number, index);
      const key = `${season.id}/${number}`;
      const known = this.episodes.get(key);
      if (known) {
        this.update(known, facts);
        return known.id;
      }
      const { id: seasonId, number: seasonNumber, titleId } = season;
      const episode: Episode = {
        ...facts,
        id: newId(),
        titleId,
        seasonId,
        seasonNumber,
        number,
        available: true,
        addedAt: this.now,
      };
      this.episodes.set(key, episode);
      this.fresh.push(episode);
      return episode.id;
    });
  }

  private factsOf({ record, placement }: EpisodeRecord, number: number, index: number) {
    const nfo = record.nfo.episodes.find((entry) => entry.episode === number) ?? record.nfo.episodes[index];
    const fromFile = placement.numbers.length === 1 ? episodeNameOf(nameOf(record.relativePath)) : null;
    return {
      absoluteNumber: placement.absolute[index] ?? null,
      name: nfo?.name ?? fromFile,
      overview: nfo?.overview ?? null,
      airDate: nfo?.airDate ?? placement.airDate,
      runtimeSeconds:
        placement.numbers.length === 1
          ? (record.media?.durationSeconds ?? null)
          : (nfo?.runtimeSeconds ?? null),
      stillId: this.images.idOf(
        record.folderId,
        record.surroundings?.own.still ?? record.surroundings?.own.poster,
      ),
    };
  }

  /** What a file now states replaces what was known; what it does not state stays. */
  private update(episode: Episode, facts: Partial<Episode>): void {
    const stated = Object.entries(facts).filter(
      ([field, value]) => value !== null && episode[field as keyof Episode] !== value,
    );
    const change: Partial<Episode> = Object.fromEntries(stated);
    if (!episode.available) change.available = true;
    if (Object.keys(change).length === 0) return;
    Object.assign(episode, change);
    if (!this.fresh.includes(episode)) this.changed.set(episode, { ...this.changed.get(episode), ...change });
  }
}
