import { access, mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { Job } from '@hearth/contract/job';
import { TestLibrary } from '../../../tests/support/library.js';
import { newId } from '../common/id.js';
import { loadConfig } from '../config/config.js';
import { notFound } from '../common/problem-error.js';
import { type EnqueueOptions, JobControl, type JobDefinition, JobQueue } from '../jobs/job-queue.js';
import { ConfiguredLibraries } from './configured-libraries.js';
import { Library } from './entities/library.entity.js';
import { ForgetService } from './forget.service.js';
import { LibraryService } from './library.service.js';
import { AudienceService } from './audience/audience.service.js';
import { LibraryViews } from './library-views.js';
import { ScanService } from './scan.service.js';

/** Keeps what it is asked for and runs nothing. */
class ListedJobs extends JobQueue {
  readonly asked: { id: string; key: string | null; payload: unknown }[] = [];

  register(): void {
    // Nothing runs here.
  }

  enqueue<P>(definition: JobDefinition<P>, payload: P, _options?: EnqueueOptions): Promise<string> {
    const key = definition.key(payload);
    const same = this.asked.find((job) => key !== null && job.key === key);
    if (same) return Promise.resolve(same.id);
    const id = newId();
    this.asked.push({ id, key, payload });
    return Promise.resolve(id);
  }

  start = (): Promise<void> => Promise.resolve();
  stop = (): Promise<void> => Promise.resolve();
}

class ListedControl extends JobControl {
  readonly cancelled: string[] = [];

  constructor(private readonly jobs: ListedJobs) {
    super();
  }

  get(id: string): Promise<Job> {
    if (!this.jobs.asked.some((job) => job.id === id)) return Promise.reject(notFound('job'));
    const times = { createdAt: '', startedAt: null, endedAt: null };
    return Promise.resolve({
      id,
      name: '',
      label: '',
      state: 'waiting',
      progress: null,
      message: '',
      attempts: 0,
      error: null,
      ...times,
    });
  }

  cancel(id: string): Promise<Job> {
    this.cancelled.push(id);
    return this.get(id);
  }

  list = (): Promise<Job[]> => Promise.resolve([]);
  pause = (id: string): Promise<Job> => this.get(id);
  resume = (id: string): Promise<Job> => this.get(id);
  retry = (id: string): Promise<Job> => this.get(id);
  onChange = () => () => undefined;
  onOwnChange = () => () => undefined;
}

describe('libraries', () => {
  let home: TestLibrary;
  let jobs: ListedJobs;
  let control: ListedControl;
  let scans: ScanService;
  let libraries: LibraryService;
  beforeEach(async () => {
    home = await TestLibrary.open('movies');
    jobs = new ListedJobs();
    control = new ListedControl(jobs);
    scans = new ScanService(jobs, control, home.job, home.database);
    const forgetting = new ForgetService(home.database, home.writer);
    libraries = new LibraryService(
      home.database,
      home.bus,
      scans,
      forgetting,
      new LibraryViews(home.database, scans, new AudienceService(home.database, home.bus)),
      { dataDirectory: `${home.folder.path}-data` },
    );
  });
  afterEach(() => home.close());

  test('are counted; only administrators see paths', async () => {
    await home.film('Alpha (1999).mkv');
    await home.film('8f4e2c9a7b31d05e6f8a.mkv');
    await home.text('Broken (2000).mkv', 'x');
    await home.scan();
    const [mine] = await libraries.list(null);
    expect(mine).toMatchObject({
      titleCount: 1,
      fileCount: 3,
      unmatchedCount: 1,
      failedCount: 1,
      unavailableCount: 0,
      scanJobId: null,
    });
    expect(mine?.lastScanAt).toMatch(/^\d{4}-/);
    expect(mine?.folders).toEqual([{ id: home.folder.id, path: home.folder.path, available: true }]);
    const [theirs] = await libraries.list('kids');
    expect(theirs).toMatchObject({ folders: [], titleCount: 0 });
    expect(await libraries.list('household')).toMatchObject([{ folders: [], titleCount: 1 }]);
  });

  test('the server’s own files are no library, but its demo is', async () => {
    const data = `${home.folder.path}-data`;
    await mkdir(join(data, 'cache/images'), { recursive: true });
    await mkdir(join(data, 'demo/Movies'), { recursive: true });
    const link = `${home.folder.path}-link`;
    await symlink(data, link);
    for (const path of [data, `${data}/cache/images`, link]) {
      await expect(libraries.create({ name: 'B', kind: 'mixed', path })).rejects.toMatchObject({
        code: 'FOLDER_RESERVED',
      });
    }
    await expect(libraries.checkFolders([data])).rejects.toMatchObject({ code: 'FOLDER_RESERVED' });
    await libraries.create({ name: 'Demo', kind: 'movies', path: join(data, 'demo/Movies') });
  });

  test('a new one is checked, scanned, and its folder taken', async () => {
    await mkdir(home.path('inside'));
    await expect(
      libraries.create({ name: 'B', kind: 'movies', path: home.path('inside') }),
    ).rejects.toMatchObject({ code: 'FOLDER_IN_USE' });
    await expect(libraries.create({ name: 'B', kind: 'movies', path: '/nowhere' })).rejects.toMatchObject({
      code: 'FOLDER_UNREADABLE',
    });
    const other = `${home.folder.path}-other`;
    await mkdir(other);
    const made = await libraries.create({ name: 'B', kind: 'series', path: `${other}/` });
    expect(made).toMatchObject({
      name: 'B',
      kind: 'series',
      folders: [{ path: other }],
      scanJobId: jobs.asked[0]?.id,
    });
    expect(await libraries.scan(made.id, false)).toBe(made.scanJobId);
    await expect(libraries.scan('nobody', false)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('folders come and go; with a folder goes what was in it, never a file on disk', async () => {
    await home.film('Alpha (1999).mkv');
    await home.scan();
    const more = `${home.folder.path}-more`;
    await mkdir(more);
    const renamed = await libraries.update(home.library.id, { name: 'Films', addFolder: more });
    expect(renamed).toMatchObject({ name: 'Films', titleCount: 1 });
    expect(renamed.folders).toHaveLength(2);
    const without = await libraries.update(home.library.id, { removeFolderId: home.folder.id });
    expect(without).toMatchObject({ titleCount: 0, fileCount: 0, folders: [{ path: more }] });
    await access(home.path('Alpha (1999).mkv'));
    await expect(libraries.update(home.library.id, { removeFolderId: 'nobody' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  test('a removed one stops its scan and leaves the disk alone', async () => {
    await home.film('Alpha (1999).mkv');
    await home.scan();
    const jobId = await libraries.scan(home.library.id, true);
    await libraries.remove(home.library.id);
    expect(control.cancelled).toEqual([jobId]);
    expect(await home.titles()).toEqual([]);
    expect(await home.database.read.count(Library)).toBe(0);
    await access(home.path('Alpha (1999).mkv'));
  });

  test('configured folders become libraries once', async () => {
    const path = `${home.folder.path}-my_films`;
    await mkdir(path);
    const argv = ['--media', path, '--media', `series=${path}2`, '--media', home.folder.path];
    for (let start = 0; start < 2; start++) {
      const configured = new ConfiguredLibraries(
        loadConfig({}, argv),
        home.database,
        libraries,
        scans,
        home.logger,
      );
      configured.onApplicationBootstrap();
      await configured.onApplicationShutdown();
    }
    expect((await libraries.list(null)).map(({ name, kind }) => [name.slice(-8), kind])).toEqual([
      ['Test', 'movies'],
      ['my films', 'mixed'],
    ]);
  });
});
