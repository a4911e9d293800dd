import { isPublicAddress, specialPurpose } from './address-rules.js';

/** First and last address of every range, and its neighbours that are not in it. */
const ranges: [purpose: string, first: string, last: string, before: string | null, after: string | null][] = [
  ['this-network', '0.0.0.0', '0.255.255.255', null, '1.0.0.0'],
  ['private', '10.0.0.0', '10.255.255.255', '9.255.255.255', '11.0.0.0'],
  ['shared', '100.64.0.0', '100.127.255.255', '100.63.255.255', '100.128.0.0'],
  ['loopback', '127.0.0.0', '127.255.255.255', '126.255.255.255', '128.0.0.0'],
  ['link-local', '169.254.0.0', '169.254.255.255', '169.253.255.255', '169.255.0.0'],
  ['private', '172.16.0.0', '172.31.255.255', '172.15.255.255', '172.32.0.0'],
  ['protocol', '192.0.0.0', '192.0.0.255', '191.255.255.255', '192.0.1.0'],
  ['documentation', '192.0.2.0', '192.0.2.255', '192.0.1.255', '192.0.3.0'],
  ['protocol', '192.31.196.0', '192.31.196.255', '192.31.195.255', '192.31.197.0'],
  ['protocol', '192.52.193.0', '192.52.193.255', '192.52.192.255', '192.52.194.0'],
  ['relay', '192.88.99.0', '192.88.99.255', '192.88.98.255', '192.88.100.0'],
  ['private', '192.168.0.0', '192.168.255.255', '192.167.255.255', '192.169.0.0'],
  ['protocol', '192.175.48.0', '192.175.48.255', '192.175.47.255', '192.175.49.0'],
  ['benchmarking', '198.18.0.0', '198.19.255.255', '198.17.255.255', '198.20.0.0'],
  ['documentation', '198.51.100.0', '198.51.100.255', '198.51.99.255', '198.51.101.0'],
  ['documentation', '203.0.113.0', '203.0.113.255', '203.0.112.255', '203.0.114.0'],
  ['multicast', '224.0.0.0', '239.255.255.255', '223.255.255.255', null],
  ['reserved', '240.0.0.0', '255.255.255.255', null, null],
  ['reserved', '::', '::', null, null],
  ['loopback', '::1', '::1', null, null],
  ['reserved', '::2', '::ffff:ffff', null, null],
  ['translation', '64:ff9b:1::', '64:ff9b:1:ffff:ffff:ffff:ffff:ffff', null, null],
  ['discard', '100::', '100::ffff:ffff:ffff:ffff', null, null],
  ['discard', '100:0:0:1::', '100:0:0:1:ffff:ffff:ffff:ffff', null, null],
  ['protocol', '2001::', '2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff', '2000:ffff:ffff:ffff:ffff:ffff:ffff:ffff', '2001:200::'],
  ['documentation', '2001:db8::', '2001:db8:ffff:ffff:ffff:ffff:ffff:ffff', '2001:db7:ffff::', '2001:db9::'],
  ['protocol', '2620:4f:8000::', '2620:4f:8000:ffff:ffff:ffff:ffff:ffff', '2620:4f:7fff::', '2620:4f:8001::'],
  ['documentation', '3fff::', '3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff', '3ffe::', '3fff:1000::'],
  ['reserved', '4000::', '5eff:ffff::', null, null],
  ['protocol', '5f00::', '5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff', null, null],
  ['unique-local', 'fc00::', 'fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', null, null],
  ['link-local', 'fe80::', 'febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff', null, null],
  ['private', 'fec0::', 'feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', null, null],
  ['multicast', 'ff00::', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', null, null],
]; // prettier-ignore
test.each(ranges)('%s: %s–%s', (purpose, first, last, before, after) => {
  expect([specialPurpose(first), specialPurpose(last)]).toEqual([purpose, purpose]);
  for (const neighbour of [before, after])
    if (neighbour !== null) expect(specialPurpose(neighbour)).toBeNull();
});

const carried: [address: string, purpose: string | null][] = [
  ['::ffff:127.0.0.1', 'loopback'],
  ['::ffff:7f00:1', 'loopback'],
  ['::ffff:93.184.215.14', null],
  ['::ffff:0:10.0.0.1', 'private'],
  ['64:ff9b::192.168.1.1', 'private'],
  ['64:ff9b::5db8:d70e', null],
  ['2002:7f00:1::', 'loopback'],
  ['2002:c0a8:101::1', 'private'],
  ['2002:5db8:d70e::1', null],
  ['::127.0.0.1', 'reserved'],
  ['fe80::1%eth0', 'link-local'],
  ['2606:2800:21f::1%eth0', 'link-local'],
];
test.each(carried)('%s is as good as what it carries: %p', (address, purpose) => {
  expect(specialPurpose(address)).toBe(purpose);
});

test.each(['93.184.215.14', '1.1.1.1', '2606:2800:21f::1', '2a00::', '2003::1'])(
  '%s is public',
  (address) => {
    expect(isPublicAddress(address)).toBe(true);
  },
);

test.each([
  '',
  'localhost',
  '127.1',
  '0x7f.0.0.1',
  '017700000001',
  '2130706433',
  '1.2.3.4.5',
  '256.1.1.1',
  '1.2.3.4/8',
  '[::1]',
  ':::',
  'example.org',
  '１.1.1.1',
])('%j is no address, so nobody is sent there', (address) => {
  expect(specialPurpose(address)).toBeUndefined();
  expect(isPublicAddress(address)).toBe(false);
});
