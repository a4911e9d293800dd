import type { Guest } from '@hearth/dlna/guest';
import type { ListRequest, Listing, MediaContainer, MediaObject } from '@hearth/dlna/media-source.port';
import type { SearchScope } from '../search/search-scope.js';

/** What lies below a branch, as the parts of an object's id behind the branch's key: `[]` is the branch itself. */
export type Path = readonly string[];

/**
 * One part of what televisions are shown. A new one is a file with one of these and a line in `tree.providers.ts`.
 * Ids say where a thing hangs: the parts between the dollars lead there, and all but the last are its parent's id.
 */
export interface Branch {
  /** First part of every id below, `[a-z]{1,12}`. */
  readonly key: string;
  /** Shown at the root, unless it is `undefined` at `[]`: there is nothing in it for this guest. */
  object(path: Path, guest: Guest): Promise<MediaObject | undefined>;
  /** @returns undefined where there is no such container, or not for this guest */
  children(path: Path, request: ListRequest, guest: Guest): Promise<Listing | undefined>;
  /**
   * What is below a container, for the database to search. Left out where lists are short: those are looked through.
   * @returns undefined where there is no such container
   */
  scope?(path: Path, guest: Guest): Promise<SearchScope | undefined>;
}

const separator = '$';
/** As long as an id may be (media-source.port.ts). */
const longest = 64;
const part = /^[A-Za-z0-9_-]+$/;

/** @throws Error for what cannot be an id: a bug, not the guest's mistake */
export function objectId(key: string, path: Path = []): string {
  const id = [key, ...path].join(separator);
  if (id.length > longest || ![key, ...path].every((text) => part.test(text)))
    throw new Error(`Not an object id: ${id}`);
  return id;
}

/** Whatever a guest asks for, as parts. */
export const partsOf = (id: string): string[] => id.split(separator);

export const rootId = '0';

export function parentId(key: string, path: Path): string {
  return path.length === 0 ? rootId : objectId(key, path.slice(0, -1));
}

/** A folder, with what all folders have in common. */
export function folder(
  key: string,
  path: Path,
  title: string,
  more: Partial<MediaContainer> = {},
): MediaContainer {
  return {
    type: 'container',
    id: objectId(key, path),
    parentId: parentId(key, path),
    title,
    class: 'object.container.storageFolder',
    searchable: true,
    ...more,
  };
}

/** A few objects that are all there, as a page of them. */
export function pageOf(objects: readonly MediaObject[], { start, count }: ListRequest): Listing {
  const end = count === 0 ? undefined : start + count;
  return { objects: objects.slice(start, end), total: objects.length };
}

/** As many as one answer holds when everything is asked for: some megabytes of XML. */
export const mostObjects = 5000;

/** How many of a list are wanted. */
export const wanted = ({ count }: ListRequest): number =>
  count === 0 ? mostObjects : Math.min(count, mostObjects);
