/** What was set up from which input: `.setup/stamps.json`, and the lock that keeps two set-ups apart. */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { inRoot } from './paths.mjs';

const file = inRoot('.setup', 'stamps.json');
const lock = inRoot('.setup', 'lock');

/** @returns {Record<string, string>} */
export function readStamps() {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return {}; // Absent on a clean clone; unreadable means "do it all again", which is always right.
  }
}

/** @param {string} name @param {string} fingerprint */
export function writeStamp(name, fingerprint) {
  mkdirSync(inRoot('.setup'), { recursive: true });
  const partial = `${file}.${process.pid}`;
  writeFileSync(partial, `${JSON.stringify({ ...readStamps(), [name]: fingerprint }, null, 2)}\n`);
  renameSync(partial, file);
}

const holderIsAlive = () => {
  try {
    process.kill(Number(readFileSync(lock, 'utf8')), 0);
    return true;
  } catch {
    return false;
  }
};

/**
 * Two starts at once (a terminal and an editor's test run) must not build into the same folder.
 * @template T
 * @param {() => void} onWait called once when another set-up is under way
 * @param {() => Promise<T>} work
 */
export async function withSetupLock(onWait, work) {
  mkdirSync(inRoot('.setup'), { recursive: true });
  for (let waits = 0; ; waits++) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      break;
    } catch {
      if (!holderIsAlive()) rmSync(lock, { force: true });
      else if (waits === 0) onWait();
      await delay(200);
    }
  }
  const release = () => rmSync(lock, { force: true });
  process.once('exit', release);
  try {
    return await work();
  } finally {
    process.off('exit', release);
    release();
  }
}
