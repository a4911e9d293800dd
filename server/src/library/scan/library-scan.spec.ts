import { execFileSync } from 'node:child_process';
import { mkdir, rename, rm, symlink, utimes } from 'node:fs/promises';
import { TestJob, TestLibrary } from '../../../../tests/support/library.js';
import { Secrets } from '../../config/secrets.js';
import { nfoFiles } from '../../provider/builtin/home/home-manifests.js';
import { JobInterrupted } from '../../jobs/job-queue.js';
import { ExternalSubtitle } from '../entities/external-subtitle.entity.js';
import { Image } from '../entities/image.entity.js';
import { LibraryFolder } from '../entities/library-folder.entity.js';
import { Credit } from '../entities/credit.entity.js';

describe('a library of films', () => {
  let home: TestLibrary;
  beforeEach(async () => {
    home = await TestLibrary.open('movies');
  });
  afterEach(() => home.close());

  test('files become titles; versions of one film are one title', async () => {
    await home.film('Alpha (1999)/Alpha (1999) - 2160p.mkv');
    await home.film('Alpha (1999)/Alpha (1999) Director’s Cut 1080p.mkv');
    await home.film('Beta.2001.720p.WEB-DL.x264-GRP.mkv');
    await home.scan();
    expect((await home.titles()).map(({ name, year, available }) => ({ name, year, available }))).toEqual([
      { name: 'Alpha', year: 1999, available: true },
      { name: 'Beta', year: 2001, available: true },
    ]);
    const alpha = await home.title('Alpha');
    const versions = (await home.files()).filter((file) => file.titleId === alpha.id);
    expect(versions.map((file) => file.versionLabel)).toEqual([
      expect.any(String),
      expect.stringContaining('Director’s Cut'),
    ]);
    expect(alpha.runtimeSeconds).toBeCloseTo(1, 1);
    expect(alpha.maxHeight).toBe(108);
  });

  test('an unchanged tree is scanned again without opening a file', async () => {
    await home.film('Alpha (1999).mkv');
    await home.film('Alpha (1999) - The Sequel.mkv');
    await home.text('Alpha (1999).en.srt', '1\n00:00:00,000 --> 00:00:01,000\nHi\n');
    await home.text('Alpha (1999) - The Sequel.de.srt', '1\n00:00:00,000 --> 00:00:01,000\nHi\n');
    await home.scan();
    const subtitles = await home.database.read.find(ExternalSubtitle, { order: { relativePath: 'DESC' } });
    expect(subtitles.map(({ fileId }) => fileId)).toEqual([
      (await home.file('Alpha (1999).mkv')).id,
      (await home.file('Alpha (1999) - The Sequel.mkv')).id,
    ]);
    const before = await home.files();
    home.inspector.opened.length = 0;
    home.events.length = 0;
    await home.scan();
    expect(home.inspector.opened).toEqual([]);
    expect(await home.files()).toEqual(before);
    expect(home.events.map((event) => event.name)).not.toContain('library.changed');
  });

  test('a renamed film keeps row, title and progress, under its new name', async () => {
    await home.film('Alpha (1999).mkv');
    await home.scan();
    const [title, file] = [await home.title('Alpha'), await home.file('Alpha (1999).mkv')];
    await home.watch(title.id, null, 42);
    await mkdir(home.path('new'));
    await rename(home.path('Alpha (1999).mkv'), home.path('new/Omega (2003).mkv'));
    await home.scan();
    expect(await home.files()).toHaveLength(1);
    expect((await home.file('new/Omega (2003).mkv')).id).toBe(file.id);
    expect(await home.titles()).toEqual([
      expect.objectContaining({ id: title.id, name: 'Omega', year: 2003, available: true }),
    ]);
    expect(await home.playStates()).toEqual([
      expect.objectContaining({ item_id: title.id, position_seconds: 42 }),
    ]);
  });

  test('a copy is another version; when the first then goes, history goes where the copy is', async () => {
    await home.film('Alpha (1999).mkv');
    await home.scan();
    const [title, file] = [await home.title('Alpha'), await home.file('Alpha (1999).mkv')];
    await home.watch(title.id, null, 42);
    await home.film('Gamma (2005).mkv', 'Alpha (1999).mkv');
    await home.scan();
    expect(await home.titles()).toHaveLength(2);
    await rm(home.path('Alpha (1999).mkv'));
    await home.scan();
    expect(await home.files()).toEqual([
      expect.objectContaining({ id: file.id, relativePath: 'Gamma (2005).mkv', available: true }),
    ]);
    const gamma = await home.title('Gamma');
    expect(await home.titles()).toHaveLength(1);
    expect(await home.playStates()).toEqual([
      expect.objectContaining({ item_id: gamma.id, title_id: gamma.id, position_seconds: 42 }),
    ]);
  });

  test('files that vanish and a disk that is unplugged are kept, and come back with everything', async () => {
    await home.film('Alpha (1999).mkv');
    await home.film('Beta (2001).mkv');
    await home.scan();
    const alpha = await home.title('Alpha');
    await home.watch(alpha.id, null, 7);
    await rename(home.path('Alpha (1999).mkv'), `${home.folder.path}-aside.mkv`);
    await home.scan();
    expect((await home.titles()).map(({ available }) => available)).toEqual([false, true]);
    expect((await home.file('Alpha (1999).mkv')).missingSince).toBeGreaterThan(0);

    await rename(home.folder.path, `${home.folder.path}-unplugged`);
    await home.scan();
    expect((await home.titles()).map(({ available }) => available)).toEqual([false, false]);
    expect((await home.database.read.findOneByOrFail(LibraryFolder, { id: home.folder.id })).available).toBe(
      false,
    );
    await mkdir(home.folder.path); // an empty mount point
    await home.scan();
    expect(await home.titles()).toHaveLength(2);
    await rm(home.folder.path, { recursive: true });

    await rename(`${home.folder.path}-unplugged`, home.folder.path);
    await rename(`${home.folder.path}-aside.mkv`, home.path('Alpha (1999).mkv'));
    home.inspector.opened.length = 0;
    await home.scan();
    expect(home.inspector.opened).toEqual([]);
    expect((await home.titles()).map(({ available }) => available)).toEqual([true, true]);
    expect((await home.database.read.findOneByOrFail(LibraryFolder, { id: home.folder.id })).available).toBe(
      true,
    );
    expect(await home.playStates()).toEqual([
      expect.objectContaining({ item_id: alpha.id, position_seconds: 7 }),
    ]);
  });

  test('damaged, empty and nameless files are listed with a reason and stop nothing', async () => {
    await home.text('Broken (2000).mkv', 'this is no film');
    await home.text('Empty (2001).mp4');
    await home.film('Alpha (1999).mkv');
    await home.film('8f4e2c9a7b31d05e6f8a.mkv');
    await home.scan();
    const files = new Map((await home.files()).map((file) => [file.relativePath, file]));
    expect(files.get('Broken (2000).mkv')).toMatchObject({
      state: 'failed',
      reason: expect.stringMatching(/./) as string,
      titleId: null,
    });
    expect(files.get('Empty (2001).mp4')).toMatchObject({
      state: 'failed',
      reason: expect.stringMatching(/./) as string,
    });
    expect(files.get('8f4e2c9a7b31d05e6f8a.mkv')).toMatchObject({
      state: 'unmatched',
      reason: expect.stringMatching(/name/) as string,
    });
    expect((await home.titles()).map(({ name }) => name)).toEqual(['Alpha']);

    home.inspector.opened.length = 0;
    await home.scan();
    expect(home.inspector.opened).toEqual([]); // a failure is tried again only once the file changed
    await home.film('Broken (2000).mkv');
    await home.scan();
    expect((await home.file('Broken (2000).mkv')).state).toBe('matched');
  });

  test('sidecars describe a film, and are followed when they come, change and go', async () => {
    await home.film('Alpha (1999)/Alpha.1999.mkv');
    await home.scan();
    const { id } = await home.title('Alpha');
    await home.text(
      'Alpha (1999)/movie.nfo',
      `<movie><title>Älpha &amp; Co</title><year>1998</year><plot>About.</plot><genre>Drama</genre><uniqueid type="imdb">tt0123456</uniqueid>
       <actor><name>Ann Actor</name><role>Herself</role></actor><director>Dan Director</director></movie>`,
    );
    await home.text('Alpha (1999)/poster.jpg', 'jpg');
    await home.text('Alpha (1999)/Alpha.1999.de.forced.srt', '1\n');
    await home.text('Alpha (1999)/Subs/2_English.srt', '1\n');
    home.inspector.opened.length = 0;
    await home.scan();
    expect(home.inspector.opened).toEqual([]);
    const title = await home.title('Älpha & Co');
    expect(title).toMatchObject({
      id,
      year: 1998,
      overview: 'About.',
      genres: ['Drama'],
      externalIds: { imdb: 'tt0123456' },
      letter: 'A',
      sortName: 'alpha and co',
    });
    const poster = await home.database.read.findOneByOrFail(Image, { id: title.posterId ?? '' });
    expect(poster.relativePath).toBe('Alpha (1999)/poster.jpg');
    expect(await home.database.read.find(Credit, { order: { role: 'ASC' } })).toEqual([
      expect.objectContaining({ titleId: id, role: 'actor', character: 'Herself' }),
      expect.objectContaining({ titleId: id, role: 'director' }),
    ]);
    const subtitles = await home.database.read.find(ExternalSubtitle, { order: { relativePath: 'ASC' } });
    expect(subtitles.map(({ language, forced, format }) => ({ language, forced, format }))).toEqual([
      { language: 'de', forced: true, format: 'srt' },
      { language: 'en', forced: false, format: 'srt' },
    ]);
    await rm(home.path('Alpha (1999)/Subs'), { recursive: true });
    await rm(home.path('Alpha (1999)/poster.jpg'));
    await home.scan();
    expect(await home.database.read.count(ExternalSubtitle)).toBe(1);
    expect((await home.title('Älpha & Co')).posterId).toBeNull();
  });

  test('VobSub is one subtitle for each language of its index, and none without both files', async () => {
    const idx = (...languages: string[]): string =>
      `# VobSub index file, v7\n${languages.map((one, at) => `id: ${one}, index: ${at}\ntimestamp: 00:00:01:000, filepos: 0\n`).join('')}`;
    await home.film('Alpha (1999)/Alpha.mkv');
    await home.text('Alpha (1999)/Alpha.idx', idx('en', 'de'));
    await home.text('Alpha (1999)/Alpha.sub', 'packets');
    await home.text('Alpha (1999)/Alpha.fr.forced.idx', idx('--'));
    await home.text('Alpha (1999)/Alpha.fr.forced.sub', 'packets');
    await home.text('Alpha (1999)/Alpha.it.idx', idx('it'));
    await home.text('Alpha (1999)/Alpha.es.sub', '{1}{25}Text');
    await home.scan();
    const found = async (): Promise<[string, string | null, number | null, boolean][]> => {
      const all = await home.database.read.find(ExternalSubtitle, { order: { language: 'ASC' } });
      return all.map(({ format, language, streamIndex, forced }) => [format, language, streamIndex, forced]);
    };
    expect(await found()).toEqual([
      ['idx', 'de', 1, false],
      ['idx', 'en', 0, false],
      ['sub', 'es', null, false],
      ['idx', 'fr', 0, true],
    ]);
    const ids = async (): Promise<string[]> =>
      (await home.database.read.find(ExternalSubtitle)).map(({ id }) => id).sort();
    const before = await ids();
    await home.text('Alpha (1999)/movie.nfo', '<movie><title>Alpha</title></movie>');
    await home.scan();
    expect(await ids()).toEqual(before);
    await rm(home.path('Alpha (1999)/Alpha.sub'));
    await home.text('Alpha (1999)/movie.nfo', '<movie><title>Alphas</title></movie>');
    await home.scan();
    expect((await found()).map(([, language]) => language)).toEqual(['es', 'fr']);
  });

  test('an NFO is not read while NFOs are switched off among the providers', async () => {
    const nfo = { id: 'nfo', manifest: nfoFiles, priority: 0, hidden: false, configured: true };
    home.providers.push({ ...nfo, enabled: false });
    home.providers.unshift({ ...nfo, id: 'x', manifest: { ...nfoFiles, runtime: 'sandbox' }, enabled: true });
    await home.film('Alpha (1999)/Alpha.mkv');
    await home.text('Alpha (1999)/movie.nfo', '<movie><title>Omega</title><plot>Of the NFO.</plot></movie>');
    await home.scan();
    expect(await home.title('Alpha')).toMatchObject({ overview: null });
    home.providers.splice(1, 1, { ...nfo, enabled: true });
    await home.scan({ full: true });
    expect(await home.title('Omega')).toMatchObject({ overview: 'Of the NFO.' });
  });

  test('extras belong to their film, parts make one film, samples and unfinished downloads are left out', async () => {
    await home.film('Alpha (1999)/Alpha (1999).mkv');
    await home.film('Alpha (1999)/Alpha (1999)-trailer.mkv');
    await home.film('Alpha (1999)/Featurettes/Making of.mkv');
    await home.film('Beta (2001)/Beta (2001) CD1.mkv');
    await home.film('Beta (2001)/Beta (2001) CD2.mkv');
    await home.film('Gamma (2002).mkv.part');
    await home.film('.hidden/Delta (2003).mkv');
    await home.film('@eaDir/Delta (2003).mkv');
    await home.film('skip/Delta (2003).mkv');
    await home.text('skip/.hearthignore');
    await symlink(home.folder.path, home.path('Alpha (1999)/loop'));
    await home.scan();
    expect((await home.titles()).map(({ name }) => name)).toEqual(['Alpha', 'Beta']);
    const alpha = await home.title('Alpha');
    const extras = (await home.files()).filter((file) => file.extraKind !== null);
    expect(extras.map(({ extraKind, titleId }) => ({ extraKind, titleId }))).toEqual([
      { extraKind: 'trailer', titleId: alpha.id },
      { extraKind: 'featurette', titleId: alpha.id },
    ]);
  });

  test('the server’s own folder in a library is left out, also when something changes in it', async () => {
    await home.film('Alpha (1999).mkv');
    Secrets.load(home.path('server/data'));
    await home.film('server/data/demo/Movies/Beta (2001).mkv');
    await home.scan();
    for (const path of ['server/data', 'server/data/demo/Movies'])
      await home.scan({ within: [{ folderId: home.folder.id, path }] });
    expect((await home.files()).map(({ relativePath }) => relativePath)).toEqual(['Alpha (1999).mkv']);
  });

  test('a link to the root or to the kernel’s files is not followed', async () => {
    await home.film('Alpha (1999)/Alpha (1999).mkv');
    await symlink('/', home.path('Alpha (1999)/everything'));
    await symlink('/proc', home.path('Alpha (1999)/kernel'));
    await home.scan();
    expect((await home.files()).map(({ relativePath }) => relativePath)).toEqual([
      'Alpha (1999)/Alpha (1999).mkv',
    ]);
  });

  test('pipes, devices and endless files in the place of a film or an ignore file do not hold a scan up', async () => {
    await home.film('Alpha (1999)/Alpha (1999).mkv');
    execFileSync('mkfifo', [home.path('Alpha (1999)/.hearthignore'), home.path('Pipe (2000).mkv')]);
    await symlink('/dev/zero', home.path('Zero (2001).mkv'));
    await home.film('Beta (2001)/Beta (2001).mkv');
    await symlink('/dev/zero', home.path('Beta (2001)/.hearthignore'));
    await home.scan();
    expect((await home.titles()).map(({ name }) => name)).toEqual(['Alpha', 'Beta']);
  });

  test('a cancelled scan keeps what it did and the next goes on', async () => {
    for (let index = 0; index < 30; index++) await home.film(`Film ${index} (19${50 + index}).mkv`);
    const job = new TestJob((each) => {
      if (home.inspector.opened.length >= 12) each.cancel();
    });
    await expect(home.scan({}, job)).rejects.toThrow(JobInterrupted);
    const done = (await home.files()).length;
    expect(done).toBeGreaterThan(0);
    expect(done).toBeLessThan(30);
    expect(home.events.at(-1)).toMatchObject({ name: 'scan.progress', payload: { state: 'cancelled' } });
    home.inspector.opened.length = 0;
    await home.scan();
    expect(home.inspector.opened).toHaveLength(30 - done);
    expect(await home.titles()).toHaveLength(30);
  });

  test('a paused scan writes nothing more until it goes on', async () => {
    for (let index = 0; index < 10; index++) await home.film(`Film ${index} (19${50 + index}).mkv`);
    const gate = Promise.withResolvers<void>();
    const reached = Promise.withResolvers<void>();
    const job = new TestJob(async () => {
      if (home.inspector.opened.length < 4) return;
      reached.resolve();
      await gate.promise;
    });
    const scan = home.scan({}, job);
    await reached.promise;
    expect(await home.files()).toHaveLength(0);
    gate.resolve();
    await scan;
    expect(await home.files()).toHaveLength(10);
  });

  test('changed bytes at a known path are inspected again', async () => {
    await home.film('Alpha (1999).mkv');
    await home.scan();
    const before = await home.file('Alpha (1999).mkv');
    await home.film('Alpha (1999).mkv');
    await utimes(home.path('Alpha (1999).mkv'), 1, 1);
    await home.scan();
    const after = await home.file('Alpha (1999).mkv');
    expect(after).toMatchObject({ id: before.id, titleId: before.titleId, modifiedMs: 1000 });
    expect(after.fingerprint).not.toBe(before.fingerprint);
  });

  test('a scan of one directory leaves the rest alone', async () => {
    await home.film('a/Alpha (1999).mkv');
    await home.film('b/Beta (2001).mkv');
    await home.scan();
    await rm(home.path('a/Alpha (1999).mkv'));
    await rm(home.path('b/Beta (2001).mkv'));
    await home.film('a/Gamma (2002).mkv');
    await home.scan({ within: [{ folderId: home.folder.id, path: 'a' }] });
    expect((await home.files()).map(({ relativePath, available }) => [relativePath, available])).toEqual([
      ['a/Alpha (1999).mkv', false],
      ['a/Gamma (2002).mkv', true],
      ['b/Beta (2001).mkv', true],
    ]);
  });
});
