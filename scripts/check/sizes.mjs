/** The size rules of architecture.md (13): no source file over 400 lines, a second look at 300, and the median. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inRoot } from '../setup/paths.mjs';

const LOOK_TWICE = 300;
const SPLIT = 400;

/** @param {string} folder @returns {{path: string, lines: number}[]} */
function sourceFiles(folder) {
  return readdirSync(inRoot(folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|mjs|html|css|scss)$/.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .filter((path) => !/\/(fixtures|node_modules|dist)\//.test(path))
    .map((path) => ({
      path: path.slice(inRoot().length + 1),
      lines: readFileSync(path, 'utf8').split('\n').length - 1,
    }));
}

/**
 * @param {string[]} folders
 * @returns {Promise<string>} the report; rejects with it when a file is too long
 */
export async function reportSizes(folders) {
  const files = folders.flatMap(sourceFiles).sort((a, b) => b.lines - a.lines);
  const median = files[Math.floor(files.length / 2)]?.lines ?? 0;
  const long = files.filter(({ lines }) => lines > LOOK_TWICE);
  const tooLong = long.filter(({ lines }) => lines > SPLIT);
  const list = long
    .map(({ path, lines }) => `  ${lines} ${path}${lines > SPLIT ? '  ← split' : ''}`)
    .join('\n');
  const report = `${list}\n${files.length} files, median ${median} lines, ${long.length} warnings`;
  if (tooLong.length > 0) throw new Error(report);
  return report;
}
