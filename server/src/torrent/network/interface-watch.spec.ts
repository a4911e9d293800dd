import type { NetworkInterfaceInfo } from 'node:os';
import { jest } from '@jest/globals';
import { type InterfaceState, InterfaceWatch } from './interface-watch.js';

const address = (text: string): NetworkInterfaceInfo => ({
  ...{ address: text, netmask: '', mac: '', internal: false, cidr: null },
  ...(text.includes(':') ? { family: 'IPv6', scopeid: 0 } : { family: 'IPv4' }),
});

describe('watching', () => {
  let interfaces: Record<string, NetworkInterfaceInfo[]>;
  let reads: number;
  const watch = new InterfaceWatch({
    everyMs: 1000,
    read: () => {
      reads++;
      return interfaces;
    },
  });

  beforeEach(() => {
    jest.useFakeTimers();
    interfaces = { lo: [address('127.0.0.1')], wg0: [address('10.8.0.2'), address('fe80::1')] };
    reads = 0;
  });
  afterEach(() => jest.useRealTimers());

  test('says how it is, then every change, then nothing', () => {
    const heard: InterfaceState[] = [];
    const stop = watch.watch('wg0', (state) => heard.push(state));
    expect(heard).toEqual([{ name: 'wg0', addresses: ['10.8.0.2'], up: true }]);
    jest.advanceTimersByTime(5000);
    expect(heard).toHaveLength(1);
    delete interfaces['wg0'];
    jest.advanceTimersByTime(1000);
    expect(heard[1]).toEqual({ name: 'wg0', addresses: [], up: false });
    interfaces['wg0'] = [address('fe80::1')];
    jest.advanceTimersByTime(1000);
    expect(heard).toHaveLength(2);
    interfaces['wg0'] = [address('10.8.0.9'), address('fd00::9')];
    jest.advanceTimersByTime(1000);
    expect(heard[2]).toEqual({ name: 'wg0', addresses: ['10.8.0.9', 'fd00::9'], up: true });
    stop();
    interfaces = {};
    jest.advanceTimersByTime(10_000);
    expect(heard).toHaveLength(3);
  });

  test('one that is not there is down at once; no name costs nothing', () => {
    const heard: InterfaceState[] = [];
    watch.watch('__proto__', (state) => heard.push(state))();
    expect(heard).toEqual([{ name: '__proto__', addresses: [], up: false }]);
    reads = 0;
    watch.watch('', () => heard.push({ name: '', addresses: [], up: false }))();
    jest.advanceTimersByTime(10_000);
    expect([reads, heard.length]).toEqual([0, 1]);
  });

  test('a system that does not answer has no way out', () => {
    const broken = new InterfaceWatch({
      read: () => {
        throw new Error('EPERM');
      },
    });
    expect(broken.state('wg0').up).toBe(false);
    expect(broken.list()).toEqual([]);
  });
});

test('this machine has an interface', () => {
  expect(new InterfaceWatch().list().some(({ up }) => up)).toBe(true);
});
