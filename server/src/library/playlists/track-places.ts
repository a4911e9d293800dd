import { posix } from 'node:path';
import { holds } from '../library-folders.js';

/** A folder of a library. */
export interface Root {
  readonly id: string;
  /** Absolute. */
  readonly path: string;
}

/** Where a track may lie: a folder and a path below it. */
export interface Place {
  readonly folderId: string;
  readonly path: string;
}

/** Names of folders in a path that are tried below the library when its beginning is another machine's. */
const deepest = 12;

/**
 * Where what a playlist says may be, the likeliest first; nothing outside the libraries' folders. Only looked up among
 * known tracks: no path from a playlist ever reaches the disk.
 * @param from the playlist's own folder and path @param roots all folders of libraries
 */
export function placesOf(
  reference: string,
  from: { root: Root; path: string },
  roots: readonly Root[],
): Place[] {
  const found = new Map<string, Place>();
  const add = (root: Root, path: string): void => {
    for (const form of new Set([path, path.normalize('NFC'), path.normalize('NFD')]))
      found.set(`${root.id}/${form}`, { folderId: root.id, path: form });
  };
  for (const { path, isForeign } of readings(reference)) {
    const absolute = posix.isAbsolute(path);
    const here = posix.join(absolute ? path : posix.join(from.root.path, posix.dirname(from.path), path));
    if (!isForeign)
      for (const root of roots)
        if (here !== root.path && holds(root.path, here)) add(root, posix.relative(root.path, here));
    if (absolute) for (const tail of tails(path)) add(from.root, tail);
  }
  return [...found.values()];
}

interface Reading {
  readonly path: string;
  /** It begins with a drive or another machine's name. */
  readonly isForeign: boolean;
}

/** What a line may mean: as it stands, as Windows writes paths, percent-encoded. */
function readings(reference: string): Reading[] {
  const plain = reference.replace(/^file:(?:\/\/(?:localhost)?(?=\/))?/i, '');
  const forms = [plain, decoded(plain)].flatMap((text) => [text, text.replaceAll('\\', '/')]);
  return [...new Set(forms)].map((text) => {
    const [, drive, path] = /^(?:\/?([a-z]):(?=\/))?(.*)$/is.exec(text) ?? [];
    const share = /^\/\/[^/]+(\/.*)$/s.exec(text)?.[1];
    return { path: share ?? path ?? text, isForeign: (share ?? drive) !== undefined };
  });
}

function decoded(text: string): string {
  try {
    const decoded = decodeURIComponent(text);
    // PostgreSQL refuses even to look for a NUL.
    return /\p{Cc}/u.test(decoded) ? text : decoded;
  } catch {
    return text;
  }
}

/** `/a/b/c` → `a/b/c`, `b/c`, `c`. */
function tails(path: string): string[] {
  const parts = posix.normalize(path).split('/').filter(Boolean);
  return parts.map((_, at) => parts.slice(at).join('/')).slice(-deepest);
}
