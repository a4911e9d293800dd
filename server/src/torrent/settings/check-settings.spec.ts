import type { TorrentSettings } from '@hearth/contract/torrent';
import { settingFaults } from './check-settings.js';

test.each<[Partial<TorrentSettings>, string[]]>([
  [{}, []],
  [{ trackerListUrl: '', blockListUrl: '', proxy: '', networkInterface: '', watchFolder: '' }, []],
  [{ trackerListUrl: 'https://lists.example/best.txt', blockListUrl: 'http://nas/x.gz' }, []],
  [{ trackerListUrl: 'file:///etc/passwd', blockListUrl: 'nonsense' }, ['trackerListUrl', 'blockListUrl']],
  [{ proxy: 'socks5://10.0.0.1:1080' }, []],
  [{ proxy: 'socks5h://me:secret@[fd00::1]:1080' }, []],
  [{ proxy: 'http://10.0.0.1:3128' }, ['proxy']],
  [{ blockedAddresses: ['1.2.3.4', '10.0.0.0/8', '1.1.1.1-1.1.1.9', '2001:db8::/32'] }, []],
  [{ blockedAddresses: ['1.2.3.4', 'host', '1.1.1.1-', '10.0.0.0/99'] }, ['blockedAddresses.1', 'blockedAddresses.2', 'blockedAddresses.3']],
  [{ networkInterface: 'wg0', watchFolder: '/srv/torrents' }, []],
  [{ networkInterface: 'wg 0; rm', watchFolder: 'torrents' }, ['networkInterface', 'watchFolder']],
  [{ watchFolder: '/data/hearth/torrents' }, ['watchFolder']],
  [{ watchFolder: '/data/hearth' }, ['watchFolder']],
  [{ watchFolder: '/data/hearth-torrents' }, []],
])('%j', (change, faults) => {
  expect(settingFaults(change, '/data/hearth').map(({ path }) => path)).toEqual(faults);
}); // prettier-ignore
