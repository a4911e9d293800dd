import { execFileSync } from 'node:child_process';
import { mkdir, rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { faultsOf, patiently } from '../interop/hls/validator.js';
import { Hearth } from '../support/hearth.js';
import { type Answer, ask, longFilm, problemOf, segmentUrl, StreamingStage } from './streaming-stage.js';

const mebibyte = 1024 * 1024;

/** Small disks need root (in CI’s container it is). */
function canMount(): boolean {
  const probe = `/tmp/hearth-mount-${process.pid}`;
  try {
    execFileSync('mkdir', [probe]);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', probe], { stdio: 'ignore' });
    execFileSync('umount', [probe]);
    return true;
  } catch {
    return false;
  } finally {
    execFileSync('rm', ['-rf', probe]);
  }
}

/** A stage whose segments lie on a disk of their own. */
class SmallDisk {
  private constructor(
    readonly stage: StreamingStage,
    readonly path: string,
  ) {}

  static async of(megabytes: number, env: Record<string, string> = {}): Promise<SmallDisk> {
    const stage = await StreamingStage.open(new Map([['Maple', await longFilm()]]), { env });
    await stage.hearth.stop();
    const path = join(stage.hearth.dataDirectory, 'segments');
    await rm(path, { recursive: true, force: true });
    await mkdir(path);
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', path]);
    await stage.hearth.boot();
    return new SmallDisk(stage, path);
  }

  /** Bytes taken, by the disk’s own count: exact at one moment, in whole pages a file. */
  async used(): Promise<number> {
    const { blocks, bfree, bsize } = await statfs(this.path);
    return (blocks - bfree) * bsize;
  }

  async close(): Promise<void> {
    await this.stage.hearth.stop();
    execFileSync('umount', [this.path]);
    await this.stage.close();
  }
}

(canMount() ? describe : describe.skip)(
  'a cache on a small disk (skipped where nothing can be mounted)',
  () => {
    let disk: SmallDisk | undefined;
    afterEach(async () => {
      await disk?.close();
      disk = undefined;
    });

    test('the cap is kept at every moment, while all of a film much larger goes through', async () => {
      // A tenth of the disk is the cap where none is set.
      disk = await SmallDisk.of(24);
      const small = disk;
      const cap = 2.4 * mebibyte;
      const played = await small.stage.play(await small.stage.device(), 'Maple', { quality: '360p' });
      let most = 0;
      let looks = 0;
      const timer = setInterval(() => {
        void small.used().then((used) => {
          most = Math.max(most, used);
          looks++;
        });
      }, 2);
      const segments: Buffer[] = [];
      for (const [index] of played.video.playlist.segments.entries())
        segments.push(await patiently(segmentUrl(played.video, index)));
      clearInterval(timer);
      expect(faultsOf(played.video, segments, 'video')).toEqual([]);
      const bytes = segments.reduce((sum, { length }) => sum + length, 0);
      expect(bytes).toBeGreaterThan(1.5 * cap);
      expect(looks).toBeGreaterThan(100);
      // A page of slack for each of some hundred files.
      expect(most).toBeLessThanOrEqual(cap + 100 * 4096);
      expect(most).toBeGreaterThan(cap / 2);
      // What made room is made again.
      expect((await patiently(segmentUrl(played.video, 0))).length).toBe(segments[0]?.length);
    }, 240_000);

    test('a disk smaller than the cap: old segments make room, and everything plays', async () => {
      disk = await SmallDisk.of(3, { STREAM_CACHE_SIZE: '64M' });
      const played = await disk.stage.play(await disk.stage.device(), 'Maple', { quality: '360p' });
      const { segments } = played.video.playlist;
      const all: Buffer[] = [];
      for (const [index] of segments.entries()) all.push(await patiently(segmentUrl(played.video, index)));
      expect(faultsOf(played.video, all, 'video')).toEqual([]);
      expect(await disk.used()).toBeLessThanOrEqual(3 * mebibyte);
    }, 240_000);

    test('a disk that others fill: a clear problem at once, and it plays on when there is room again', async () => {
      disk = await SmallDisk.of(8, { STREAM_CACHE_SIZE: '64M' });
      const { stage, path } = disk;
      const played = await stage.play(await stage.device(), 'Maple', { quality: '360p' });
      expect((await patiently(segmentUrl(played.video, 3))).toString('latin1', 4, 8)).toBe('moof');
      const junk = join(path, 'not-ours');
      let refused: Answer | undefined;
      // What is ours makes room as long as there is any of it, and the others take that too.
      for (let index = 45; refused?.status !== 507 && index < 60; index++) {
        execFileSync('sh', ['-c', `cat /dev/zero >> '${junk}' 2>/dev/null || true`]);
        const began = performance.now();
        refused = await ask(segmentUrl(played.video, index));
        expect(performance.now() - began).toBeLessThan(15_000);
      }
      if (!refused) throw new Error('nothing was asked for');
      expect([refused.status, problemOf(refused)]).toEqual([
        507,
        { code: 'STORAGE_FULL', detail: expect.stringMatching(/room|full/i) },
      ]);
      expect(refused.body.toString()).not.toContain(stage.hearth.dataDirectory);
      expect(refused.headers.get('cache-control')).toBe('no-store');
      expect((await stage.hearth.client.fetch('/health')).status).toBe(200);
      await rm(junk);
      // A failure is told for ten seconds without trying again; another place is tried at once.
      expect((await patiently(segmentUrl(played.video, 20))).toString('latin1', 4, 8)).toBe('moof');
      expect((await stage.hearth.client.fetch('/health')).status).toBe(200);
    }, 240_000);

    test('a cache that is taken away and comes back does not end the server', async () => {
      disk = await SmallDisk.of(8);
      const { stage, path } = disk;
      const played = await stage.play(await stage.device(), 'Maple', { quality: '360p' });
      await patiently(segmentUrl(played.video, 3));
      execFileSync('sh', ['-c', `rm -rf '${path}'/* '${path}'/.incoming`]);
      for (const index of [3, 4, 30])
        expect((await patiently(segmentUrl(played.video, index))).toString('latin1', 4, 8)).toBe('moof');
    }, 120_000);
  },
);

test('rubbish in the cache’s folder is neither sent nor deleted', async () => {
  const hearth = await Hearth.start();
  try {
    const strange = join(hearth.dataDirectory, 'segments', 'somebody’s notes.txt');
    await writeFile(strange, 'mine');
    await hearth.stop('SIGKILL');
    await hearth.boot();
    expect((await hearth.client.fetch('/health')).status).toBe(200);
    expect(execFileSync('cat', [strange], { encoding: 'utf8' })).toBe('mine');
  } finally {
    await hearth.dispose();
  }
}, 60_000);
