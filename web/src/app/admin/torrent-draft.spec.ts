import type { TorrentSettings } from '@hearth/contract/torrent';
import { changeOf, draftOf, type TorrentDraft } from './torrent-draft';

const settings: TorrentSettings = {
  enabled: true,
  noticeAcceptedAt: '2026-01-01T00:00:00.000Z',
  downloadLimit: 0,
  uploadLimit: 2_500_000,
  maxConnections: 100,
  maxPeers: 55,
  maxActive: 8,
  cacheBytes: 10_000_000_000,
  port: 6881,
  discovery: { dht: true, pex: true, lsd: false },
  encryption: 'prefer',
  seedRatio: 1.5,
  seedMinutes: 90,
  trackerListUrl: '',
  extraTrackers: ['https://tracker.example/announce'],
  blockedTrackers: [],
  blockListUrl: '',
  blockedAddresses: ['203.0.113.0/24'],
  networkInterface: '',
  proxy: '',
  watchFolder: '',
  schedules: [{ days: [1, 2], fromMinute: 480, toMinute: 1350, downloadLimit: 1_000_000, uploadLimit: 0 }],
  browserPeers: false,
};
const changed = (change: Partial<TorrentDraft>) =>
  changeOf({ ...draftOf(settings, 'en'), ...change }, settings);

test.each(['en', 'de'])('what is shown in %s and not touched changes nothing', (locale) => {
  expect(changeOf(draftOf(settings, locale), settings)).toEqual({ change: {} });
});

test('no limit is shown as nothing, others in units people know', () => {
  const draft = draftOf(settings, 'de');
  expect([draft.downloadLimit, draft.uploadLimit, draft.cacheBytes, draft.seedMinutes]).toEqual([
    '',
    '2,5',
    '10',
    '1,5',
  ]);
  expect(draft.schedules[0]).toEqual({
    days: [1, 2],
    from: '08:00',
    to: '22:30',
    pause: false,
    downloadLimit: '1',
    uploadLimit: '',
  });
});

test.each<[string, Partial<TorrentDraft>, object]>([
  ['only what differs is sent', { maxPeers: '60' }, { maxPeers: 60 }],
  ['a comma and a dot are the same', { downloadLimit: '1,25' }, { downloadLimit: 1_250_000 }],
  ['nothing typed is no limit', { uploadLimit: ' ' }, { uploadLimit: 0 }],
  ['lines without anything are left out', { extraTrackers: '\n a \n\nb' }, { extraTrackers: ['a', 'b'] }],
  ['spaces around an address do no harm', { proxy: ' socks5://h:1 ' }, { proxy: 'socks5://h:1' }],
  ['schedules may go', { schedules: [] }, { schedules: [] }],
  [
    'pausing is -1, over midnight is fine',
    {
      schedules: [
        { days: [6, 0], from: '23:00', to: '06:30', pause: true, downloadLimit: 'x', uploadLimit: '' },
      ],
    },
    { schedules: [{ days: [0, 6], fromMinute: 1380, toMinute: 390, downloadLimit: -1, uploadLimit: -1 }] },
  ],
])('%s', (_, change, sent) => {
  expect(changed(change)).toEqual({ change: sent });
});

test.each<[Partial<TorrentDraft>, string[]]>([
  [{ maxPeers: '' }, ['maxPeers']],
  [{ maxPeers: '1.5' }, ['maxPeers']],
  [{ maxConnections: '0' }, ['maxConnections']],
  [{ port: '70000' }, ['port']],
  [{ downloadLimit: 'fast' }, ['downloadLimit']],
  [{ cacheBytes: '0' }, ['cacheBytes']],
  [{ trackerListUrl: 'list.txt', blockListUrl: 'ftp://x' }, ['trackerListUrl', 'blockListUrl']],
  [{ proxy: 'http://h:1' }, ['proxy']],
  [{ watchFolder: 'torrents' }, ['watchFolder']],
  [
    {
      schedules: [{ days: [], from: '08:00', to: '09:00', pause: true, downloadLimit: '', uploadLimit: '' }],
    },
    ['schedules'],
  ],
  [
    {
      schedules: [{ days: [1], from: '08:00', to: '08:00', pause: true, downloadLimit: '', uploadLimit: '' }],
    },
    ['schedules'],
  ],
])('%p is not taken', (change, wrong) => {
  expect(changed(change)).toEqual({ wrong });
});
