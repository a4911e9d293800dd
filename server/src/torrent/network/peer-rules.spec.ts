import { dialablePeers } from './peer-rules.js';

const rows: [peer: string, dialled: string | null][] = [
  ['93.184.215.14:6881', '93.184.215.14:6881'],
  [' 93.184.215.14:6881 ', '93.184.215.14:6881'],
  ['[2606:2800:21F::1]:51413', '[2606:2800:21f::1]:51413'],
  ['93.184.215.14:1024', '93.184.215.14:1024'],
  ['93.184.215.14:1023', null],
  ['93.184.215.14:25', null],
  ['93.184.215.14:0', null],
  ['93.184.215.14:65536', null],
  ['93.184.215.14', null],
  ['127.0.0.1:6881', null],
  ['10.0.0.1:6881', null],
  ['[::1]:6881', null],
  ['[::ffff:127.0.0.1]:6881', null],
  ['[fe80::1%eth0]:6881', null],
  ['[64:ff9b::a00:1]:6881', null],
  ['2606:2800:21f::1:6881', null],
  ['example.org:6881', null],
  ['127.1:6881', null],
  ['0x7f.0.0.1:6881', null],
  ['1.2.3.4.5:6881', null],
  ['', null],
];
test.each(rows)('%s', (peer, dialled) => {
  expect(dialablePeers([peer], { allowPrivate: false })).toEqual(dialled === null ? [] : [dialled]);
});

test('each once, none that is blocked, and private ones where they are allowed', () => {
  expect(dialablePeers(['1.1.1.1:6881', '1.1.1.1:6881'], { allowPrivate: false })).toEqual(['1.1.1.1:6881']);
  const blocked = { has: (address: string) => address === '1.1.1.1' };
  expect(dialablePeers(['1.1.1.1:6881', '8.8.8.8:6881'], { allowPrivate: false, blocked })).toEqual([
    '8.8.8.8:6881',
  ]);
  expect(dialablePeers(['127.0.0.1:80', 'localhost:80'], { allowPrivate: true })).toEqual(['127.0.0.1:80']);
});
