/** From the system's Node to Node 24, for scripts whose work needs it. */
import { spawn } from 'node:child_process';

/**
 * Runs the current script again on another Node: same arguments, same streams, same exit code; signals are passed on.
 * @param {string} node the program
 * @returns {Promise<never>}
 */
export async function handOver(node) {
  const child = spawn(node, process.argv.slice(1), { stdio: 'inherit' });
  // At a terminal Ctrl-C reaches the whole process group; sent a second time it would mean "at once".
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'));
  for (const signal of /** @type {NodeJS.Signals[]} */ (['SIGTERM', 'SIGHUP']))
    process.on(signal, () => child.kill(signal));
  const [code, signal] = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (...outcome) => resolve(outcome));
  });
  process.exit(signal ? 143 : (code ?? 1));
}
