import type { InterfaceState } from '@hearth/dlna/discovery/advertiser';
import { findings, type Symptoms } from './findings.js';

const place = (over: Partial<InterfaceState> = {}): InterfaceState => ({
  name: 'eth0',
  address: '192.168.1.5',
  netmask: '255.255.255.0',
  kind: 'lan',
  announced: true,
  reason: '',
  lastAnnouncedAt: 1,
  searchesAnswered: 0,
  trouble: undefined,
  ...over,
});
const seen = (address: string, name = 'eth0') => ({
  address,
  target: 'ssdp:all',
  interface: name,
  answered: true,
  at: 1,
});

const healthy: Symptoms = {
  enabled: true,
  serverTrouble: undefined,
  wantedPort: 8097,
  port: 8097,
  inContainer: false,
  chosen: undefined,
  interfaces: [place()],
  portOwners: [],
  searches: [seen('192.168.1.20'), seen('192.168.1.20'), seen('192.168.1.21')],
  profileFaults: [],
  runningFor: 3_600_000,
};
const codes = (over: Partial<Symptoms>): string[] =>
  findings({ ...healthy, ...over }).map(({ code }) => code);

test('all is well: says where, and who came', () => {
  expect(findings(healthy)).toEqual([
    {
      severity: 'fine',
      code: 'announced',
      message: 'Announced on eth0 (192.168.1.5); 2 devices searched.',
      remedy: null,
    },
  ]);
});

test('a device profile of the household that cannot be used is named, with what is wrong in it', () => {
  const profileFaults = ['attic', 'den'].map((name) => ({
    file: `/data/dlna-profiles/${name}.json`,
    message: 'art: one of tn, sm, med expected, not "huge"',
  }));
  const found = findings({ ...healthy, profileFaults });
  expect(found.map(({ code }) => code)).toEqual(['profile-faulty', 'profile-faulty']);
  expect(found[0]).toMatchObject({
    severity: 'warning',
    message: 'The device profile attic.json cannot be used: art: one of tn, sm, med expected, not "huge"',
    remedy: 'Correct /data/dlna-profiles/attic.json; it is read again within seconds.',
  });
});

const eth0 = place({ address: '172.17.0.3', netmask: '255.255.0.0' });
const vpn = place({ name: 'wg0', kind: 'vpn', announced: false });
test.each<[string, Partial<Symptoms>, string[]]>([
  ['turned off', { enabled: false, interfaces: [] }, ['disabled']],
  ['no HTTP', { serverTrouble: 'EACCES' }, ['server-down']],
  ['a port that somebody else has', { port: 40_123 }, ['other-port']],
  ['any port', { wantedPort: 0, port: 40_123 }, ['announced']],
  ['a bridge', { inContainer: true, interfaces: [eth0] }, ['bridge-network']],
  [
    'two bridges',
    { inContainer: true, interfaces: [eth0, place({ name: 'eth1', address: '172.18.0.2' })] },
    ['bridge-network'],
  ],
  ['podman’s', { inContainer: true, interfaces: [place({ address: '10.88.0.4' })] }, ['bridge-network']],
  [
    'a container in the host’s network',
    {
      inContainer: true,
      interfaces: [
        place(),
        place({ name: 'docker0', kind: 'docker', address: '172.17.0.1', announced: false }),
      ],
    },
    ['announced'],
  ],
  [
    'a container with an address of the house (macvlan)',
    { inContainer: true, interfaces: [place({ address: '192.168.1.77' })] },
    ['announced'],
  ],
  ['172.17 without a container', { interfaces: [eth0] }, ['announced']],
  ['only a VPN', { interfaces: [vpn] }, ['no-home-network']],
  [
    'a name that nothing has',
    { chosen: ['eth7'], interfaces: [place({ announced: false })] },
    ['interface-missing'],
  ],
  ['no network', { interfaces: [place({ name: 'lo', kind: 'loopback', announced: false })] }, ['no-network']],
  [
    'port taken',
    { interfaces: [place({ trouble: 'EADDRINUSE' })], portOwners: ['?', 'minissdpd'] },
    ['port-taken'],
  ],
  ['firewall', { interfaces: [place({ trouble: 'EPERM' })] }, ['firewall']],
  ['cable out', { interfaces: [place({ trouble: 'ENETUNREACH' })] }, ['cannot-send']],
  [
    'trouble where nothing is announced',
    { interfaces: [place(), place({ announced: false, trouble: 'EPERM' })] },
    ['announced'],
  ],
  ['a guest network', { searches: [seen('192.168.50.4', '')] }, ['other-network']],
  ['nobody, for long', { searches: [] }, ['no-searches']],
  ['nobody yet', { searches: [], runningFor: 60_000 }, ['announced']],
  [
    'worst first',
    { searches: [seen('10.9.9.9', '')], serverTrouble: 'EACCES' },
    ['server-down', 'other-network'],
  ],
])('%s', (_, over, expected) => expect(codes(over)).toEqual(expected));

test('each trouble has one thing to do, with the names that matter', () => {
  const [taken] = findings({
    ...healthy,
    interfaces: [place({ trouble: 'EADDRINUSE' }), place({ name: 'eth1', trouble: 'EADDRINUSE' })],
    portOwners: ['?', 'minissdpd'],
  });
  expect(taken).toEqual({
    severity: 'problem',
    code: 'port-taken',
    message: 'UDP port 1900 is held by minissdpd, which shares it with nobody.',
    remedy: 'Stop minissdpd; Hearth takes the port within half a minute.',
  });
});
