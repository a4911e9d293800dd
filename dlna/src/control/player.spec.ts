import { film, house, sequel } from '../testing/player-house.js';

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
