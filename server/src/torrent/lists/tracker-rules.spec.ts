import { allowedTrackers, allowedWebSeeds, trackerVerdict, type TrackerVerdict } from './tracker-rules.js';

const open = { blocked: [], allowPrivate: false };

const rows: [url: string, verdict: TrackerVerdict][] = [
  ['http://tracker.example.org:6969/announce', 'allowed'],
  ['https://tracker.example.org/announce?x=1', 'allowed'],
  ['udp://tracker.example.org:6969', 'allowed'],
  ['udp://tracker.example.org:6969/announce', 'allowed'],
  ['wss://tracker.example.org', 'allowed'],
  ['udp://93.184.215.14:80', 'allowed'],
  ['udp://[2606:2800:21f::1]:80', 'allowed'],
  ['udp://tracker.example.org', 'malformed'],
  ['ftp://example.org', 'scheme'],
  ['file:///etc/passwd', 'scheme'],
  ['file://example.org/etc/passwd', 'scheme'],
  ['javascript:alert(1)', 'malformed'],
  ['dht://0123456789012345678901234567890123456789', 'malformed'],
  ['http://user:password@example.org/', 'malformed'],
  ['http://127.0.0.1/', 'private-address'],
  ['http://127.1/', 'private-address'],
  ['udp://0x7f000001:80', 'private-address'],
  ['http://[::1]:80/', 'private-address'],
  ['http://169.254.169.254/latest/meta-data', 'private-address'],
  ['http://localhost:8096/api', 'private-address'],
  ['http://nas.local/', 'private-address'],
  ['http://prowlarr:9696/', 'private-address'],
  [`http://example.org/${'a'.repeat(3000)}`, 'malformed'],
  ['', 'malformed'],
];
test.each(rows)('%.80s: %s', (url, verdict) => expect(trackerVerdict(url, open)).toBe(verdict));

const blocks: [pattern: string, url: string, verdict: TrackerVerdict][] = [
  ['bad.example.org', 'http://bad.example.org/a', 'blocked'],
  ['BAD.example.org ', 'udp://Bad.Example.org:80', 'blocked'],
  ['bad.example.org', 'http://not-bad.example.org/a', 'allowed'],
  ['bad.example.org', 'http://x.bad.example.org/a', 'allowed'],
  ['*.example.org', 'http://x.y.example.org/a', 'blocked'],
  ['*.example.org', 'http://example.org/a', 'blocked'],
  ['*.example.org', 'http://badexample.org/a', 'allowed'],
  ['http://example.org/bad', 'http://example.org/bad/announce', 'blocked'],
  ['http://example.org/bad', 'http://example.org/good', 'allowed'],
  ['93.184.215.14', 'udp://93.184.215.14:80', 'blocked'],
  ['# example.org', 'http://example.org/', 'allowed'],
  ['', 'http://example.org/', 'allowed'],
];
test.each(blocks)('“%s” and %s: %s', (pattern, url, verdict) => {
  expect(trackerVerdict(url, { ...open, blocked: [pattern] })).toBe(verdict);
});

test('a list is filtered in its order, each once; private ones stay where they may', () => {
  const urls = ['http://b.example.org', ' http://a.example.org', 'http://10.0.0.1/', 'http://b.example.org'];
  expect(allowedTrackers(urls, open)).toEqual(['http://b.example.org', 'http://a.example.org']);
  expect(allowedTrackers(urls, { ...open, allowPrivate: true })).toHaveLength(3);
  expect(allowedWebSeeds(['udp://x.example.org:1', 'https://x.example.org/f/'], open)).toEqual([
    'https://x.example.org/f/',
  ]);
});
