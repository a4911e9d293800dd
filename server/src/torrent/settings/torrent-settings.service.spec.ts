import { loadConfig } from '../../config/config.js';
import { openTestDatabase, type TestDatabase } from '../../../../tests/support/database.js';
import { TorrentSettingEntity } from '../entities/torrent-setting.entity.js';
import { Clock } from '../manage/clock.js';
import { TorrentSettingsService } from './torrent-settings.service.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase([TorrentSettingEntity]);
});
afterEach(() => database.database.write((manager) => manager.clear(TorrentSettingEntity)));
afterAll(() => database.close());

async function service(env: Record<string, string> = {}): Promise<TorrentSettingsService> {
  const settings = new TorrentSettingsService(
    database.database,
    loadConfig({ DATA_DIR: database.directory, ...env }, []),
    new Clock(),
  );
  await settings.load();
  return settings;
}

test('off, until the notice was accepted; then for good', async () => {
  const fresh = await service();
  expect(fresh.current).toMatchObject({ enabled: false, noticeAcceptedAt: null });
  await expect(fresh.change({ enabled: true })).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
  const heard: boolean[] = [];
  fresh.watch(({ enabled }) => heard.push(enabled));
  const changed = await fresh.change({ enabled: true, acceptNotice: true, maxActive: 2, port: 0 });
  expect(changed).toMatchObject({ enabled: true, maxActive: 2, noticeAcceptedAt: expect.any(String) });
  await fresh.change({ enabled: false });
  await fresh.change({ enabled: true });
  expect(heard).toEqual([true, false, true]);
  expect((await service()).current).toEqual(fresh.current);
});

test('what was not said comes from the environment, also later', async () => {
  const env = { WEBTORRENT_DOWNLOAD_LIMIT: '5', TORRENT_INTERFACE: 'wg0', DISABLE_DISCOVERY: 'true' };
  await (await service(env)).change({ uploadLimit: 7 });
  expect((await service({ ...env, WEBTORRENT_DOWNLOAD_LIMIT: '6' })).current).toMatchObject({
    ...{ downloadLimit: 6, uploadLimit: 7, networkInterface: 'wg0' },
    discovery: { dht: false, pex: false, lsd: false },
  });
});

test('the operator’s word comes before the notice, either way', async () => {
  const on = await service({ TORRENTS_ENABLED: 'true' });
  expect(on.current).toMatchObject({ enabled: true, noticeAcceptedAt: null });
  expect((await on.change({ enabled: false })).enabled).toBe(false);
  expect((await on.change({ enabled: true })).enabled).toBe(true);
  // Without that word, nobody has accepted anything.
  expect((await service()).isOn).toBe(false);
  await (await service()).change({ enabled: true, acceptNotice: true });
  const off = await service({ TORRENTS_ENABLED: 'false' });
  expect(off.isOn).toBe(false);
  await expect(off.change({ enabled: true })).rejects.toMatchObject({ code: 'TORRENTS_DISABLED' });
});

test('faults are told together and change nothing', async () => {
  const settings = await service();
  const before = settings.current;
  const faulty = settings.change({ proxy: 'x', watchFolder: 'y', uploadLimit: 9 });
  await expect(faulty).rejects.toMatchObject({
    extras: { errors: [{ path: 'proxy' }, { path: 'watchFolder' }] },
  });
  expect(settings.current).toBe(before);
});
