import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runBatch, type BatchCommand } from './batch-command.js';
import { ProcessFailed } from './process-runner.js';

const ffmpeg = process.env['FFMPEG_PATH'] ?? 'ffmpeg';

describe('a batch of ffmpeg', () => {
  let folder: string;
  beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'hearth batch '))));
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const command = (seconds: number, output: string, more: Partial<BatchCommand> = {}): BatchCommand => ({
    ffmpeg,
    input: `testsrc2=d=${seconds}:s=64x36:r=25`,
    inputOptions: ['-f', 'lavfi'],
    outputOptions: ['-c:v', 'libx264', '-preset', 'ultrafast', '-metadata', 'title=Two words'],
    output: join(folder, output),
    durationSeconds: seconds,
    ...more,
  });

  test('writes its output, into folders with spaces, and tells how far it is', async () => {
    const seen: (number | null)[] = [];
    const signal = new AbortController().signal;
    await runBatch(command(20, 'out put.mkv'), { signal, onProgress: (percent) => seen.push(percent) });
    expect((await stat(join(folder, 'out put.mkv'))).size).toBeGreaterThan(1000);
    for (const percent of seen) expect(percent).toBeLessThanOrEqual(100);
  });

  test('says why it failed, in the words of ffmpeg', async () => {
    const failing = command(1, 'never.mkv', { input: join(folder, 'is not there.mkv'), inputOptions: [] });
    const failure = await runBatch(failing, { signal: new AbortController().signal }).catch(
      (error: unknown) => error,
    );
    expect(failure).toBeInstanceOf(ProcessFailed);
    expect(failure).toMatchObject({
      why: 'killed',
      stderr: expect.stringContaining('No such file') as string,
    });
  });

  test('a program that is not there is said to be missing', async () => {
    const absent = command(1, 'never.mkv', { ffmpeg: join(folder, 'no-ffmpeg') });
    await expect(runBatch(absent, { signal: new AbortController().signal })).rejects.toMatchObject({
      why: 'missing',
    });
  });

  test('ends at once when it is cancelled, before and while it works', async () => {
    const before = runBatch(command(1, 'before.mkv'), { signal: AbortSignal.abort() });
    await expect(before).rejects.toMatchObject({ why: 'cancelled' });
    const cancel = new AbortController();
    const endless = command(100_000, 'while.mkv', { inputOptions: ['-re', '-f', 'lavfi'] });
    const running = runBatch(endless, { signal: cancel.signal, onProgress: () => cancel.abort() });
    await expect(running).rejects.toMatchObject({ why: 'cancelled' });
  });

  test('leads a session of its own and gives way to everybody, and ffmpeg is asked nothing else', async () => {
    const program = join(folder, 'self');
    // proc_pid_stat(5): fields 1, 6 and 19 are the process, its session and its niceness.
    const script = `#!/bin/sh\nfor last; do :; done\necho $(cut -d' ' -f1,6,19 < /proc/$$/stat) >> "$last"\n`;
    await writeFile(program, script, { mode: 0o755 });
    await runBatch(command(1, 'process', { ffmpeg: program }), { signal: new AbortController().signal });
    const [pid, session, nice, ...more] = (await readFile(join(folder, 'process'), 'utf8'))
      .trim()
      .split(/\s/);
    expect(session).toBe(pid);
    expect(nice).toBe('19');
    expect(more).toEqual([]);
  });
});
