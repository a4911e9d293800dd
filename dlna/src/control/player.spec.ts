import { FakeRenderer, type Habits } from '../testing/fake-renderer.js';
import { HandClock } from '../testing/hand-clock.js';
import { Player } from './player.js';
import type { PlayerMedia } from './player-state.js';

interface Item {
  readonly name: string;
  readonly seconds: number;
  readonly kind?: 'film' | 'music' | 'photo' | 'conversion';
  readonly broken?: boolean;
}

const film: Item = { name: 'film', seconds: 600 };
const sequel: Item = { name: 'sequel', seconds: 500 };
const song: Item = { name: 'song', seconds: 100, kind: 'music' };
const second: Item = { name: 'second', seconds: 90, kind: 'music' };
const third: Item = { name: 'third', seconds: 80, kind: 'music' };

/** A player, its renderer, and what the host hears. */
async function house(habits: Habits = {}) {
  const clock = new HandClock();
  const lengths = new Map<string, number>();
  const left: string[] = [];
  const media = (item: Item, from: number): Promise<PlayerMedia> => {
    if (item.broken) return Promise.reject(new Error('The file is gone'));
    const restarts = item.kind === 'conversion';
    const resourceId = `res-${item.name}${restarts && from > 0 ? `-${from}` : ''}`;
    const uri = `http://10.0.0.1:8097/media/${resourceId}.mp4`;
    lengths.set(uri, item.seconds - (restarts ? from : 0));
    return Promise.resolve({
      ...{ uri, resourceId, metadata: `<DIDL-Lite>${item.name}</DIDL-Lite>`, contentFeatures: '*' },
      ...{ durationSeconds: item.seconds, offsetSeconds: restarts ? from : 0, seekable: !restarts },
      ...{ still: item.kind === 'photo', gapless: item.kind === 'music' },
    });
  };
  const fetched = (uri: string): void => player.fetched(/res-[^.]+/.exec(uri)?.[0] ?? '');
  const make = (): FakeRenderer => new FakeRenderer(clock, habits, fetched, (uri) => lengths.get(uri) ?? 300);
  const device = make();
  const player: Player<Item> = new Player<Item>(
    device,
    {
      media,
      left: (item, seconds) => void left.push(`${item.name} ${Math.round(seconds)}`),
      changed: () => undefined,
    },
    clock,
  );
  await player.connect();
  /** Runs a command to its end, time passing as it needs. */
  const done = async (command: Promise<void>): Promise<void> => {
    let settled = false;
    const watched = command.finally(() => (settled = true));
    watched.catch(() => undefined);
    await clock.until(() => settled);
    await watched;
  };
  return { clock, device, player, left, done, make };
}

describe('the start', () => {
  test('what plays is stopped, and what is next cleared, before something is sent', async () => {
    const { device, player, done } = await house({ locks: true });
    await done(player.play([film]));
    device.calls.length = 0;
    await done(player.play([sequel]));
    expect(device.orders()).toEqual(['stop', 'next nothing', expect.stringContaining('load '), 'play']);
    expect(player.state).toMatchObject({ phase: 'playing', item: sequel, durationSeconds: 500 });
  });

  test.each([402, 501, 714, 716])(
    'a device that answers metadata with %s gets none',
    async (refusesMetadata) => {
      const { device, player, done } = await house({ refusesMetadata });
      await done(player.play([film]));
      expect(device.orders().filter((call) => call.startsWith('load'))).toEqual([
        'load http://10.0.0.1:8097/media/res-film.mp4 with metadata',
        'load http://10.0.0.1:8097/media/res-film.mp4',
      ]);
      expect(player.state.phase).toBe('playing');
    },
  );

  test('a fault that has nothing to do with metadata is not tried around', async () => {
    const { device, player, done } = await house({ refusesMetadata: 718 });
    await expect(done(player.play([film]))).rejects.toMatchObject({ code: 718 });
    expect(device.orders().filter((call) => call.startsWith('load'))).toHaveLength(1);
    expect(player.state).toMatchObject({ phase: 'stopped', item: film, problem: 'it refused (718).' });
  });

  test('a device that begins by itself is not told to play', async () => {
    const { device, player, done } = await house({ autoplays: true });
    await done(player.play([film]));
    expect(device.orders()).not.toContain('play');
    expect(player.state.phase).toBe('playing');
  });

  test('701 at Play is no refusal', async () => {
    const { player, done } = await house({ playsAnyway: true });
    await done(player.play([film]));
    expect(player.state).toMatchObject({ phase: 'playing', problem: null });
  });

  test('what is not fetched within five seconds is sent once more', async () => {
    const { device, player, done } = await house({ deafPlays: 1 });
    await done(player.play([film]));
    expect(device.orders().filter((call) => call === 'play')).toHaveLength(2);
    expect(player.state.phase).toBe('playing');
  });

  test('what is never fetched is said so, and not tried for ever', async () => {
    const { device, player, done } = await house({ deafPlays: 100 });
    await expect(done(player.play([film]))).rejects.toMatchObject({ missed: 'fetch' });
    expect(device.orders().filter((call) => call === 'play')).toHaveLength(2);
    expect(player.state).toMatchObject({ phase: 'stopped', problem: 'it never asked for what it was sent.' });
  });

  test('it begins where somebody stopped, with a device that forgets early seeks too', async () => {
    const { device, player, done } = await house({ forgetsEarlySeeks: true });
    await done(player.play([film], 300));
    expect(device.truth).toBeGreaterThanOrEqual(300);
    expect(Math.abs(player.state.positionSeconds - device.truth)).toBeLessThan(2);
  });

  test('a newer command gives up an older one', async () => {
    const { device, player, done, left } = await house({ deafPlays: 1 });
    const first = player.play([film]);
    first.catch(() => undefined);
    await done(player.play([sequel]));
    await expect(first).rejects.toThrow('Something else was wanted');
    expect(player.state).toMatchObject({ phase: 'playing', item: sequel });
    expect(device.current?.media.uri).toContain('res-sequel');
    expect(left).toEqual([]);
  });
});

describe('while it plays', () => {
  test('the position is within two seconds of the truth at every moment', async () => {
    const { clock, device, player, done } = await house();
    await done(player.play([film]));
    for (let step = 0; step < 100; step++) {
      await clock.pass(173);
      expect(Math.abs(player.state.positionSeconds - device.truth)).toBeLessThan(2);
    }
    await done(player.seek(400));
    for (let step = 0; step < 40; step++) {
      await clock.pass(173);
      expect(Math.abs(player.state.positionSeconds - device.truth)).toBeLessThan(2);
    }
  });

  test('pause, go on', async () => {
    const { clock, device, player, done } = await house();
    await done(player.play([film]));
    await clock.pass(5_000);
    await done(player.pause());
    await clock.pass(60_000);
    expect(player.state.phase).toBe('paused');
    expect(player.state.positionSeconds).toBeLessThan(8);
    await done(player.resume());
    await clock.pass(3_000);
    expect(player.state.phase).toBe('playing');
    expect(device.orders()).toContain('pause');
  });

  test('a device without pause is stopped, and goes on where it was', async () => {
    const { clock, device, player, done } = await house();
    device.abilitiesNow = { pause: false, seek: true, setNext: false };
    await player.connect();
    await done(player.play([film]));
    await clock.pass(30_000);
    await done(player.pause());
    await clock.pass(60_000);
    expect(device.state).toBe('STOPPED');
    expect(player.state.phase).toBe('paused');
    await done(player.resume());
    expect(device.truth).toBeGreaterThan(28);
    expect(player.state.phase).toBe('playing');
  });

  test('a conversion is sent anew from where somebody seeks', async () => {
    const { clock, device, player, done } = await house();
    await done(player.play([{ ...film, kind: 'conversion' }]));
    await done(player.seek(200));
    await clock.pass(3_000);
    expect(device.current?.media.uri).toContain('res-film-200');
    expect(device.orders().some((call) => call.startsWith('seek'))).toBe(false);
    expect(player.state.positionSeconds).toBeGreaterThan(201);
    expect(player.state.positionSeconds).toBeLessThan(206);
  });

  test('STOPPED while a conversion buffers is not believed', async () => {
    const { clock, player, done, left } = await house({ buffersMs: 20_000 });
    await done(player.play([film]));
    await clock.pass(30_000);
    expect(player.state.phase).toBe('playing');
    expect(left).toEqual([]);
  });

  test('stop on the remote control is', async () => {
    const { clock, device, player, done, left } = await house();
    await done(player.play([film, sequel]));
    await clock.pass(60_000);
    device.pressStop();
    await clock.pass(4_000);
    expect(player.state).toMatchObject({ phase: 'stopped', item: film });
    expect(left).toEqual([expect.stringMatching(/^film (59|60|61)$/)]);
    await done(player.resume());
    expect(device.truth).toBeGreaterThan(57);
  });

  test('another control point that sends its own is left alone', async () => {
    const { clock, device, player, done, left } = await house();
    await done(player.play([film, sequel]));
    await clock.pass(20_000);
    device.takeOver('http://10.0.0.9/other.mp4');
    device.calls.length = 0;
    await clock.pass(30_000);
    expect(player.state).toMatchObject({ phase: 'idle', item: undefined, upcoming: [] });
    expect(device.orders()).toEqual([]);
    expect(left).toHaveLength(1);
  });

  test('a device that never names what it plays is not taken for somebody else’s', async () => {
    const { clock, player, done } = await house({ hidesUri: true });
    await done(player.play([film]));
    await clock.pass(60_000);
    expect(player.state.phase).toBe('playing');
  });

  test('volume: ours, and what is turned at the device', async () => {
    const { clock, device, player, done } = await house();
    await done(player.setVolume(31));
    expect(player.state.volume).toBe(31);
    device.watcher?.volumeChanged({ volume: 12 });
    expect(player.state.volume).toBe(12);
    await done(player.play([film]));
    device.loudness = { volume: 77, muted: true };
    await clock.pass(15_000);
    expect(player.state).toMatchObject({ volume: 77, muted: true });
  });
});

describe('the queue', () => {
  test('music is handed over by the device; the one after it is sent when its turn comes', async () => {
    const { clock, device, player, done, left } = await house();
    await done(player.play([song, second, third]));
    await clock.pass(60_000);
    expect(device.next).toBeUndefined();
    await clock.pass(25_000);
    expect(device.next?.media.uri).toContain('res-second');
    await clock.pass(20_000);
    expect(player.state).toMatchObject({ phase: 'playing', item: second, upcoming: [third] });
    expect(Math.abs(player.state.positionSeconds - device.truth)).toBeLessThan(2);
    await clock.pass(90_000);
    expect(player.state.item).toBe(third);
    await clock.pass(90_000);
    expect(player.state).toMatchObject({ phase: 'idle', item: undefined });
    expect(left.map((line) => line.split(' ')[0])).toEqual(['song', 'second', 'third']);
    expect(device.orders().filter((call) => call.startsWith('load'))).toHaveLength(1);
  });

  test.each<[string, Habits, boolean]>([
    ['films', {}, true],
    ['a device that forgets what is next', { ignoresNext: true }, true],
    ['a device without SetNext', {}, false],
  ])('%s: the next one is sent when this one has ended', async (what, habits, setNext) => {
    const { clock, device, player, done } = await house(habits);
    device.abilitiesNow = { ...device.abilitiesNow, setNext };
    await player.connect();
    const [one, other] = what === 'films' ? [film, sequel] : [song, second];
    await done(player.play([one, other]));
    await clock.pass(one.seconds * 1000 + 15_000);
    expect(player.state).toMatchObject({ phase: 'playing', item: other });
    expect(device.orders().filter((call) => call.startsWith('load'))).toHaveLength(2);
  });

  test('next, previous, and previous to the beginning', async () => {
    const { clock, device, player, done } = await house();
    await done(player.play([film, sequel]));
    await done(player.next());
    expect(player.state.item).toBe(sequel);
    await done(player.previous());
    expect(player.state.item).toBe(film);
    await clock.pass(20_000);
    await done(player.previous());
    expect(player.state.item).toBe(film);
    expect(device.orders().at(-1)).toBe('seek 0');
    await done(player.next());
    await expect(player.next()).rejects.toThrow('Nothing comes after this');
  });

  test('what is next is taken back before a skip, so that Stop does not begin it', async () => {
    const { clock, device, player, done } = await house({ skipsOnStop: true });
    await done(player.play([song, second, third]));
    await clock.pass(85_000);
    expect(device.next).toBeDefined();
    device.calls.length = 0;
    await done(player.next());
    expect(device.orders()[0]).toBe('next nothing');
    await clock.pass(5_000);
    expect(device.current?.media.uri).toContain('res-second');
  });

  test('what cannot be played is skipped', async () => {
    const { clock, player, done } = await house();
    await done(player.play([{ ...song, seconds: 20 }, { ...second, broken: true }, third]));
    await clock.pass(40_000);
    expect(player.state).toMatchObject({ phase: 'playing', item: third });
  });

  test('more at the end; at once where nothing plays', async () => {
    const { player, done } = await house();
    await done(player.enqueue([film]));
    expect(player.state.phase).toBe('playing');
    await done(player.enqueue([sequel]));
    expect(player.state.upcoming).toEqual([sequel]);
    await done(player.stop());
    expect(player.state).toMatchObject({ phase: 'idle', upcoming: [], item: undefined });
  });

  test('a picture stays until something else is wanted', async () => {
    const { clock, player, done } = await house();
    await done(player.play([{ name: 'photo', seconds: 0, kind: 'photo' }]));
    await clock.pass(300_000);
    expect(player.state).toMatchObject({ phase: 'playing', canSeek: false, canPause: false });
  });
});

describe('a device that goes away', () => {
  test('is lost after three failures, its position saved, and goes on by itself when it is back at once', async () => {
    const { clock, device, player, done, left } = await house();
    await done(player.play([film]));
    await clock.pass(90_000);
    device.crash();
    await clock.until(() => player.state.phase === 'lost', 5_000);
    expect(player.state.problem).toBe('it does not answer.');
    expect(left).toEqual([expect.stringMatching(/^film (89|90|91)$/)]);
    await clock.pass(40_000);
    device.dead = false;
    await clock.until(() => player.state.phase === 'playing', 30_000);
    expect(device.truth).toBeGreaterThan(85);
    expect(player.state.positionSeconds).toBeGreaterThan(85);
  });

  test('goes on at another place when it comes back there', async () => {
    const { clock, device, player, done, make } = await house();
    await done(player.play([film]));
    await clock.pass(90_000);
    device.crash();
    await clock.pass(10_000);
    const other = make();
    await player.attach(other);
    await clock.until(() => other.state === 'PLAYING', 30_000);
    await clock.until(() => player.state.phase === 'playing', 30_000);
    expect(other.truth).toBeGreaterThan(85);
  });

  test('after a long time it waits to be told', async () => {
    const { clock, device, player, done } = await house();
    await done(player.play([film]));
    await clock.pass(90_000);
    device.crash();
    await clock.pass(600_000);
    device.dead = false;
    device.calls.length = 0;
    await clock.pass(60_000);
    expect(device.orders()).toEqual([]);
    expect(player.state).toMatchObject({ phase: 'stopped', item: film });
    await done(player.resume());
    expect(device.truth).toBeGreaterThan(85);
  });

  test('having said farewell, it was switched off: nothing begins by itself when it is on again', async () => {
    const { clock, device, player, done } = await house();
    await done(player.play([film]));
    await clock.pass(90_000);
    device.crash();
    player.goodbye();
    await clock.until(() => player.state.phase === 'lost', 3_000);
    expect(player.state.problem).toBe('It was switched off.');
    device.dead = false;
    device.calls.length = 0;
    await clock.pass(60_000);
    expect(device.orders()).toEqual([]);
    expect(player.state.phase).toBe('stopped');
  });

  test('a network that was gone for a moment changes nothing', async () => {
    const { clock, device, player, done } = await house();
    await done(player.play([film]));
    await clock.pass(30_000);
    device.dead = true;
    await clock.pass(20_000);
    expect(player.state.phase).toBe('lost');
    device.dead = false;
    device.calls.length = 0;
    await clock.pass(10_000);
    expect(player.state.phase).toBe('playing');
    expect(device.orders()).toEqual([]);
    expect(Math.abs(player.state.positionSeconds - device.truth)).toBeLessThan(2);
  });

  test('paused, it stays so when it has crashed and is back', async () => {
    const { clock, device, player, done } = await house();
    await done(player.play([film]));
    await clock.pass(30_000);
    await done(player.pause());
    await clock.pass(3_000);
    device.crash();
    await clock.until(() => player.state.phase === 'lost', 10_000);
    device.dead = false;
    device.calls.length = 0;
    await clock.pass(60_000);
    expect(device.orders()).toEqual([]);
    expect(player.state).toMatchObject({ phase: 'stopped', item: film });
  });

  test('what went wrong is forgotten when it plays again', async () => {
    const { clock, device, player, done } = await house();
    await done(player.play([film]));
    await clock.pass(30_000);
    device.dead = true;
    await clock.until(() => player.state.phase === 'lost', 10_000);
    device.dead = false;
    await clock.until(() => player.state.phase === 'playing', 10_000);
    expect(player.state.problem).toBeNull();
  });

  test('one failure is none', async () => {
    const { clock, device, player, done } = await house();
    await done(player.play([film]));
    await clock.pass(30_000);
    device.dead = true;
    await clock.pass(1_500);
    device.dead = false;
    await clock.pass(3_000);
    expect(player.state.phase).toBe('playing');
  });
});
