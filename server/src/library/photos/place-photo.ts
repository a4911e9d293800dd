import { createHash } from 'node:crypto';
import { nameOf, parentOf } from '../scan/directory-tree.js';
import { sortNameOf } from '../scan/sort-name.js';
import { baseOf } from '../sidecar/file-kind.js';
import type { PhotoTags } from '../tags/tag-reader.port.js';

/** Where a photo belongs, and what it is. */
export interface PhotoPlacement {
  readonly kind: 'photo';
  readonly name: string;
  /** Local time, `YYYY-MM-DDTHH:MM:SS`. */
  readonly takenAt: string;
  readonly camera: string | null;
  readonly width: number;
  readonly height: number;
  readonly album: { readonly identity: string; readonly name: string; readonly sortName: string };
}

export interface PhotoContext {
  /** Below the library folder. */
  readonly path: string;
  readonly folderId: string;
  /** What photos that lie in no folder are an album of. */
  readonly folderName: string;
  readonly modifiedMs: number;
}

/** Decides when a photo was taken and which album it is in: that of its folder. Pure. */
export function placePhoto(tags: PhotoTags, context: PhotoContext): PhotoPlacement {
  const folder = parentOf(context.path);
  const name = folder === '' ? context.folderName : nameOf(folder);
  return {
    kind: 'photo',
    name: baseOf(nameOf(context.path)).slice(0, 300),
    takenAt: tags.takenAt ?? timeInName(nameOf(context.path)) ?? fileTime(context.modifiedMs),
    camera: tags.camera,
    width: tags.width,
    height: tags.height,
    album: {
      identity: identityOf(context.folderId, folder),
      name: name.slice(0, 300),
      sortName: sortNameOf(name).slice(0, 300),
    },
  };
}

/** Characters; PostgreSQL's indices take no key of more than 2700 bytes. */
const longestIdentity = 500;

function identityOf(folderId: string, path: string): string {
  const identity = `${folderId}/${path}`;
  if (identity.length <= longestIdentity) return identity;
  return `${identity.slice(0, 400)}#${createHash('sha256').update(identity).digest('hex')}`;
}

const fileTime = (modifiedMs: number): string =>
  new Date(Math.min(Math.max(modifiedMs, 0), 253_402_300_799_000)).toISOString().slice(0, 19);

/** Phones and messengers name files by the time: `IMG_20240701_183005`, `PXL_20240701_183005123`, `2024-07-01 18.30.05`. */
export function timeInName(name: string): string | null {
  const match =
    /(?<!\d)((?:19|20)\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?:[-_. T](?:at )?([01]\d|2[0-3])[-_.:]?([0-5]\d)[-_.:]?([0-5]\d))?(?!\d{4})/.exec(
      name,
    );
  if (!match) return null;
  const [, year, month, day, hour = '12', minute = '00', second = '00'] = match;
  const text = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  const time = new Date(`${text}Z`);
  return Number.isNaN(time.getTime()) || time.toISOString().slice(0, 10) !== text.slice(0, 10) ? null : text;
}
