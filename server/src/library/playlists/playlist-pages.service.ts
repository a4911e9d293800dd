import type { PlaylistCard, PlaylistDetail } from '@hearth/contract/playlist';
import { Injectable } from '@nestjs/common';
import { notFound } from '../../common/problem-error.js';
import { isoTime } from '../catalogue/raw-row.js';
import { SignedImages } from '../images/signed-images.service.js';
import { MusicCards } from '../music/music-cards.service.js';
import { TracksService } from '../music/tracks.service.js';
import { type PlaylistFacts, PlaylistsService } from './playlists.service.js';

/** Playlists as clients see them. */
@Injectable()
export class PlaylistPages {
  constructor(
    private readonly playlists: PlaylistsService,
    private readonly tracks: TracksService,
    private readonly cards: MusicCards,
    private readonly images: SignedImages,
  ) {}

  async list(accountId: string): Promise<PlaylistCard[]> {
    return this.cardsOf(await this.playlists.list(accountId), accountId);
  }

  async found(text: string, limit: number, accountId: string): Promise<PlaylistCard[]> {
    return this.cardsOf(await this.playlists.find(text, limit, accountId), accountId);
  }

  /** @throws ProblemError NOT_FOUND */
  async card(id: string, accountId: string): Promise<PlaylistCard> {
    const [card] = await this.cardsOf(await this.playlists.byIds([id], accountId), accountId);
    if (!card) throw notFound('playlist');
    return card;
  }

  /** @throws ProblemError NOT_FOUND */
  async detail(id: string, accountId: string): Promise<PlaylistDetail> {
    const card = await this.card(id, accountId);
    const entries = await this.playlists.entries(id, accountId);
    const facts = await this.tracks.byIds([...new Set(entries.flatMap(({ trackId }) => trackId ?? []))]);
    const tracks = new Map((await this.cards.found(facts, accountId)).map((track) => [track.id, track]));
    return {
      ...card,
      entries: entries.map(({ trackId, ...entry }) => ({
        ...entry,
        track: tracks.get(trackId ?? '') ?? null,
      })),
    };
  }

  private async cardsOf(playlists: readonly PlaylistFacts[], accountId: string): Promise<PlaylistCard[]> {
    const covers = await this.images.lookup(playlists.map(({ coverId }) => coverId), accountId); // prettier-ignore
    return playlists.map(({ coverId, updatedAt, ...facts }) => ({
      ...facts,
      cover: covers(coverId),
      updatedAt: isoTime(updatedAt),
    }));
  }
}
