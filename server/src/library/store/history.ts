import type { EntityManager } from 'typeorm';

// Play states, sessions and favourites belong to other features, which this one may not import; their tables are
// named here because identity is decided here: whoever re-links a file must carry its history along, in one transaction.

/** What people watch: a film (`episodeId` null) or an episode. */
export interface WatchedItem {
  titleId: string;
  episodeId: string | null;
}

/** A file that held one item and now holds another. */
export interface HistoryMove {
  fileId: string;
  from: WatchedItem;
  to: WatchedItem;
}

export const itemId = (item: WatchedItem): string => item.episodeId ?? item.titleId;

/**
 * Carries progress and history along with files. All moves at once, by way of ids that nothing else has: files may have
 * swapped their names. Where an account has progress on both ends, the newer stays.
 */
export async function moveHistories(manager: EntityManager, moves: readonly HistoryMove[]): Promise<void> {
  const apart = (index: number): string => `moving-${index}`;
  for (const [index, { from }] of moves.entries()) {
    await manager.sql`UPDATE play_state SET item_id = ${apart(index)} WHERE item_id = ${itemId(from)}`;
  }
  for (const [index, { fileId, from, to }] of moves.entries()) {
    await land(manager, apart(index), to);
    if (from.episodeId === null) {
      await manager.sql`UPDATE playback_session SET title_id = ${to.titleId}, episode_id = ${to.episodeId}
        WHERE file_id = ${fileId} AND episode_id IS NULL`;
    } else {
      await manager.sql`UPDATE playback_session SET title_id = ${to.titleId}, episode_id = ${to.episodeId}
        WHERE file_id = ${fileId} AND episode_id = ${from.episodeId}`;
    }
  }
}

async function land(manager: EntityManager, old: string, to: WatchedItem): Promise<void> {
  const target = itemId(to);
  await manager.sql`DELETE FROM play_state WHERE item_id = ${old} AND EXISTS (SELECT 1 FROM play_state other
    WHERE other.account_id = play_state.account_id AND other.item_id = ${target} AND other.updated_at >= play_state.updated_at)`;
  await manager.sql`DELETE FROM play_state WHERE item_id = ${target} AND EXISTS (SELECT 1 FROM play_state other
    WHERE other.account_id = play_state.account_id AND other.item_id = ${old})`;
  await manager.sql`UPDATE play_state SET item_id = ${target}, title_id = ${to.titleId}, episode_id = ${to.episodeId}
    WHERE item_id = ${old}`;
}

/** Drops an episode that no file holds any more and nobody has progress on; and its season, if that was the last. */
export async function dropEmptyEpisode(
  manager: EntityManager,
  { titleId, episodeId: id }: WatchedItem,
): Promise<void> {
  if (id === null) return;
  await manager.sql`DELETE FROM episode WHERE id = ${id}
    AND NOT EXISTS (SELECT 1 FROM episode_file WHERE episode_id = ${id})
    AND NOT EXISTS (SELECT 1 FROM play_state WHERE item_id = ${id})`;
  await manager.sql`DELETE FROM season WHERE title_id = ${titleId}
    AND NOT EXISTS (SELECT 1 FROM episode WHERE episode.season_id = season.id)`;
}

/** Drops a title that has no file left, not even a missing one, after its favourites went over to its successor. */
export async function dropEmptied(manager: EntityManager, from: string, to: string): Promise<boolean> {
  const left = await manager.sql<unknown[]>`SELECT 1 FROM media_file WHERE title_id = ${from} LIMIT 1`;
  if (left.length > 0 || from === to) return false;
  await manager.sql`DELETE FROM favorite WHERE title_id = ${from} AND EXISTS (SELECT 1 FROM favorite other
    WHERE other.account_id = favorite.account_id AND other.title_id = ${to})`;
  await manager.sql`UPDATE favorite SET title_id = ${to} WHERE title_id = ${from}`;
  await manager.sql`UPDATE playback_session SET title_id = ${to}, episode_id = NULL WHERE title_id = ${from}`;
  await manager.sql`DELETE FROM title WHERE id = ${from}`;
  return true;
}
