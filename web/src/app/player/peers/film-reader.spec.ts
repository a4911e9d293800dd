import { FilmReader, type ServerBytes } from './film-reader';
import type { PieceSwarm } from './piece-swarm';

const pieceLength = 100;
/** The film begins in the middle of a piece, behind another file. */
const offset = 130;
const film = Uint8Array.from({ length: 1000 }, (_, at) => (at * 7) % 251);
const torrent = new Uint8Array(offset + film.length);
torrent.set(film, offset);
const pieceOf = (piece: number) => torrent.slice(piece * pieceLength, (piece + 1) * pieceLength);

/** Other browsers that offer some pieces; whether what they offer also comes is theirs. */
class FakeSwarm implements PieceSwarm {
  readonly pieceLength = pieceLength;
  readonly length = torrent.length;
  readonly here = new Map<number, Uint8Array>();
  readonly given: number[] = [];
  readonly waited: number[] = [];
  wanted: readonly number[] = [];
  offered = new Set<number>();
  keepsUp = true;

  read(piece: number): Uint8Array | undefined {
    return this.here.get(piece);
  }

  isOffered(piece: number): boolean {
    return this.offered.has(piece);
  }

  want(from: number, to: number): void {
    this.wanted = [from, to];
  }

  until(piece: number): Promise<boolean> {
    this.waited.push(piece);
    if (this.keepsUp) this.here.set(piece, pieceOf(piece));
    return Promise.resolve(this.keepsUp);
  }

  give(piece: number, bytes: Uint8Array): void {
    expect(bytes).toEqual(pieceOf(piece));
    this.given.push(piece);
    this.here.set(piece, bytes);
  }
}

/** @param chunk bytes that the server sends at a time */
function stage({ ahead = 30, chunk = 64, failing = false } = {}) {
  const asked: string[] = [];
  const server: ServerBytes = async function* (first, last) {
    asked.push(`${first}-${last}`);
    for (let at = first; at <= last && !failing; at += chunk)
      yield await Promise.resolve(film.slice(at, Math.min(at + chunk, last + 1)));
  };
  const swarm = new FakeSwarm();
  const reader = new FilmReader(server, () => ahead);
  const read = async (start: number, end: number) => {
    const bytes: number[] = [];
    for await (const part of reader.read(start, end, new AbortController().signal)) bytes.push(...part);
    return Uint8Array.from(bytes);
  };
  return { swarm, reader, read, asked };
}

test('alone, a film comes from the server in one answer', async () => {
  const { reader, read, asked } = stage();
  expect(await read(0, 999)).toEqual(film);
  expect(asked).toEqual(['0-999']);
  expect(reader.fromServer).toBe(1000);
});

test('whole pieces that the server sent are given to others; parts of pieces are not', async () => {
  const { swarm, reader, read, asked } = stage();
  reader.share(swarm, offset);
  expect(await read(0, 999)).toEqual(film);
  // The first piece begins in another file.
  expect(swarm.given).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  expect(asked).toHaveLength(1);
  // Gone back to, it is here.
  expect(await read(70, 400)).toEqual(film.slice(70, 401));
  expect(asked).toHaveLength(1);
});

test('what others offer comes from them, also in the middle of what the server sends', async () => {
  const { swarm, reader, read, asked } = stage({ chunk: 333 });
  reader.share(swarm, offset);
  swarm.offered = new Set([4, 5, 6]);
  expect(await read(5, 995)).toEqual(film.slice(5, 996));
  expect(swarm.waited).toEqual([4, 5, 6]);
  expect(asked).toEqual(['5-995', '570-995']);
});

test('what lies ahead is asked of others as soon as there are any, also when nothing is read', async () => {
  const { swarm, reader, read } = stage();
  await read(0, 280);
  reader.share(swarm, offset);
  expect(swarm.wanted).toEqual([5, 11]);
});

test('who could not play on does not wait for others', async () => {
  const { swarm, reader, read, asked } = stage({ ahead: 4 });
  reader.share(swarm, offset);
  swarm.offered = new Set([2, 3, 4, 5]);
  expect(await read(0, 999)).toEqual(film);
  expect(swarm.waited).toEqual([]);
  expect(asked).toHaveLength(1);
});

test('others that do not keep up are waited for once; the film goes on from the server', async () => {
  const { swarm, reader, read, asked } = stage();
  reader.share(swarm, offset);
  swarm.offered = new Set([3, 4, 5, 6, 7, 8]);
  swarm.keepsUp = false;
  expect(await read(0, 999)).toEqual(film);
  expect(swarm.waited).toEqual([3]);
  expect(asked).toEqual(['0-999', '170-999']);
});

test('a server that hangs up is an error, not the end of the film', async () => {
  const { read } = stage({ failing: true });
  await expect(read(0, 999)).rejects.toThrow('hung up');
});
