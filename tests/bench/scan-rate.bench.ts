/** `node --import ./tests/support/typescript-hooks.mjs tests/bench/scan-rate.bench.ts DIR`: first scan and re-scan of a folder. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Worker } from 'node:worker_threads';
import { newId } from '../../server/src/common/id.js';
import { Logger, LogSink } from '../../server/src/common/log/logger.js';
import { EventBus } from '../../server/src/events/event-bus.js';
import { ProbePool } from '../../server/src/ffmpeg/probe-pool.js';
import { libraryEntities } from '../../server/src/library/entities.js';
import { LibraryFolder } from '../../server/src/library/entities/library-folder.entity.js';
import { Library } from '../../server/src/library/entities/library.entity.js';
import { FileReaders } from '../../server/src/library/scan/file-readers.service.js';
import { ScanJob } from '../../server/src/library/scan/scan.job.js';
import { createSearchIndex } from '../../server/src/library/search/create-search-index.js';
import { SearchIndexer } from '../../server/src/library/search/search-indexer.service.js';
import { BatchWriter } from '../../server/src/library/store/batch-writer.js';
import { TagPool } from '../../server/src/library/tags/tag-pool.js';
import { openTestDatabase } from '../support/database.js';

const path = resolve(process.argv[2] ?? '.');
const hooks = new URL('../support/typescript-hooks.mjs', import.meta.url).href;
const worker = new URL('../../server/src/ffmpeg/probe-worker.ts', import.meta.url);
const pool = new ProbePool({ startWorker: () => new Worker(worker, { execArgv: ['--import', hooks] }) });
const tagWorker = new URL('../../server/src/library/tags/tag-worker.ts', import.meta.url);
const tags = new TagPool({ startWorker: () => new Worker(tagWorker, { execArgv: ['--import', hooks] }) });
const directory = await mkdtemp(join(tmpdir(), 'hearth-bench-'));
const { database, close } = await openTestDatabase(libraryEntities, { directory });
const library: Library = { id: newId(), name: 'Bench', kind: 'movies', createdAt: 0, lastScanAt: null };
await database.write(async (manager) => {
  await manager.insert(Library, library);
  await manager.insert(LibraryFolder, { id: newId(), libraryId: library.id, path, available: true });
});
const events = new EventBus(database, new Logger(new LogSink('error', () => undefined), 'test'));
const writer = new BatchWriter(database, events, new SearchIndexer(database, createSearchIndex(database)));
const readers = new FileReaders(pool, tags, { list: () => Promise.resolve([]) });
const job = new ScanJob(database, events, writer, readers, new Logger(new LogSink('warn'), 'bench'));
const context = {
  jobId: newId(),
  signal: new AbortController().signal,
  progress: () => undefined,
  breathe: () => Promise.resolve(),
};

for (const name of ['first scan', 'unchanged re-scan', 'unchanged re-scan again']) {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const latencies: number[] = [];
  const state = { isDone: false };
  const browse = (async () => {
    while (!state.isDone) {
      const at = performance.now();
      await database.read.query(
        'SELECT id, name, year, poster_id FROM title ORDER BY sort_name, id LIMIT 50',
      );
      latencies.push(performance.now() - at);
      await new Promise((done) => setTimeout(done, 20));
    }
  })();
  const cpu = process.cpuUsage();
  const started = performance.now();
  await job.definition.handler({ libraryId: library.id, full: false }, context);
  const seconds = (performance.now() - started) / 1000;
  const used = process.cpuUsage(cpu);
  state.isDone = true;
  await browse;
  delay.disable();
  const [{ count } = { count: 0 }] = await database.read.query<{ count: number }[]>(
    'SELECT COUNT(*) AS count FROM media_file',
  );
  latencies.sort((a, b) => a - b);
  const p95 = latencies[Math.floor(latencies.length * 0.95)] ?? 0;
  process.stdout.write(
    `${name}: ${count} files in ${seconds.toFixed(2)} s = ${Math.round(count / seconds)} files/s, ${((used.user + used.system) / 1e6).toFixed(1)} s of CPU; ` +
      `event loop delay p99 ${(delay.percentile(99) / 1e6).toFixed(1)} ms, max ${(delay.max / 1e6).toFixed(1)} ms; list p95 ${p95.toFixed(1)} ms\n`,
  );
}
await pool.close();
await close();
await rm(directory, { recursive: true, force: true });
