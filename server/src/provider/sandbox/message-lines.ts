import type { Readable } from 'node:stream';

const lineFeed = 10;

/**
 * Gives a stream's lines as they are complete, never holding more than `mostBytes` of one.
 * @param tooLong once, for a line beyond that; nothing is read after it
 */
export function readLines(
  stream: Readable,
  mostBytes: number,
  listener: { line: (text: string) => void; tooLong: () => void },
): void {
  let parts: Buffer[] = [];
  let held = 0;
  const read = (chunk: Buffer): void => {
    let from = 0;
    for (let end = chunk.indexOf(lineFeed); end !== -1; end = chunk.indexOf(lineFeed, from)) {
      const line = Buffer.concat([...parts, chunk.subarray(from, end)]);
      if (line.length > mostBytes) return stop();
      [parts, held, from] = [[], 0, end + 1];
      if (line.length > 0) listener.line(line.toString('utf8'));
    }
    parts.push(chunk.subarray(from));
    held += chunk.length - from;
    if (held > mostBytes) stop();
  };
  const stop = (): void => {
    [parts, held] = [[], 0];
    stream.off('data', read).resume();
    listener.tooLong();
  };
  stream.on('data', read);
}
