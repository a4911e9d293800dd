import type { Habits } from '../testing/fake-renderer.js';
import { film, house, second, sequel, song, third } from '../testing/player-house.js';

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

  test('a device that did not answer when it was found is asked what it can when it is to play', async () => {
    const { clock, device, player, done, make } = await house();
    const other = make();
    other.dead = true;
    await expect(player.attach(other)).rejects.toThrow('ECONNREFUSED');
    other.dead = false;
    other.loudness = { volume: 22, muted: false };
    await done(player.play([film]));
    await clock.pass(2_000);
    expect(player.state).toMatchObject({ phase: 'playing', volume: 22 });
    expect(other.watcher).toBeDefined();
    expect(device.orders()).toEqual([]);
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
