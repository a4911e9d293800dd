import type { ObjectKind } from '../../library/lists/object-search.service.js';

const id = '([A-Za-z0-9-]+)';

/** Where each kind is at home in the tree (`filmHome` and its like), read backwards. */
const homes: Readonly<Record<ObjectKind, RegExp>> = {
  movie: new RegExp(`^movies\\$all\\$${id}$`),
  episode: new RegExp(`^tv\\$[^$]+\\$\\d+\\$${id}$`),
  track: new RegExp(`^music\\$al\\$[^$]+\\$${id}$`),
  photo: new RegExp(`^photos\\$f\\$[^$]+\\$${id}$`),
  album: new RegExp(`^music\\$al\\$${id}$`),
  artist: new RegExp(`^music\\$ar\\$${id}$`),
  'photo-album': new RegExp(`^photos\\$f\\$${id}$`),
  playlist: new RegExp(`^playlists\\$${id}$`),
};

/** @returns our id of what has this object id; undefined for another kind, and for second appearances */
export const idOfHome = (kind: ObjectKind, objectId: string): string | undefined =>
  homes[kind].exec(objectId)?.[1];
