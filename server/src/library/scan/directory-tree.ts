import type { FileKind } from '../sidecar/file-kind.js';

/** One file as the walk saw it. */
export interface FileEntry {
  name: string;
  kind: FileKind;
  /** bytes */
  size: number;
  /** Milliseconds, whole: what the database keeps. */
  modifiedMs: number;
  /** When its inode last changed: catches files copied in with an old modification time. */
  changedMs: number;
}

/** A directory with what a library has a use for. */
export interface Directory {
  /** Below the library folder, without slashes at its ends; empty for the folder itself. */
  path: string;
  media: FileEntry[];
  sidecars: FileEntry[];
}

/** What a walk found below one library folder. */
export interface DirectoryTree {
  directories: Map<string, Directory>;
  /** Directories that could not be read: what is known below them is not gone, but not there either. */
  unreadable: string[];
}

export const joinPath = (directory: string, name: string): string =>
  directory === '' ? name : `${directory}/${name}`;

export const parentOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

export const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** Whether `path` is `directory` or lies below it; everything lies below the empty path. */
export const isWithin = (path: string, directory: string): boolean =>
  directory === '' || path === directory || path.startsWith(`${directory}/`);
