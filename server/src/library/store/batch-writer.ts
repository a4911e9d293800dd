import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { newId } from '../../common/id.js';
import { Database } from '../../database/database.js';
import { EventBus } from '../../events/event-bus.js';
import { EpisodeFile } from '../entities/episode-file.entity.js';
import { followEmbedded } from '../music/embedded-covers.js';
import { refreshMusic } from '../music/refresh-music.js';
import { type PlacedTrack, tracksOf } from '../music/placed-track.js';
import { writeTracks } from '../music/track-store.js';
import { photosOf, writePhotos } from '../photos/photo-store.js';
import { refreshPhotos } from '../photos/refresh-photos.js';
import { SearchIndexer } from '../search/search-indexer.service.js';
import { refreshAvailability } from './availability.js';
import { inChunks } from './chunks.js';
import { writeEpisodes } from './episode-store.js';
import type { FileRecord, PlacedRecord } from './file-record.js';
import { writeFiles, writeSubtitles } from './file-store.js';
import {
  dropEmptied,
  dropEmptyEpisode,
  type HistoryMove,
  itemId,
  moveHistories,
  type WatchedItem,
} from './history.js';
import { ImageStore, type WantedImage } from './image-store.js';
import { hideTagged, refreshTagged, taggedOf } from './tagged-files.js';
import { TitleResolver } from './title-resolver.js';
import { writeTitles } from './title-store.js';

/** More titles than this in one change are not listed: clients reload what they show. */
const listedTitles = 100;

/** Albums and artists that came, changed or went. */
export interface MusicIds {
  readonly albumIds: readonly string[];
  readonly artistIds: readonly string[];
}

const noMusic: MusicIds = { albumIds: [], artistIds: [] };

export interface BatchContext {
  libraryId: string;
  /** Ids of files whose old place is empty. */
  vanished: ReadonlySet<string>;
  /** When the scan began, in milliseconds: what changes later is seen again. */
  startedAt: number;
}

/** Writes files with all that hangs on them, one batch in one short transaction. */
@Injectable()
export class BatchWriter {
  constructor(
    private readonly database: Database,
    private readonly events: EventBus,
    private readonly search: SearchIndexer,
  ) {}

  /** @returns ids of the titles that were touched */
  write(records: readonly FileRecord[], context: BatchContext): Promise<string[]> {
    return this.database.write(async (manager) => {
      const { titleIds, fileIds, music } = await new Batch(manager, context).write(records);
      await this.changed(context.libraryId, titleIds, fileIds, music);
      return titleIds;
    });
  }

  /** Tells search and clients of titles and files that came, changed or went; inside the write that did it. */
  async changed(
    libraryId: string,
    titleIds: readonly string[],
    fileIds: readonly string[],
    music: MusicIds = noMusic,
  ): Promise<void> {
    await this.search.titlesChanged(titleIds);
    await this.search.musicChanged(music.albumIds, music.artistIds);
    await this.search.filesChanged(fileIds);
    this.announce(libraryId, titleIds);
  }

  /** Tells clients after the commit. */
  announce(libraryId: string, titleIds: readonly string[]): void {
    this.events.publish('library.changed', {
      libraryId,
      titleIds: titleIds.length > listedTitles ? [] : [...titleIds],
    });
  }
}

interface Written {
  titleIds: string[];
  fileIds: string[];
  music: MusicIds;
}

class Batch {
  private readonly images: ImageStore;

  constructor(
    private readonly manager: EntityManager,
    private readonly context: BatchContext,
  ) {
    this.images = new ImageStore(manager);
  }

  async write(records: readonly FileRecord[]): Promise<Written> {
    const { libraryId, vanished, startedAt } = this.context;
    const now = Date.now();
    const before = await this.itemsBefore(records);
    const resolver = new TitleResolver(this.manager, libraryId, vanished, now);
    const titles = await resolver.resolve(records);
    await this.images.ensure(records.flatMap(wantedImages));
    await writeTitles(this.manager, titles, this.images, now);
    const placed = records.map((record): PlacedRecord => ({
      ...record,
      id: record.known?.id ?? newId(),
      titleId:
        titles.of.get(record)?.id ??
        record.extra?.titleId ??
        (record.state === 'failed' ? (record.known?.titleId ?? null) : null),
    }));
    await writeFiles(this.manager, libraryId, placed, startedAt);
    await writeSubtitles(this.manager, placed);
    const episodes = await writeEpisodes(this.manager, placed, this.images, now);
    const left = await this.carryHistory(placed, before, episodes);
    const touched = [...new Set([...placed.flatMap((record) => record.titleId ?? []), ...left])];
    if (before.size > 0) await refreshAvailability(this.manager, touched);
    const music = await this.writeTagged(placed, now);
    return { titleIds: touched, fileIds: placed.map((record) => record.id), music };
  }

  /** Music and photos. @returns albums and artists that came, changed or were left */
  private async writeTagged(placed: readonly PlacedRecord[], now: number): Promise<MusicIds> {
    const [tracks, photos] = [tracksOf(placed), photosOf(placed)];
    const known = placed.filter((record) => record.known !== null && record.titleId === null);
    const left = await taggedOf(
      this.manager,
      known.map(({ id }) => id),
    );
    const broken = known.filter(({ state }) => state === 'failed').map(({ id }) => id);
    if (broken.length > 0) await hideTagged(this.manager, broken);
    const { libraryId } = this.context;
    const music = await writeTracks(this.manager, libraryId, tracks, now);
    await followEmbedded(
      this.manager,
      tracks.map(({ id }) => id),
    );
    const covers = this.coversOf(tracks, music.albumOf);
    const albumIds = [...new Set([...music.albumIds, ...left.albumIds])];
    const artistIds = [...music.artistIds, ...left.artistIds];
    const artists = await refreshMusic(this.manager, albumIds, artistIds, now, covers);
    const { albumIds: folders, months } = await writePhotos(this.manager, libraryId, photos, now);
    await refreshPhotos(this.manager, libraryId, folders, months);
    await refreshTagged(this.manager, { albumIds: [], artistIds: [], photos: left.photos }, now);
    return { albumIds, artistIds: artists };
  }

  /** The folder's picture of each album; of several folders, that of the first. */
  private coversOf(
    tracks: readonly PlacedTrack[],
    albumOf: ReadonlyMap<string, string>,
  ): Map<string, string> {
    const covers = new Map<string, string>();
    for (const { id, record } of tracks.toSorted(byPath)) {
      const cover = this.images.idOf(record.folderId, record.surroundings?.own.poster);
      const albumId = albumOf.get(id);
      if (cover !== null && albumId !== undefined && !covers.has(albumId)) covers.set(albumId, cover);
    }
    return covers;
  }

  /** What the known files of the batch held until now. */
  private async itemsBefore(records: readonly FileRecord[]): Promise<Map<string, WatchedItem[]>> {
    const known = new Map(records.flatMap(({ known: row }) => (row ? [[row.id, row.titleId] as const] : [])));
    if (known.size === 0) return new Map();
    const links = await inChunks(known.keys(), (ids) =>
      this.manager.findBy(EpisodeFile, { fileId: In(ids) }),
    );
    const result = new Map<string, WatchedItem[]>();
    for (const [id, titleId] of known) {
      if (titleId === null) continue;
      const episodes = links
        .filter((link) => link.fileId === id)
        .map((link) => ({ titleId, episodeId: link.episodeId }));
      result.set(id, episodes.length > 0 ? episodes : [{ titleId, episodeId: null }]);
    }
    return result;
  }

  /** History follows the file: what no file holds that held it before hands its history on. @returns titles that were left */
  private async carryHistory(
    placed: readonly PlacedRecord[],
    before: ReadonlyMap<string, WatchedItem[]>,
    episodes: ReadonlyMap<string, string[]>,
  ): Promise<string[]> {
    const left = new Map<string, string>();
    const moves: HistoryMove[] = [];
    for (const { id: fileId, titleId, extra, state } of placed) {
      const old = before.get(fileId);
      if (!old || titleId === null || extra || state !== 'matched') continue;
      const now = (episodes.get(fileId) ?? [null]).map((episodeId) => ({ titleId, episodeId }));
      for (const [index, from] of old.entries()) {
        const to = now[index] ?? now.at(-1);
        if (to && !now.some((item) => itemId(item) === itemId(from))) moves.push({ fileId, from, to });
        if (from.titleId !== titleId) left.set(from.titleId, titleId);
      }
    }
    const due: HistoryMove[] = [];
    for (const move of moves) if (!(await this.isHeld(move.from, before))) due.push(move);
    await moveHistories(this.manager, due);
    for (const { from } of moves) await dropEmptyEpisode(this.manager, from);
    for (const [from, to] of left) await dropEmptied(this.manager, from, to);
    return [...left.keys()];
  }

  /** Whether a file that is really there holds the item, and did so before: newcomers bring their own history. */
  private async isHeld(item: WatchedItem, before: ReadonlyMap<string, WatchedItem[]>): Promise<boolean> {
    const files = await (item.episodeId === null
      ? this.manager.sql<{ id: string }[]>`SELECT id FROM media_file
          WHERE title_id = ${item.titleId} AND available AND extra_kind IS NULL`
      : this.manager.sql<{ id: string }[]>`SELECT media_file.id FROM media_file
          JOIN episode_file ON episode_file.file_id = media_file.id
          WHERE episode_file.episode_id = ${item.episodeId} AND media_file.available`);
    const isNewcomer = (id: string): boolean =>
      before.get(id)?.every((each) => itemId(each) !== itemId(item)) ?? false;
    return files.some((file) => !this.context.vanished.has(file.id) && !isNewcomer(file.id));
  }
}

const byPath = (a: PlacedTrack, b: PlacedTrack): number =>
  a.record.relativePath < b.record.relativePath ? -1 : 1;

function wantedImages(record: FileRecord): WantedImage[] {
  const { surroundings, folderId, placement } = record;
  if (!surroundings || record.extra) return [];
  if (placement.kind === 'track')
    return Object.values(surroundings.own).map((file) => ({ ...file, folderId, kind: 'cover' as const }));
  if (placement.kind !== 'movie' && placement.kind !== 'episode') return [];
  const isMovie = placement.kind === 'movie';
  const pictures = Object.entries(surroundings.own).map(([kind, file]) => ({
    ...file,
    folderId,
    kind: isMovie || kind !== 'poster' ? (kind as WantedImage['kind']) : ('still' as const),
  }));
  if (isMovie) return pictures;
  const own = pictures.filter(({ kind }) => kind === 'still');
  const series = Object.entries(surroundings.series).map(([kind, file]) => ({
    ...file,
    folderId,
    kind: kind as WantedImage['kind'],
  }));
  const season = surroundings.seasonPosters.get(placement.season);
  return [...own, ...series, ...(season ? [{ ...season, folderId, kind: 'poster' as const }] : [])];
}
