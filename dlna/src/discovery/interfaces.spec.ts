import type { NetworkInterfaceInfo } from 'node:os';
import { lanInterfaces } from './interfaces.js';

const ipv4 = (address: string, netmask = '255.255.255.0', internal = false): NetworkInterfaceInfo => ({
  address,
  netmask,
  family: 'IPv4',
  mac: '52:54:00:12:34:56',
  internal,
  cidr: null,
});
const ipv6: NetworkInterfaceInfo = {
  address: 'fe80::1',
  netmask: 'ffff:ffff:ffff:ffff::',
  family: 'IPv6',
  mac: '52:54:00:12:34:56',
  internal: false,
  cidr: null,
  scopeid: 2,
};

const one = (name: string, info: NetworkInterfaceInfo, chosen?: readonly string[]) => {
  const [found] = lanInterfaces({ [name]: [info] }, chosen);
  return { kind: found?.kind, announced: found?.announced };
};

describe('networks of the house', () => {
  test.each([
    ['eth0', '192.168.1.10'],
    ['enp3s0', '10.0.0.5'],
    ['wlp2s0', '172.20.10.3'],
    ['br0', '192.168.1.10'],
    ['vmbr0', '192.168.1.10'],
    ['bond0', '192.168.1.10'],
    ['eth0.20', '192.168.20.1'],
    ['ovs_eth0', '192.168.1.10'],
    // A container on Docker's bridge: what it says goes nowhere, and the doctor says so.
    ['eth0', '172.17.0.2'],
  ])('%s %s is announced on', (name, address) =>
    expect(one(name, ipv4(address))).toEqual({ kind: 'lan', announced: true }),
  );
});

describe('other networks', () => {
  test.each([
    ['lo', ipv4('127.0.0.1', '255.0.0.0', true), 'loopback'],
    ['dummy0', ipv4('127.0.0.5', '255.0.0.0'), 'loopback'],
    ['eth0', ipv4('169.254.7.7', '255.255.0.0'), 'link-local'],
    ['docker0', ipv4('172.17.0.1', '255.255.0.0'), 'docker'],
    ['br-0a1b2c3d4e5f', ipv4('172.18.0.1', '255.255.0.0'), 'docker'],
    ['veth12ab', ipv4('172.18.0.9', '255.255.0.0'), 'docker'],
    ['podman0', ipv4('10.88.0.1', '255.255.0.0'), 'docker'],
    ['cni0', ipv4('10.42.0.1'), 'docker'],
    ['flannel.1', ipv4('10.42.0.0', '255.255.255.255'), 'docker'],
    ['lxcbr0', ipv4('10.0.3.1'), 'docker'],
    ['hassio', ipv4('172.30.32.1', '255.255.254.0'), 'docker'],
    ['virbr0', ipv4('192.168.122.1'), 'other'],
    ['vmnet8', ipv4('192.168.56.1'), 'other'],
    ['tun0', ipv4('10.8.0.2'), 'vpn'],
    ['tap0', ipv4('10.8.0.2'), 'vpn'],
    ['wg0', ipv4('10.13.13.2'), 'vpn'],
    ['tailscale0', ipv4('100.101.102.103', '255.255.255.255'), 'vpn'],
    ['ztabcdef12', ipv4('10.147.17.4'), 'vpn'],
    ['ppp0', ipv4('10.64.64.64', '255.255.255.255'), 'vpn'],
    ['eth1', ipv4('100.64.1.2'), 'vpn'],
    ['eth0', ipv4('203.0.113.7'), 'other'],
    ['eth0', ipv4('10.0.0.5', '255.255.255.255'), 'other'],
  ] as const)('%s %o is %s, and silent', (name, info, kind) => {
    expect(one(name, info)).toEqual({ kind, announced: false });
    expect(lanInterfaces({ [name]: [info] })[0]?.reason).toMatch(/^[A-Z].*\.$/);
  });

  test('IPv6 is not UPnP 1.0’s', () => expect(lanInterfaces({ eth0: [ipv6] })).toEqual([]));
});

describe('DLNA_INTERFACES', () => {
  const found = { eth0: [ipv4('192.168.1.5')], eth1: [ipv4('10.0.0.5')], tun0: [ipv4('10.8.0.2')] };
  const announced = (chosen: readonly string[]) =>
    lanInterfaces(found, chosen)
      .filter((place) => place.announced)
      .map(({ name }) => name);

  test.each([
    [['eth1'], ['eth1']],
    [['10.0.0.5'], ['eth1']],
    [
      ['tun0', 'eth0'],
      ['eth0', 'tun0'],
    ],
    [['eth'], []],
    [['eth9'], []],
  ])('%j announces on %j', (chosen, expected) => expect(announced(chosen)).toEqual(expected));

  test('says why', () => {
    const [eth0, eth1] = lanInterfaces(found, ['eth1']);
    expect([eth0?.reason, eth1?.reason]).toEqual([
      'DLNA_INTERFACES names others.',
      'DLNA_INTERFACES names it.',
    ]);
  });
});

test('cable and Wi-Fi in one network: one voice, or the television would list two servers', () => {
  const places = lanInterfaces({
    eth0: [ipv4('192.168.1.5'), ipv4('192.168.1.6'), ipv4('192.168.2.5')],
    wlan0: [ipv4('192.168.1.7')],
  });
  expect(places.map(({ address, announced }) => [address, announced])).toEqual([
    ['192.168.1.5', true],
    ['192.168.1.6', false],
    ['192.168.2.5', true],
    ['192.168.1.7', false],
  ]);
  expect(places[3]?.reason).toBe('The same network as eth0 (192.168.1.5), which announces there.');
});
