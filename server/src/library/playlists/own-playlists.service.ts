import { mostPlaylistEntries } from '@hearth/contract/playlist';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { newId } from '../../common/id.js';
import { notFound, ProblemError } from '../../common/problem-error.js';
import { Database } from '../../database/database.js';
import { EventBus } from '../../events/event-bus.js';
import { AudienceService } from '../audience/audience.service.js';
import { PlaylistEntry } from '../entities/playlist-entry.entity.js';
import { Playlist } from '../entities/playlist.entity.js';
import { readTracks } from '../music/track-rows.js';
import { sortNameOf } from '../scan/sort-name.js';
import { insertRows } from '../store/chunks.js';

/** So many playlists one person makes, and no program makes more for them. */
const mostPlaylists = 1000;

/** Playlists that people make. Files in libraries are never written to: whoever asks for that is refused. */
@Injectable()
export class OwnPlaylists {
  constructor(
    private readonly database: Database,
    private readonly events: EventBus,
    private readonly audiences: AudienceService,
  ) {}

  /** @returns its id @throws ProblemError NOT_FOUND for tracks the account does not see, QUOTA_EXCEEDED */
  async create(name: string, trackIds: readonly string[], accountId: string): Promise<string> {
    const id = newId();
    const now = Date.now();
    const place = { accountId, libraryId: null, folderId: null, relativePath: null, size: 0, modifiedMs: 0 };
    await this.database.writeAlone(`playlists of ${accountId}`, async (manager) => {
      if ((await manager.countBy(Playlist, { accountId })) >= mostPlaylists) throw tooMany();
      const times = { addedAt: now, updatedAt: now };
      await insertRows(manager, Playlist, [{ id, name, sortName: sortNameOf(name), ...place, ...times }]);
      await this.put(manager, id, trackIds, accountId);
      this.tell(id, accountId);
    });
    return id;
  }

  /** @throws ProblemError NOT_FOUND, FORBIDDEN for a file's */
  rename(id: string, name: string, accountId: string): Promise<void> {
    return this.change(id, accountId, async (manager) => {
      await manager.update(Playlist, id, { name, sortName: sortNameOf(name) });
    });
  }

  /** @throws ProblemError NOT_FOUND, FORBIDDEN for a file's */
  remove(id: string, accountId: string): Promise<void> {
    return this.change(id, accountId, async (manager) => {
      await manager.delete(Playlist, { id });
    });
  }

  /** @throws ProblemError NOT_FOUND also for tracks the account does not see, FORBIDDEN for a file's, QUOTA_EXCEEDED */
  append(id: string, trackIds: readonly string[], accountId: string): Promise<void> {
    return this.change(id, accountId, (manager) => this.put(manager, id, trackIds, accountId));
  }

  /** Ids of entries that are gone are passed over: somebody took them out on another device. */
  arrange(id: string, entryIds: readonly string[], accountId: string): Promise<void> {
    return this.change(id, accountId, async (manager) => {
      const rows = await manager.findBy(PlaylistEntry, { playlistId: id });
      const byId = new Map(rows.map((row) => [row.id, row]));
      const kept = [...new Set(entryIds)].flatMap((entryId) => byId.get(entryId) ?? []);
      await manager.delete(PlaylistEntry, { playlistId: id });
      for (const [position, row] of kept.entries()) row.position = position;
      await insertRows(manager, PlaylistEntry, kept);
    });
  }

  private change(
    id: string,
    accountId: string,
    work: (manager: EntityManager) => Promise<void>,
  ): Promise<void> {
    return this.database.writeAlone(`playlist ${id}`, async (manager) => {
      const playlist = await manager.findOneBy(Playlist, { id });
      const isFile = playlist?.libraryId != null;
      if (isFile && (await this.audiences.seesLibrary(playlist.libraryId ?? '', accountId)))
        throw new ProblemError('FORBIDDEN', {
          detail: 'This playlist is a file; it is changed where it lies.',
        });
      if (playlist?.accountId !== accountId) throw notFound('playlist');
      await work(manager);
      await manager.update(Playlist, id, { updatedAt: Date.now() });
      this.tell(id, accountId);
    });
  }

  private async put(
    manager: EntityManager,
    playlistId: string,
    trackIds: readonly string[],
    accountId: string,
  ): Promise<void> {
    const audience = await this.audiences.of(accountId);
    const tracks = new Map(
      (await readTracks(manager, [...new Set(trackIds)])).map((track) => [track.id, track]),
    );
    const [last] = await manager.sql<{ count: number | string; position: number | null }[]>`SELECT
      COUNT(*) AS count, MAX(position) AS position FROM playlist_entry WHERE playlist_id = ${playlistId}`;
    if (Number(last?.count ?? 0) + trackIds.length > mostPlaylistEntries) throw tooMany();
    const entries = trackIds.map((trackId, index): PlaylistEntry => {
      const track = tracks.get(trackId);
      if (!track || audience?.hiddenLibraryIds.includes(track.libraryId)) throw notFound('track');
      const name = [track.artistText, track.name].filter(Boolean).join(' – ');
      const position = (last?.position ?? -1) + 1 + index;
      const { durationSeconds } = track;
      return { id: newId(), playlistId, position, trackId, reference: null, name, durationSeconds };
    });
    await insertRows(manager, PlaylistEntry, entries);
  }

  private tell(playlistId: string, accountId: string): void {
    this.events.publish('playlists.changed', { playlistId }, accountId);
  }
}

const tooMany = (): ProblemError =>
  new ProblemError('QUOTA_EXCEEDED', { detail: 'There is no room for more in it.' });
