import { PlayEstimate } from './play-estimate.js';

const length = 6000;

/** A player with a buffer of so many seconds, that fetches four times as fast as it plays until that is full. */
class Player {
  readonly estimate = new PlayEstimate(length);
  clock = 1_000_000;
  position: number;
  private sent: number;
  private from: number;
  private transferId = 1;

  constructor(
    private readonly buffer: number,
    begin = 0,
    private readonly speed = 4,
  ) {
    this.position = this.sent = this.from = begin;
  }

  run(seconds: number, isPaused = false): void {
    for (let second = 0; second < seconds; second++) {
      this.clock += 1000;
      if (!isPaused) this.position = Math.min(length, this.position + 1);
      this.sent = Math.min(length, this.position + this.buffer, this.sent + this.speed);
      this.tell(false);
    }
  }

  seek(to: number): void {
    this.tell(true);
    this.transferId++;
    this.position = this.sent = this.from = to;
  }

  /** The next piece by another request. */
  askAgain(): void {
    this.tell(true);
    this.transferId++;
    this.from = this.sent;
  }

  /** A look at another place, by a connection that ends at once. */
  peek(at: number, seconds: number): void {
    this.transferId++;
    const { transferId } = this;
    this.estimate.note({ transferId, from: at, to: at + seconds, ended: false }, this.clock);
    this.estimate.note({ transferId, from: at, to: at + seconds, ended: true }, this.clock + 200);
    this.transferId--;
  }

  tell(ended: boolean): void {
    const { transferId, from, sent: to } = this;
    this.estimate.note({ transferId, from, to, ended }, this.clock);
  }

  get guess(): number | undefined {
    return this.estimate.position(this.clock);
  }
}

test.each([1, 10, 30, 120])('a buffer of %i s is seen through, paused or not', (buffer) => {
  const player = new Player(buffer);
  player.run(300);
  expect(player.guess).toBeCloseTo(player.position, -0.7);
  player.run(1200, true);
  expect(Math.abs((player.guess ?? 0) - player.position)).toBeLessThanOrEqual(3);
  player.run(600);
  expect(Math.abs((player.guess ?? 0) - player.position)).toBeLessThanOrEqual(3);
});

test('a film that is begun somewhere is watched from there, and from another place after a seek', () => {
  const player = new Player(20, 2400);
  player.run(60);
  expect(Math.abs((player.guess ?? 0) - player.position)).toBeLessThanOrEqual(3);
  player.seek(4000);
  player.run(4);
  // Nobody knows yet whether it stays there.
  expect(player.guess).toBeLessThan(2500);
  player.run(30);
  expect(Math.abs((player.guess ?? 0) - player.position)).toBeLessThanOrEqual(3);
});

test('looking into a file, at both of its ends, is not watching', () => {
  const player = new Player(20);
  player.peek(0, 40);
  player.peek(5990, 10);
  player.clock += 3_600_000;
  expect(player.guess).toBeUndefined();
  player.run(120);
  player.peek(5990, 10);
  expect(Math.abs((player.guess ?? 0) - player.position)).toBeLessThanOrEqual(3);
});

test('a film fetched in pieces is one film', () => {
  const player = new Player(10);
  for (let piece = 0; piece < 40; piece++) {
    player.run(3);
    player.askAgain();
  }
  player.run(3);
  expect(Math.abs((player.guess ?? 0) - player.position)).toBeLessThanOrEqual(4);
});

test('what is downloaded at once is not watched at once', () => {
  const player = new Player(length, 0, length);
  player.run(2);
  player.tell(true);
  expect(player.guess ?? 0).toBeLessThan(10);
  player.clock += 3_600_000;
  expect(player.guess ?? 0).toBeLessThan(700);
});

test('the end is reached out of the buffer, unless the device turns to something else', () => {
  const player = new Player(30);
  player.run(length - 30);
  expect(player.guess).toBeLessThan(length - 20);
  player.tell(true);
  expect(player.estimate.isLive(player.clock)).toBe(true);
  player.clock += 10_000;
  expect(Math.abs((player.guess ?? 0) - (length - 20))).toBeLessThanOrEqual(3);
  player.estimate.settle(player.clock);
  player.clock += 60_000;
  expect(Math.abs((player.guess ?? 0) - (length - 20))).toBeLessThanOrEqual(3);
  expect(player.estimate.isLive(player.clock)).toBe(false);

  const other = new Player(30);
  other.run(length - 30);
  other.tell(true);
  other.clock += 120_000;
  expect(other.guess).toBeGreaterThan(length - 4);
});

test('a household that browses for hours does not fill memory', () => {
  const estimate = new PlayEstimate(length);
  for (let transferId = 0; transferId < 10_000; transferId++)
    estimate.note({ transferId, from: (transferId * 997) % length, to: 0, ended: true }, transferId * 1000);
  expect(Object.values(estimate).find((value) => value instanceof Map)?.size).toBeLessThanOrEqual(6);
});

describe('what all fits into a buffer', () => {
  const began = 1_000_000;
  let clip: PlayEstimate;
  beforeEach(() => {
    clip = new PlayEstimate(100);
    clip.note({ transferId: 1, from: 0, to: 100, ended: true }, began);
    clip.note({ transferId: 2, from: 98, to: 100, ended: true }, began + 10);
  });

  test('is where it was left, once the device says that it was', () => {
    expect(clip.position(began + 40_000)).toBeUndefined();
    expect(clip.stopped(began + 40_000)).toBe(40);
  });

  test('is at its end, long after that', () => expect(clip.stopped(began + 500_000)).toBe(100));

  test('was only looked at, if it was left at once', () =>
    expect(clip.stopped(began + 3000)).toBeUndefined());

  test('was begun elsewhere, if it was fetched from there later', () => {
    clip.note({ transferId: 3, from: 60, to: 100, ended: true }, began + 20_000);
    expect(clip.stopped(began + 30_000)).toBe(70);
  });
});
