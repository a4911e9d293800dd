import { spawn } from 'node:child_process';

/**
 * Ends a process should this server be killed: a batch that writes to a file would go on for hours, into a file that
 * nobody wants. A shell waits for the end of a pipe that only we hold. (Encoders that write to a pipe of ours need none.)
 * @returns lets it off, once it has ended by itself
 */
export function leash(pid: number): () => void {
  const watcher = spawn('sh', ['-c', 'cat > /dev/null; kill -9 "$0"', String(pid)], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  watcher.on('error', () => undefined); // no shell: then there is no leash
  watcher.stdin.on('error', () => undefined);
  return () => {
    watcher.kill('SIGKILL');
    // The end of the pipe lets `cat` go; there is no shell left to do the rest.
    watcher.stdin.destroy();
  };
}
