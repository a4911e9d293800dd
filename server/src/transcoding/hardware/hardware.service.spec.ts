import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MemoryCache } from '../../../../tests/support/memory-cache.js';
import { quietLogger } from '../../../../tests/support/probe-job.js';
import { Binaries, type FfmpegFeatures } from '../../ffmpeg/binaries.js';
import { softwareEncoder } from '../head/encoder.js';
import { listDevices } from './devices.js';
import { candidates, type EncoderFamily, encoderNames } from './encoder-families.js';
import { HardwareService, type HardwareSettings } from './hardware.service.js';
import { reasonIn, type TrialResult, tryEncoder, tryToneMap } from './trial.js';

class TimedCache extends MemoryCache {
  lifetime = 0;

  override set(key: string, value: unknown, lifetimeSeconds: number): Promise<void> {
    this.lifetime = lifetimeSeconds;
    return super.set(key, value, lifetimeSeconds);
  }
}

const binaries = new Binaries();
const ffmpeg = binaries.ffmpeg ?? 'ffmpeg';

/** x264 in the clothes of a device: it works everywhere. */
const pretender = (...more: string[]): EncoderFamily => ({
  ...softwareEncoder,
  uploadFilters: ['format=yuv420p'],
  family: 'v4l2m2m',
  id: 'x264',
  device: null,
  decodeArguments: [],
  surface: null,
  scaleFilters: ({ width, height }) => [`scale=${width}:${height}`],
  outputArguments: (plan) => [...softwareEncoder.outputArguments(plan), '-bf', '0', ...more],
});

describe('a trial', () => {
  test('passes an encoder that works', async () => {
    expect(await tryEncoder(pretender(), { ffmpeg })).toEqual({ reason: null, decodes: false, scales: true });
  });

  test('sees that scaling on the device does not work', async () => {
    const encoder = { ...pretender(), scaleFilters: () => ['no_such_filter'] };
    expect(await tryEncoder(encoder, { ffmpeg })).toEqual({ reason: null, decodes: false, scales: false });
  });

  test.each([
    ['key frames where none belong', ['-g', '3', '-force_key_frames', 'expr:not(mod(n,3))'], /key frames/],
    ['no key frames at all', ['-g', '100', '-force_key_frames', '100'], /key frames/],
    ['frames out of order', ['-bf', '2', '-b_strategy', '0'], /out of order/],
    ['fewer frames than it was given', ['-frames:v', '7'], /7 frames of 12/],
    ['an option it does not know', ['-no_such_option', '1'], /Unrecognized option 'no_such_option'/],
  ])('fails %s', async (_, more, reason) => {
    expect(await tryEncoder(pretender(...more), { ffmpeg })).toMatchObject({
      reason: expect.stringMatching(reason),
    });
  });

  test('gives up on a driver that hangs, and says so', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'hearth-hang-'));
    const hanging = join(folder, 'ffmpeg');
    await writeFile(hanging, '#!/bin/sh\nexec sleep 600\n');
    await chmod(hanging, 0o755);
    const { reason } = await tryEncoder(pretender(), { ffmpeg: hanging, timeoutMs: 200 });
    expect(reason).toBe('No answer within 0.2 s.');
    await rm(folder, { recursive: true });
  });

  test('knows whether HDR can be tone-mapped', async () => {
    const { filters } = await binaries.ffmpegFeatures();
    expect((await tryToneMap({ ffmpeg })) === null).toBe(filters.has('zscale') && filters.has('tonemap'));
  });

  test('takes the first line of what ffmpeg says, without its addresses', () => {
    const said =
      '[AVHWDeviceContext @ 0x5629f6024980] No VA display found for device /dev/dri/renderD128.\nDevice creation failed: -22.\n';
    expect(reasonIn(said)).toBe('No VA display found for device /dev/dri/renderD128.');
    expect(reasonIn('\n')).toBeNull();
  });
});

/** Debian's ffmpeg lists them all; a container or a machine without a card has none. */
describe('this machine', () => {
  test('what is listed but has no device does not work, for the reason ffmpeg gives', async () => {
    const devices = await listDevices();
    const { encoders } = await binaries.ffmpegFeatures();
    const service = new HardwareService({ binaries, cache: new MemoryCache(), logger: quietLogger() });
    expect(service.best()).toBeNull();
    expect(service.report()).toBeUndefined();
    await service.start();
    const report = service.report();
    expect(report?.families.map(({ family }) => family)).toEqual(['nvenc', 'qsv', 'vaapi', 'v4l2m2m']);
    for (const { encoder, listed, works, reason } of report?.families ?? []) {
      expect(listed).toBe(encoders.has(encoder));
      expect(works).toBe(reason === null);
      expect(reason).not.toBe('');
    }
    if (devices.length > 0) return; // with a card, whatever the trial says is right
    const known = /libcuda|No VA display|valid device|built without|Cannot|No such|not found|Unknown/i;
    for (const { reason } of report?.families ?? []) expect(reason).toMatch(known);
    expect(service.best()).toBeNull();
  });

  test('without ffmpeg there is nothing to try', async () => {
    const without = new Binaries({ searchPath: '' });
    const service = new HardwareService({
      binaries: without,
      cache: new MemoryCache(),
      logger: quietLogger(),
    });
    await service.start();
    expect([service.best(), service.report()]).toEqual([null, undefined]);
  });
});

describe('the choice', () => {
  const features: FfmpegFeatures = {
    version: '7.1',
    encoders: new Set(Object.values(encoderNames)),
    decoders: new Set(),
    filters: new Set(),
    muxers: new Set(),
  };
  const node = '/dev/dri/renderD128';
  const works: TrialResult = { reason: null, decodes: true, scales: true };
  const fails: TrialResult = { reason: 'No.', decodes: false, scales: false };
  let now = 0;
  let tried: string[] = [];
  const cache = new TimedCache();
  const open = (
    judge: (encoder: EncoderFamily) => TrialResult,
    settings: Partial<HardwareSettings> = {},
  ): HardwareService =>
    new HardwareService({
      binaries: { ffmpeg, ffmpegFeatures: () => Promise.resolve(features) },
      cache,
      logger: quietLogger(),
      devices: () => Promise.resolve([{ path: node, usable: true }]),
      attempt: (encoder) => {
        tried.push(`${encoder.family} ${encoder.id}`);
        return Promise.resolve(judge(encoder));
      },
      now: () => now,
      ...settings,
    });
  beforeEach(() => {
    cache.entries.clear();
    [now, tried] = [0, []];
  });

  test('is the first family that works, with only what works of it', async () => {
    const service = open(({ id }) => (id.endsWith('low power') ? { ...works, scales: false } : fails));
    await service.start();
    const best = service.best();
    expect(best).toMatchObject({ name: 'h264_vaapi', id: `${node} low power`, device: node });
    expect(best?.scaleFilters).toBeUndefined();
    expect(best?.inputArguments).toEqual(candidates('vaapi', [node])[1]?.inputArguments);
    expect(service.report()?.families.map(({ works: isSound }) => isSound)).toEqual([
      false,
      false,
      true,
      false,
    ]);
  });

  test('tries a device without its decoder when the decoder upsets it', async () => {
    const service = open(({ family, decodeArguments }) =>
      family === 'nvenc' && decodeArguments.length === 0 ? { ...works, decodes: false } : fails,
    );
    await service.start();
    expect(service.best()).toMatchObject({ name: 'h264_nvenc', inputArguments: [] });
  });

  test('a family that ffmpeg does not list is not tried', async () => {
    const poor = { ...features, encoders: new Set(['h264_vaapi']) };
    const service = open(() => works, { binaries: { ffmpeg, ffmpegFeatures: () => Promise.resolve(poor) } });
    await service.start();
    expect(tried).toEqual([`vaapi ${node}`]);
    expect(service.report()?.families[0]).toMatchObject({
      listed: false,
      reason: expect.stringContaining('built'),
    });
  });

  test('is remembered for the same ffmpeg and the same devices, and for a week only where something works', async () => {
    await open(() => works).start();
    expect(cache.lifetime).toBe(7 * 24 * 3600);
    tried = [];
    const again = open(() => fails);
    await again.start();
    expect(tried).toEqual([]);
    expect(again.best()?.name).toBe('h264_nvenc');
    await open(() => fails, { devices: () => Promise.resolve([{ path: node, usable: false }]) }).start();
    expect(tried.length).toBeGreaterThan(0);
    expect(cache.lifetime).toBe(3600);
    tried = [];
    const newer = { ...features, version: '8.0' };
    await open(() => works, { binaries: { ffmpeg, ffmpegFeatures: () => Promise.resolve(newer) } }).start();
    expect(tried.length).toBeGreaterThan(0);
  });

  test('a damaged memory is no memory', async () => {
    await open(() => works).start();
    const [key = ''] = cache.entries.keys();
    cache.entries.set(key, '{"families":[]}');
    tried = [];
    await open(() => works).start();
    expect(tried).not.toEqual([]);
  });

  test('leaves out what failed at work, for a while; after the third time for good', async () => {
    const service = open(({ family }) => (family === 'qsv' || family === 'vaapi' ? works : fails));
    await service.start();
    expect(service.best()?.name).toBe('h264_qsv');
    service.markBroken('h264_qsv', 'MFX session lost');
    expect(service.best()?.name).toBe('h264_vaapi');
    expect(service.report()?.families[1]).toMatchObject({ works: true, broken: 'MFX session lost' });
    service.markBroken('h264_vaapi', 'GPU hang');
    expect(service.best()).toBeNull();
    now += 11 * 60_000;
    expect(service.best()?.name).toBe('h264_qsv');
    for (let n = 0; n < 2; n += 1) service.markBroken('h264_qsv', 'MFX session lost');
    now += 365 * 24 * 3_600_000;
    expect(service.best()?.name).toBe('h264_vaapi');
  });

  test('a trial that throws leaves software, and is tried again after the next start', async () => {
    const service = open(() => {
      throw new Error('disk on fire');
    });
    await service.start();
    expect(service.best()).toBeNull();
    expect(cache.entries.size).toBe(0);
  });
});
