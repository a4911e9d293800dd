/** The SQLite driver is compiled here: its prebuilt binaries are on GitHub, and set-up needs only npm and Debian. */
import { copyFileSync, existsSync, mkdirSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { lockedVersion } from './dependencies.mjs';
import { findNode24, inRoot, nodePackage, sharedCache } from './paths.mjs';
import { runCommand } from './run-command.mjs';

const built = inRoot('node_modules/sqlite3/build/Release/node_sqlite3.node');

/** Node-API addons outlive Node versions, so the driver's version and the machine's kind are the whole key. */
const cached = () =>
  join(
    sharedCache(),
    `sqlite3-${lockedVersion('sqlite3')}-${process.platform}-${process.arch}`,
    'node_sqlite3.node',
  );

export const sqliteIsBuilt = () => existsSync(built);
export const sqliteIsCached = () => existsSync(cached());

/** A half-written or foreign binary must not be taken for a driver. @returns {Promise<boolean>} */
async function loads() {
  const node = findNode24();
  const probe = `const d=require(${JSON.stringify(inRoot('node_modules/sqlite3'))});
    new d.Database(':memory:').get('select sqlite_version() v',(e)=>process.exit(e?1:0))`;
  if (!node) return false;
  return runCommand(node, ['-e', probe]).then(
    () => true,
    () => false,
  );
}

/** @param {string} from @param {string} to */
function copyAtomically(from, to) {
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, `${to}.${process.pid}`);
  renameSync(`${to}.${process.pid}`, to);
}

export async function provideSqlite() {
  if (sqliteIsCached()) {
    copyAtomically(cached(), built);
    if (await loads()) return;
  }
  const node = findNode24();
  if (!node) throw new Error('Node 24 is not installed: the SQLite driver cannot be built.');
  const gyp = inRoot('node_modules/node-gyp/bin/node-gyp.js');
  const args = [
    gyp,
    'rebuild',
    '--jobs',
    'max',
    '--nodedir',
    existsSync(nodePackage()) ? nodePackage() : dirname(dirname(node)),
  ];
  await runCommand(node, args, { cwd: inRoot('node_modules/sqlite3') });
  if (!(await loads())) throw new Error('The SQLite driver was built but does not load.');
  try {
    copyAtomically(built, cached());
  } catch {
    // A read-only home directory: the next clone compiles again, nothing else is lost.
  }
}
