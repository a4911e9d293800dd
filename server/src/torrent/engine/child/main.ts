/**
 * The engine's process: `main.js <socket> <data folder>`, forked by the server with `serialization: 'advanced'`. It ends
 * with the server (the channel closes), by `stop`, or with code 70 after an error that nobody expected: it is started
 * again then, and goes on where it was.
 */
import { rmdirSync, rmSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import { dirname } from 'node:path';
import { type ChildEvent, envelope, type Reply } from '../messages.js';
import { EngineError } from '../torrent-engine.js';
import { Engine } from './engine.js';

const internalError = 70; // EX_SOFTWARE of sysexits.h

function say(message: ChildEvent | Reply, said: () => void = () => undefined): void {
  // A channel that closes is heard of as `disconnect`.
  if (process.connected) process.send?.(message, undefined, undefined, said);
}

function crash(error: unknown): void {
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`${message.slice(0, 4000)}\n`);
  if (!process.connected) process.exit(internalError);
  const end = (): never => process.exit(internalError);
  const told: ChildEvent = { type: 'log', level: 'error', message: message.slice(0, 4000) };
  process.send?.(told, undefined, undefined, end);
  setTimeout(end, 500);
}

process.on('uncaughtException', crash);
process.on('unhandledRejection', crash);

const [, , socketPath, dataFolder] = process.argv;
if (socketPath === undefined || dataFolder === undefined || !process.connected) {
  process.stderr.write('The engine of torrents is started by the server.\n');
  process.exit(64); // EX_USAGE
}

const engine = new Engine({ socketPath, dataFolder, emit: say, crashed: crash });

process.on('disconnect', () => process.exit(0));
process.on('exit', (code) => {
  // For good only: the next process of the same server needs the folder. It goes if nothing else is in it.
  if (code !== 0) return;
  rmSync(socketPath, { force: true });
  try {
    rmdirSync(dirname(socketPath));
  } catch {
    // The server has tidied up already.
  }
});
process.on('message', (message) => {
  const { success, data, error } = envelope.safeParse(message);
  if (!success) return say({ type: 'log', level: 'error', message: error.message.slice(0, 4000) });
  const { id, command } = data;
  engine.carryOut(command).then(
    (ok) => {
      say({ id, ok }, () => command.name === 'stop' && process.exit(0));
    },
    (reason: unknown) => {
      const code = reason instanceof EngineError ? reason.code : 'unavailable';
      const text = reason instanceof Error ? reason.message : String(reason);
      say({ id, error: { code, message: text } });
    },
  );
});

// Now: one that is killed later would leave nothing for the next, which has to be there soon.
flushCompileCache();
