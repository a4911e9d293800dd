import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger, LogSink } from '../common/log/logger.js';
import { DeviceProfiles } from './device-profiles.service.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hearth-profiles-'));
  mkdirSync(join(folder, 'dlna-profiles'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a fault that comes while it runs is logged once, and gone when it is mended', async () => {
  const warned: unknown[] = [];
  const logger = new Logger(new LogSink('error'), 'test');
  logger.scoped = () => logger;
  logger.warn = (_, fields) => void warned.push(fields);
  const profiles = new DeviceProfiles({ dataDirectory: folder } as never, logger);
  const file = join(folder, 'dlna-profiles', 'attic.json');
  const book = await profiles.book();
  expect([await profiles.faults(), warned]).toEqual([[], []]);
  writeFileSync(file, '{');
  book.reload();
  expect(await profiles.faults()).toMatchObject([{ file }]);
  // Another file changes; this one is as faulty as before.
  writeFileSync(join(folder, 'dlna-profiles', 'vlc.json'), '{ "flags": "none" }');
  book.reload();
  expect(warned).toMatchObject([{ file }]);
  rmSync(file);
  book.reload();
  expect(await profiles.faults()).toEqual([]);
  expect(warned).toHaveLength(1);
});
