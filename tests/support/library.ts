import { execFileSync } from 'node:child_process';
import { appendFile, copyFile, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { LibraryKind } from '@hearth/contract/library';
import { newId } from '../../server/src/common/id.js';
import { Logger, LogSink } from '../../server/src/common/log/logger.js';
import { EventBus, type ServerEvent } from '../../server/src/events/event-bus.js';
import { InProcessProbe } from '../../server/src/ffmpeg/in-process-probe.js';
import type { Inspection, ProbeOptions } from '../../server/src/ffmpeg/media-probe.js';
import { type JobContext, JobInterrupted } from '../../server/src/jobs/job-queue.js';
import { libraryEntities } from '../../server/src/library/entities.js';
import { EpisodeFile } from '../../server/src/library/entities/episode-file.entity.js';
import { Episode } from '../../server/src/library/entities/episode.entity.js';
import { LibraryFolder } from '../../server/src/library/entities/library-folder.entity.js';
import { Library } from '../../server/src/library/entities/library.entity.js';
import { MediaFile } from '../../server/src/library/entities/media-file.entity.js';
import { Title } from '../../server/src/library/entities/title.entity.js';
import { InspectorPort } from '../../server/src/library/inspector.port.js';
import { FileReaders } from '../../server/src/library/scan/file-readers.service.js';
import { ScanJob } from '../../server/src/library/scan/scan.job.js';
import { scanPayload, type ScanPayload } from '../../server/src/library/scan/scan-payload.js';
import { createSearchIndex } from '../../server/src/library/search/create-search-index.js';
import { SearchIndexer } from '../../server/src/library/search/search-indexer.service.js';
import { BatchWriter } from '../../server/src/library/store/batch-writer.js';
import { InProcessTags } from '../../server/src/library/tags/in-process-tags.js';
import type { ProviderEntry } from '../../server/src/provider/provider.service.js';
import { openTestDatabase, type TestDatabase } from './database.js';

/** The real in-process probe, counting what it opens. */
class CountingInspector extends InspectorPort {
  readonly opened: string[] = [];
  private readonly probe = new InProcessProbe();

  override inspect(path: string, options?: ProbeOptions): Promise<Inspection> {
    this.opened.push(path);
    return this.probe.inspect(path, options);
  }
}

/** A job context that a spec steers. */
export class TestJob implements JobContext {
  readonly jobId = newId();
  readonly messages: string[] = [];
  breaths = 0;
  private readonly controller = new AbortController();

  constructor(private readonly onBreath: (job: TestJob) => Promise<void> | void = () => undefined) {}

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  progress(_percent: number | null, message: string): void {
    this.messages.push(message);
  }

  async breathe(): Promise<void> {
    this.breaths++;
    await this.onBreath(this);
    if (this.signal.aborted) throw new JobInterrupted();
  }

  cancel(): void {
    this.controller.abort();
  }
}

let clip: string | undefined;

/** A second of film, made once: Matroska, so that bytes behind its end do no harm. */
async function smallClip(): Promise<string> {
  if (clip) return clip;
  const path = join(await mkdtemp(join(tmpdir(), 'hearth-clip-')), 'clip.mkv');
  const picture = [
    '-f',
    'lavfi',
    '-i',
    'testsrc2=d=1:s=192x108:r=10',
    '-c:v',
    'libx264',
    '-preset',
    'ultrafast',
  ];
  execFileSync('ffmpeg', ['-v', 'error', '-y', ...picture, path]);
  process.once('exit', () => execFileSync('rm', ['-rf', dirname(path)]));
  return (clip = path);
}

/** A library on a real disk and a real database, scanned by the real job. */
export class TestLibrary {
  readonly events: ServerEvent[] = [];
  readonly inspector = new CountingInspector();
  readonly providers: ProviderEntry[] = [];
  private made = 0;

  private constructor(
    readonly test: TestDatabase,
    readonly library: Library,
    readonly folder: LibraryFolder,
    readonly job: ScanJob,
    readonly writer: BatchWriter,
    readonly bus: EventBus,
    readonly logger: Logger,
  ) {}

  static async open(kind: LibraryKind, url?: string): Promise<TestLibrary> {
    const test = await openTestDatabase(libraryEntities, url ? { url } : {});
    if (url)
      await test.database.write((manager) =>
        manager.query('TRUNCATE library, account, person, search_document CASCADE'),
      );
    const library: Library = { id: newId(), name: 'Test', kind, createdAt: Date.now(), lastScanAt: null };
    const path = await mkdtemp(join(tmpdir(), 'hearth-media-'));
    const folder: LibraryFolder = { id: newId(), libraryId: library.id, path, available: true };
    const { database } = test;
    await database.write(async (manager) => {
      await manager.insert(Library, library);
      await manager.insert(LibraryFolder, folder);
    });
    const bus = new EventBus(database, new Logger(new LogSink('error', () => undefined), 'test'));
    const writer = new BatchWriter(database, bus, new SearchIndexer(database, createSearchIndex(database)));
    const logger = new Logger(new LogSink('error'), 'test');
    const inspector = new CountingInspector();
    const providers: ProviderEntry[] = [];
    const readers = new FileReaders(inspector, new InProcessTags(), {
      list: () => Promise.resolve(providers),
    });
    const job = new ScanJob(database, bus, writer, readers, logger);
    const made = new TestLibrary(test, library, folder, job, writer, bus, logger);
    Object.assign(made, { inspector, providers });
    bus.listen((event) => made.events.push(event));
    return made;
  }

  get database(): TestDatabase['database'] {
    return this.test.database;
  }

  path(name: string): string {
    return join(this.folder.path, name);
  }

  /** Puts a film with bytes of its own; `like` copies another's bytes. */
  async film(name: string, like?: string): Promise<void> {
    await mkdir(dirname(this.path(name)), { recursive: true });
    await copyFile(like ? this.path(like) : await smallClip(), this.path(name));
    if (!like) await appendFile(this.path(name), `film ${this.made++} ${'.'.repeat(this.made)}`);
  }

  async text(name: string, contents: string | Uint8Array = ''): Promise<void> {
    await mkdir(dirname(this.path(name)), { recursive: true });
    await writeFile(this.path(name), contents);
  }

  async scan(payload: Partial<ScanPayload> = {}, job = new TestJob()): Promise<void> {
    await this.job.definition.handler(scanPayload.parse({ libraryId: this.library.id, ...payload }), job);
  }

  /** An account watched a title or an episode up to `position` seconds. */
  async watch(
    titleId: string,
    episodeId: string | null,
    position: number,
    accountId = 'ann',
    at = Date.now(),
  ): Promise<void> {
    await this.database.write(async (manager) => {
      await manager.sql`INSERT INTO account (id, username, username_key, password_hash, role, disabled, preferences, created_at)
        VALUES (${accountId}, ${accountId}, ${accountId}, '', 'member', false, '{}', 0) ON CONFLICT DO NOTHING`;
      await manager.sql`INSERT INTO play_state (account_id, item_id, title_id, episode_id, position_seconds, duration_seconds, watched, play_count, updated_at)
        VALUES (${accountId}, ${episodeId ?? titleId}, ${titleId}, ${episodeId}, ${position}, 100, false, 0, ${at})`;
    });
  }

  playStates(): Promise<
    { account_id: string; item_id: string; title_id: string; position_seconds: number }[]
  > {
    return this.database.read
      .sql`SELECT account_id, item_id, title_id, position_seconds FROM play_state ORDER BY account_id`;
  }

  titles(): Promise<Title[]> {
    return this.database.read.find(Title, { order: { sortName: 'ASC' } });
  }

  async title(name: string): Promise<Title> {
    const found = (await this.titles()).filter((title) => title.name === name);
    if (found.length !== 1 || !found[0]) throw new Error(`${found.length} titles are called “${name}”`);
    return found[0];
  }

  files(): Promise<MediaFile[]> {
    return this.database.read.find(MediaFile, { order: { relativePath: 'ASC' } });
  }

  async file(path: string): Promise<MediaFile> {
    return this.database.read.findOneByOrFail(MediaFile, { relativePath: path });
  }

  /** `S01E02` of every episode, with its files’ paths. */
  async episodes(): Promise<Record<string, string[]>> {
    const files = new Map((await this.files()).map((file) => [file.id, file.relativePath]));
    const links = await this.database.read.find(EpisodeFile);
    const episodes = await this.database.read.find(Episode, {
      order: { seasonNumber: 'ASC', number: 'ASC' },
    });
    return Object.fromEntries(
      episodes.map((episode) => [
        `S${episode.seasonNumber}E${episode.number}`,
        links
          .filter((link) => link.episodeId === episode.id)
          .map((link) => files.get(link.fileId) ?? '?')
          .sort(),
      ]),
    );
  }

  async close(): Promise<void> {
    await this.test.close();
    const [parent, own] = [dirname(this.folder.path), basename(this.folder.path)];
    for (const name of await readdir(parent)) {
      if (name.startsWith(own)) await rm(join(parent, name), { recursive: true, force: true });
    }
  }
}
