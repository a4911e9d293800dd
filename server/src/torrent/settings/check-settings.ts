import { isAbsolute, relative } from 'node:path';
import type { TorrentSettings } from '@hearth/contract/torrent';
import ipaddr from 'ipaddr.js';

interface Fault {
  readonly path: string;
  readonly message: string;
}

const isHttp = (text: string): boolean => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);

/** `socks5://[user:password@]host:port`; with `socks5h` the proxy resolves names. */
const isProxy = (text: string): boolean =>
  /^socks5h?:\/\/(?:[^\s/@]+@)?(?:[\w.-]+|\[[0-9a-f:]+\]):\d{1,5}$/i.test(text);

/** An address, a network (`10.0.0.0/8`), or a range (`10.0.0.1-10.0.0.9`). */
function isAddressRange(text: string): boolean {
  const [first = '', last, ...more] = text.split('-').map((part) => part.trim());
  if (more.length > 0) return false;
  if (last !== undefined) return ipaddr.isValid(first) && ipaddr.isValid(last);
  return first.includes('/') ? ipaddr.isValidCIDR(first) : ipaddr.isValid(first);
}

const isInside = (path: string, folder: string): boolean => {
  const way = relative(folder, path);
  return way === '' || (!way.startsWith('..') && !isAbsolute(way));
};

/** What the shapes of the contract cannot say of settings. @returns every fault */
export function settingFaults(change: Partial<TorrentSettings>, dataDirectory: string): Fault[] {
  const faults: Fault[] = [];
  const check = (path: string, isRight: boolean, message: string): void => {
    if (!isRight) faults.push({ path, message });
  };
  for (const name of ['trackerListUrl', 'blockListUrl'] as const) {
    const url = change[name];
    if (url) check(name, isHttp(url), 'an http or https address, or nothing');
  }
  if (change.proxy) check('proxy', isProxy(change.proxy), 'socks5://host:port, or nothing');
  change.blockedAddresses?.forEach((range, at) =>
    check(`blockedAddresses.${at}`, isAddressRange(range), 'an address, 10.0.0.0/8 or 10.0.0.1-10.0.0.9'),
  );
  if (change.networkInterface)
    check('networkInterface', /^[\w.:@-]+$/.test(change.networkInterface), 'the name of an interface');
  const folder = change.watchFolder;
  if (folder) {
    check('watchFolder', isAbsolute(folder) && !folder.includes('\0'), 'a path from the root');
    check('watchFolder', !isInside(folder, dataDirectory), 'not in the data folder of the server');
  }
  return faults;
}
