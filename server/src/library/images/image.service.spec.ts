import { mkdir, mkdtemp, readdir, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { openTestDatabase, type TestDatabase } from '../../../../tests/support/database.js';
import { Logger, LogSink } from '../../common/log/logger.js';
import { WorkLimit } from '../../common/work-limit.js';
import { loadConfig } from '../../config/config.js';
import { libraryEntities } from '../entities.js';
import { Image } from '../entities/image.entity.js';
import { LibraryFolder } from '../entities/library-folder.entity.js';
import { Library } from '../entities/library.entity.js';
import { InProcessTags } from '../tags/in-process-tags.js';
import { ImageAnalyzer } from '../../common/pictures/image-analyzer.js';
import { knows } from '../../common/http/etag.js';
import { servedWidth } from '../../common/pictures/served-width.js';
import { ImageService } from './image.service.js';
import { ImageStore } from '../../common/pictures/image-store.js';
import { SharedWork } from '../../common/pictures/shared-work.js';

let place: string;
let opened: TestDatabase;
let images: ImageService;

const picture = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: { r: 200, g: 40, b: 40 } } });

const add = (id: string, relativePath: string) =>
  opened.database.write(
    (manager) =>
    manager.insert(Image, { id, folderId: 'folder', relativePath, kind: 'poster', size: 1, modifiedMs: 1, width: 0, height: 0 }), // prettier-ignore
  );

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'hearth-images-'));
  const folder = join(place, 'media');
  await mkdir(folder);
  opened = await openTestDatabase(libraryEntities);
  await opened.database.write(async (manager) => {
    await manager.insert(Library, { id: 'library', name: 'L', kind: 'movies', createdAt: 0 });
    await manager.insert(LibraryFolder, { id: 'folder', libraryId: 'library', path: folder });
  });
  await picture(1000, 1500).jpeg().toFile(join(folder, 'poster.jpg'));
  await picture(90, 60).withMetadata({ orientation: 6 }).jpeg().toFile(join(folder, 'turned.jpg'));
  await writeFile(join(folder, 'damaged.jpg'), Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(99)])); // prettier-ignore
  await writeFile(
    join(folder, 'drawing.jpg'),
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
  );
  await picture(50, 50).png().toFile(join(place, 'secret.png'));
  await symlink(join(place, 'secret.png'), join(folder, 'link.png'));
  const config = loadConfig({ DATA_DIR: join(place, 'data') }, []);
  const logger = new Logger(new LogSink('error', () => undefined), 'test');
  images = new ImageService(opened.database, new ImageAnalyzer(), config, logger, new InProcessTags());
});

afterAll(async () => {
  await opened.close();
  await rm(place, { recursive: true });
});

test('serves WebP at the next width, never enlarged, and fills in what it saw', async () => {
  await add('poster', 'poster.jpg');
  const { data, etag } = await images.serve('poster', 200);
  expect(await sharp(data).metadata()).toMatchObject({ format: 'webp', width: 240, height: 360 });
  expect(etag).toBe('"poster-1-1-240"');
  const [full, again] = [await images.serve('poster', 1920), await images.serve('poster', 200)];
  expect((await sharp(full.data).metadata()).width).toBe(1000);
  expect(again.data.equals(data)).toBe(true);
  const row = await opened.database.read.findOneByOrFail(Image, { id: 'poster' });
  expect(row).toMatchObject({ width: 1000, height: 1500 });
  expect(row.blurhash).toMatch(/^.{20,}$/);
  expect(row.color).toMatch(/^#[0-9a-f]{6}$/);
});

test('keeps them on disk, whole', async () => {
  const kept = await readdir(join(place, 'data', 'cache', 'images'));
  expect(kept.sort()).toEqual(['poster-1-1-1920.webp', 'poster-1-1-240.webp']);
});

test('turns pictures as EXIF says', async () => {
  await add('turned', 'turned.jpg');
  const { data } = await images.serve('turned', 160);
  expect(await sharp(data).metadata()).toMatchObject({ width: 60, height: 90 });
  expect(await opened.database.read.findOneBy(Image, { id: 'turned' })).toMatchObject({
    width: 60,
    height: 90,
  });
});

test.each([
  ['damaged', 'damaged.jpg', 'cannot be read'],
  ['drawing', 'drawing.jpg', 'cannot be read'],
  ['absent', 'absent.jpg', 'gone'],
  ['outside', '../secret.png', 'gone'],
  ['link', 'link.png', 'gone'],
  ['directory', '.', 'gone'],
])('says 404 and why: %s', async (id, path, reason) => {
  await add(id, path);
  const error = await images.serve(id, 240).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'NOT_FOUND' });
  expect(String(error)).toContain(reason);
  expect(String(error)).not.toContain(place);
});

test('an unknown id is not found', () =>
  expect(images.serve('nothing', 240)).rejects.toMatchObject({ code: 'NOT_FOUND' }));

test.each([
  [undefined, 1920],
  [1, 160],
  [160, 160],
  [161, 240],
  [3840, 1920],
])('width %s is served as %d', (wanted, width) => expect(servedWidth(wanted)).toBe(width));

test.each([
  ['"a"', true],
  ['W/"a"', true],
  ['"b", "a"', true],
  ['*', true],
  ['"b"', false],
  [undefined, false],
])('If-None-Match %s', (header, known) => expect(knows(header, '"a"')).toBe(known));

test('the store forgets what was used longest ago when it is full', async () => {
  const directory = join(place, 'store');
  const store = new ImageStore(directory, 1000);
  for (const name of ['old', 'used', 'new']) await store.write(name, Buffer.alloc(300));
  for (const [at, name] of ['old', 'used', 'new'].entries())
    await utimes(join(directory, `${name}.webp`), at, at);
  await store.read('old');
  await store.write('last', Buffer.alloc(300));
  expect((await readdir(directory)).sort()).toEqual(['last.webp', 'new.webp', 'old.webp']);
  expect(await store.read('used')).toBeUndefined();
});

test('a store that cannot write only misses', async () => {
  const store = new ImageStore(join(place, 'secret.png', 'no directory'));
  await store.write('name', Buffer.alloc(3));
  expect(await store.read('name')).toBeUndefined();
});

test('work of one key runs once, and only so much at once', async () => {
  const shared = new SharedWork<number>(new WorkLimit(2));
  let [running, most, runs] = [0, 0, 0];
  const work = async (): Promise<number> => {
    runs++;
    most = Math.max(most, ++running);
    await new Promise((resolve) => setImmediate(resolve));
    running--;
    return runs;
  };
  await Promise.all(['a', 'a', 'b', 'c', 'd', 'b'].map((key) => shared.run(key, work)));
  expect({ most, runs }).toEqual({ most: 2, runs: 4 });
  await expect(shared.run('x', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  await expect(shared.run('x', () => Promise.resolve(1))).resolves.toBe(1);
});
