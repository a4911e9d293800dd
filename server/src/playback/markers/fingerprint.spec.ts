import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fingerprint } from './fingerprint.js';
import { sharedParts } from './shared-part.js';

const ffmpeg = process.env['FFMPEG_PATH'] ?? 'ffmpeg';

/** A melody of half-second tones; another seed is another melody. */
const melody = (seed: number, seconds: number): string => {
  const tone = (factor: number) =>
    `sin(2*PI*t*220*pow(2\\,mod(floor(t*2)*floor(t*2)*${seed}+floor(t*2)*5+${factor}\\,24)/12))`;
  return `aevalsrc=exprs=0.4*${tone(seed)}+0.3*${tone(seed * 3 + 7)}:s=44100:d=${seconds}`;
};

describe('a theme in real sound', () => {
  let folder: string;
  beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'hearth-theme-'))));
  afterAll(() => rm(folder, { recursive: true, force: true }));

  /** `before` seconds of its own, the theme of 30 s, a minute of its own; each through another encoder. */
  function episode(name: string, seed: number, before: number, ...codec: string[]): string {
    const path = join(folder, name);
    const inputs = [melody(seed, before), melody(11, 30), melody(seed + 1, 60)].flatMap((source) => [
      '-f',
      'lavfi',
      '-i',
      source,
    ]);
    execFileSync(ffmpeg, [
      '-v',
      'error',
      '-y',
      ...inputs,
      '-filter_complex',
      'concat=n=3:v=0:a=1',
      ...codec,
      path,
    ]);
    return path;
  }

  test('is found in every episode, wherever it begins and however it was encoded', async () => {
    const files = [
      episode('one.m4a', 3, 12, '-c:a', 'aac', '-b:a', '96k'),
      episode('two.mka', 5, 40, '-c:a', 'ac3'),
      episode('three.mp3', 17, 5, '-b:a', '128k'),
    ];
    const signal = new AbortController().signal;
    const sounds = await Promise.all(
      files.map((path) => fingerprint(ffmpeg, path, 0, { startSeconds: 0, lengthSeconds: 150 }, signal)),
    );
    const parts = sharedParts(sounds);
    for (const [index, begin] of [12, 40, 5].entries()) {
      expect(Math.abs((parts[index]?.start ?? NaN) - begin)).toBeLessThan(2.5);
      expect(Math.abs((parts[index]?.end ?? NaN) - begin - 30)).toBeLessThan(3.5);
    }
  });

  test('what has no sound says so', async () => {
    const nothing = fingerprint(
      ffmpeg,
      join(folder, 'missing.mka'),
      0,
      { startSeconds: 0, lengthSeconds: 1 },
      new AbortController().signal,
    );
    await expect(nothing).rejects.toThrow('No fingerprint');
  });
});
