import { type EntityManager, In } from 'typeorm';
import { minimumAge } from '../audience/age-rating.js';
import { TitleExternalId } from '../entities/title-external-id.entity.js';
import { TitleGenre } from '../entities/title-genre.entity.js';
import { Title } from '../entities/title.entity.js';
import { keepBetterWords, weighAgain } from '../matching/outranked-words.js';
import type { Nfo } from '../sidecar/nfo.js';
import { insertRows } from './chunks.js';
import { writeCredits } from './credit-store.js';
import type { FileRecord } from './file-record.js';
import type { ImageStore } from './image-store.js';
import { isHdr, nfoFields, pictureHeight } from './title-fields.js';
import type { ResolvedTitles } from './title-resolver.js';

/** Writes the titles of a batch: new ones in one go, changed ones each. */
export async function writeTitles(
  manager: EntityManager,
  titles: ResolvedTitles,
  images: ImageStore,
  now: number,
): Promise<void> {
  const before = new Map<Title, Title>();
  const described = new Map<Title, Nfo>();
  for (const [record, title] of titles.of) {
    if (!before.has(title)) before.set(title, Object.assign(new Title(), title));
    const nfo = applyRecord(record, title, images);
    if (nfo) described.set(title, nfo);
  }
  await insertRows(manager, Title, [...titles.created]);
  await keepBetterWords(manager, before);
  const changed: Title[] = [];
  for (const [title, old] of before) {
    if (titles.created.has(title)) continue;
    const difference = differenceOf(old, title, titles.renamed.has(title));
    if (!difference) continue;
    title.updatedAt = now;
    changed.push(title);
    await manager.update(Title, title.id, { ...difference, updatedAt: now });
  }
  const restated = changed.filter(
    (title) => described.has(title) || before.get(title)?.posterId !== title.posterId,
  );
  await weighAgain(
    manager,
    restated.map(({ id }) => id),
  );
  await writeGenres(manager, [...titles.created], changed);
  await writeExternalIds(manager, [...titles.created, ...changed]);
  await writeCredits(manager, described, titles.created);
}

/** Puts what a file and its sidecars say onto its title. @returns the NFO that describes the title */
function applyRecord(record: FileRecord, title: Title, images: ImageStore): Nfo | null {
  const { surroundings, folderId } = record;
  const isMovie = title.type === 'movie';
  const height = pictureHeight(record.media);
  if (height !== null) title.maxHeight = Math.max(title.maxHeight ?? 0, height);
  title.hdr ||= isHdr(record.media);
  title.available = true;
  if (isMovie && record.media?.durationSeconds) title.runtimeSeconds = record.media.durationSeconds;
  const art = isMovie ? surroundings?.own : surroundings?.series;
  title.posterId = images.idOf(folderId, art?.poster) ?? title.posterId;
  title.backdropId = images.idOf(folderId, art?.backdrop) ?? title.backdropId;
  title.logoId = images.idOf(folderId, art?.logo) ?? title.logoId;
  const nfo = isMovie ? record.nfo.movie : record.nfo.series;
  if (nfo) Object.assign(title, nfoFields(nfo, title));
  title.minAge = minimumAge(title.contentRating);
  return nfo;
}

function differenceOf(old: Title, title: Title, isRenamed: boolean): Partial<Title> | null {
  if (isRenamed) return Object.fromEntries(Object.entries(title));
  const fields = Object.entries(title).filter(
    ([field, value]) => JSON.stringify(value) !== JSON.stringify(old[field as keyof Title]),
  );
  return fields.length > 0 ? Object.fromEntries(fields) : null;
}

/** Puts the genres of titles where they are filtered by. @param changed those that may have had others */
export async function writeGenres(
  manager: EntityManager,
  created: readonly Title[],
  changed: readonly Title[],
): Promise<void> {
  if (changed.length > 0) await manager.delete(TitleGenre, { titleId: In(changed.map((title) => title.id)) });
  const rows = [...created, ...changed].flatMap((title) =>
    title.genres.map((genre) => ({ titleId: title.id, genre, type: title.type })),
  );
  await insertRows(manager, TitleGenre, rows);
}

/** Puts the ids of titles where they are looked up by. */
export async function writeExternalIds(manager: EntityManager, titles: readonly Title[]): Promise<void> {
  if (titles.length === 0) return;
  await manager.delete(TitleExternalId, { titleId: In(titles.map((title) => title.id)) });
  const rows = titles.flatMap(({ id: titleId, externalIds }) =>
    Object.entries(externalIds).map(([authority, externalId]) => ({ titleId, authority, externalId })),
  );
  await insertRows(manager, TitleExternalId, rows);
}
