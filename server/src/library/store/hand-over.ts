import { type EntityManager, In } from 'typeorm';
import { Image } from '../entities/image.entity.js';
import { Photo } from '../entities/photo.entity.js';
import { PlaylistEntry } from '../entities/playlist-entry.entity.js';
import { TrackArtist } from '../entities/track-artist.entity.js';
import { Track } from '../entities/track.entity.js';
import { insertRows } from './chunks.js';
import { type Tagged, taggedOf } from './tagged-files.js';

/**
 * A file's row takes the place of its copy's: what the copy is as a track or a photo, it is from now on. Ids are
 * files', so rows are taken out first and put back under the new id once the copy is gone.
 */
export async function handOver(
  manager: EntityManager,
  fromId: string,
  toId: string,
): Promise<{ tagged: Tagged; put: () => Promise<void> }> {
  const both = [fromId, toId];
  const tagged = await taggedOf(manager, both);
  const track = await manager.findOneBy(Track, { id: fromId });
  const artists = await manager.findBy(TrackArtist, { trackId: fromId });
  const photo = await manager.findOneBy(Photo, { id: fromId });
  const image = await manager.findOneBy(Image, { id: fromId });
  const listed = await manager.findBy(PlaylistEntry, { trackId: In(both) });
  await manager.delete(Track, { id: In(both) });
  await manager.delete(Photo, { id: In(both) });
  await manager.delete(Image, { id: In(both) });
  const put = async (): Promise<void> => {
    if (image) await manager.insert(Image, Object.assign(image, { id: toId }));
    if (photo) await manager.insert(Photo, Object.assign(photo, { id: toId }));
    if (!track) return;
    await manager.insert(Track, Object.assign(track, { id: toId }));
    for (const each of artists) each.trackId = toId;
    await insertRows(manager, TrackArtist, artists);
    const entryIds = listed.map(({ id }) => id);
    await manager.update(PlaylistEntry, { id: In(entryIds) }, { trackId: toId });
  };
  return { tagged, put };
}
