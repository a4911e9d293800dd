import { existsSync, readFileSync, chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { Binaries } from './binaries.js';
import { ProcessFailed, run, type RunOptions } from './process-runner.js';

const sh = (script: string, options: Partial<RunOptions> = {}) =>
  run('/bin/sh', ['-c', script], { timeoutMs: 10_000, ...options });
const why = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'resolved',
    (error: unknown) => (error instanceof ProcessFailed ? error.why : String(error)),
  );

describe('process runner', () => {
  const dir = mkdtempSync(join(tmpdir(), 'hearth-run-'));
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  test('returns output, errors and the exit code', async () => {
    const { stdout, stderr, exitCode } = await sh('echo out; echo err >&2; exit 3');
    expect([stdout.toString(), stderr, exitCode]).toEqual(['out\n', 'err\n', 3]);
  });

  test('passes arguments as they are', async () => {
    const { stdout } = await run('printf', ['%s|', 'a b', '$HOME', "it's"], { timeoutMs: 10_000 });
    expect(stdout.toString()).toBe("a b|$HOME|it's|");
  });

  test('kills the whole group on time-out', async () => {
    const file = join(dir, 'pid');
    expect(await why(sh(`sleep 600 & echo $! > ${file}; wait`, { timeoutMs: 300 }))).toBe('timeout');
    const pid = readFileSync(file, 'utf8').trim();
    // It dies a moment after the signal, and may stay as a zombie for its reaper; it runs no more.
    const stat = `/proc/${pid}/stat`;
    const runs = (): boolean => existsSync(stat) && !/^\S+ \S+ [ZX]/.test(readFileSync(stat, 'utf8'));
    const deadline = performance.now() + 5_000;
    while (runs() && performance.now() < deadline) await setImmediate();
    expect(runs()).toBe(false);
  });

  test('stops a process that floods its output, and keeps only the end of its errors', async () => {
    expect(await why(sh('yes', { maxOutputBytes: 100_000 }))).toBe('output-too-large');
    const { stderr } = await sh('yes abc | head -c 1000000 >&2; echo last >&2');
    expect(stderr.length).toBeLessThanOrEqual(8192);
    expect(stderr.endsWith('last\n')).toBe(true);
  });

  test('can be cancelled before and while it runs', async () => {
    const abort = new AbortController();
    const running = why(sh('sleep 600', { signal: abort.signal }));
    abort.abort();
    expect(await running).toBe('cancelled');
    expect(await why(sh('true', { signal: abort.signal }))).toBe('cancelled');
  });

  test('tells a missing program and a killed one', async () => {
    expect(await why(run(join(dir, 'absent'), [], { timeoutMs: 1_000 }))).toBe('missing');
    expect(await why(run(join(dir, 'absent'), [], { timeoutMs: 1_000, nice: 5 }))).toBe('missing');
    expect(await why(sh('kill -9 $$'))).toBe('killed');
  });

  test('runs at a lower priority when asked', async () => {
    const plain = Number((await run('nice', [], { timeoutMs: 5_000 })).stdout);
    const lowered = Number((await run('nice', [], { timeoutMs: 5_000, nice: 5 })).stdout);
    expect(lowered).toBe(Math.min(19, plain + 5));
  });

  const sessions = '/proc/self/autogroup';
  test('its session is as nice, where sessions share the processor', async () => {
    if (!existsSync(sessions)) return; // a kernel that does not group by session
    const script = `until grep -q 'nice 7$' ${sessions}; do :; done; cat ${sessions}`;
    const { stdout } = await sh(script, { nice: 7 });
    expect(stdout.toString()).toMatch(/ nice 7\n$/);
  });
});

describe('binaries', () => {
  const dir = mkdtempSync(join(tmpdir(), 'hearth-bin-'));
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  test('are found by setting, else on the search path, else not', () => {
    const own = join(dir, 'ffmpeg');
    writeFileSync(own, '#!/bin/sh\n');
    chmodSync(own, 0o755);
    expect(new Binaries({ searchPath: dir })).toMatchObject({ ffmpeg: own, ffprobe: null });
    expect(new Binaries({ ffprobePath: own, searchPath: '' })).toMatchObject({ ffmpeg: null, ffprobe: own });
    expect(new Binaries({ ffmpegPath: join(dir, 'absent') }).ffmpeg).toBeNull();
  });

  test('tell what this ffmpeg can do', async () => {
    const features = await new Binaries().ffmpegFeatures();
    expect(features.version).toMatch(/\d/);
    expect(features.encoders.has('aac')).toBe(true);
    expect(features.decoders.has('h264')).toBe(true);
    expect(features.filters.has('scale')).toBe(true);
    expect(features.muxers.has('webvtt')).toBe(true);
  });
});
