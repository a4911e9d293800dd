/** Torrents, magnet links and peers that nobody means well with, from a seed. */
import { connect } from 'node:net';

/** Bencodes (BEP 3) what is given as it is: keys in the order they come, numbers as they are. */
export function bencode(value) {
  if (typeof value === 'number' || typeof value === 'bigint') return Buffer.from(`i${value}e`);
  if (typeof value === 'string') value = Buffer.from(value);
  if (Buffer.isBuffer(value)) return Buffer.concat([Buffer.from(`${value.length}:`), value]);
  const parts = Array.isArray(value) ? value : Object.entries(value).flat();
  return Buffer.concat([
    Buffer.from(Array.isArray(value) ? 'l' : 'd'),
    ...parts.map(bencode),
    Buffer.from('e'),
  ]);
}

/** What no file may be called; `mark` shows where one was made all the same. */
const badNames = (mark) => [
  ...[
    `../../${mark}`,
    `../../../../../../tmp/${mark}`,
    `/tmp/${mark}`,
    `..\\..\\${mark}`,
    `${mark}\0.mkv`,
    '..',
    '.',
    '',
  ],
  ...[
    `C:\\${mark}`,
    `\u202e${mark}vkm.exe`,
    `${mark}/../../../${mark}`,
    'a'.repeat(5000),
    `con`,
    `\ud800${mark}`,
    `${mark}\n`,
  ],
];

/** Addresses inside the house, and `canary`, which counts who comes. */
const inside = (canary) => [
  ...[canary, canary.replace('127.0.0.1', 'localhost'), canary.replace('127.0.0.1', '2130706433')],
  ...[canary.replace('127.0.0.1', '[::ffff:127.0.0.1]'), canary.replace('127.0.0.1', '0x7f.1')],
  ...[
    'http://169.254.169.254/latest',
    'http://10.0.0.1/',
    'http://[fe80::1]/',
    'file:///etc/passwd',
    'udp://127.0.0.1:9/',
  ],
];

/** @param random 0 ≤ x < 1 @param canary `http://127.0.0.1:port/…` that nobody may ask */
export function hostileTorrent(random, n, mark, canary) {
  const pick = (list) => list[Math.floor(random() * list.length)];
  const size = pick([0, 1, 1e6, 2 ** 40, 2 ** 53, -1, 1.5e15]);
  const pieceLength = pick([16384, 262144, 0, -1, 1, 2 ** 31, 2 ** 40, 3]);
  const honest = size >= 0 && pieceLength > 0 && size / pieceLength < 1e5 ? Math.ceil(size / pieceLength) : 3;
  const info = {
    ...(random() < 0.5
      ? { files: Array.from({ length: pick([0, 1, 3, 200]) }, () => ({ length: size, path: pick([[pick(badNames(mark))], ['a', pick(badNames(mark))], [], 'x', [[]]]) })) }
      : { length: size }),
    name: pick(badNames(`${mark}-${n}`)),
    'piece length': pieceLength,
    pieces: pick([Buffer.alloc(honest * 20, n & 255), Buffer.alloc(7), Buffer.alloc(0), 'x', 5]),
    ...(random() < 0.2 && { private: 1 }),
    ...(random() < 0.2 && { 'meta version': 2, 'file tree': {} }),
  }; // prettier-ignore
  const whole = {
    ...(random() < 0.7 && { announce: pick(inside(canary)) }),
    ...(random() < 0.3 && { 'announce-list': inside(canary).map((url) => [url]) }),
    info,
    ...(random() < 0.5 && { 'url-list': inside(canary) }),
    ...(random() < 0.3 && { httpseeds: inside(canary) }),
    ...(random() < 0.2 && { nodes: [['127.0.0.1', 6881]] }),
  };
  return damaged(bencode(whole), random);
}

/** Left as it is, cut off, with other bytes in it, wrapped too deep, or with a length that lies. */
function damaged(bytes, random) {
  const how = random();
  if (how < 0.6) return bytes;
  if (how < 0.7) return bytes.subarray(0, Math.floor(random() * bytes.length));
  if (how < 0.9) {
    const copy = Buffer.from(bytes);
    for (let n = 0; n < 1 + random() * 8; n++)
      copy[Math.floor(random() * copy.length)] = Math.floor(random() * 256);
    return copy;
  }
  if (how < 0.95) return Buffer.concat([Buffer.alloc(200_000, 'l'), bytes]);
  return Buffer.concat([Buffer.from('d4:info99999999999:'), bytes]);
}

export function hostileMagnet(random, n, canary) {
  const pick = (list) => list[Math.floor(random() * list.length)];
  const hash = Buffer.from(Array.from({ length: 20 }, () => Math.floor(random() * 256))).toString('hex');
  const parts = [
    `xt=urn:btih:${pick([hash, hash, hash, hash.slice(1), 'z'.repeat(40), '', `${hash}&xt=urn:btmh:1220${hash}`])}`,
  ];
  const traps = inside(canary).map(encodeURIComponent);
  for (const key of ['tr', 'xs', 'as', 'ws', 'x.pe', 'tr.1', 'mt'])
    if (random() < 0.6) parts.push(`${key}=${pick([...traps, '127.0.0.1:1', '%', '%00', 'x'.repeat(3000)])}`);
  parts.push(`dn=${encodeURIComponent(pick(['../../x', '\0', '<script>', 'a'.repeat(4000), `Film ${n}`]))}`);
  return pick(['magnet:?', 'magnet:?', 'magnet:?', 'MAGNET:?', 'http:', '']) + parts.join('&');
}

/** Messages of BEP 3 and 10 that lie: lengths, indices, metadata that is larger than the world. */
function badFrames(random) {
  const frame = (id, ...numbers) => {
    const body = Buffer.alloc(1 + numbers.length * 4);
    body[0] = id;
    numbers.forEach((number, at) => body.writeUInt32BE(number >>> 0, 1 + at * 4));
    const length = Buffer.alloc(4);
    length.writeUInt32BE(body.length);
    return Buffer.concat([length, body]);
  };
  const extended = (id, text) => {
    const body = Buffer.concat([Buffer.from([20, id]), Buffer.from(text)]);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(body.length);
    return Buffer.concat([length, body]);
  };
  const noise = Buffer.from(Array.from({ length: 400 }, () => Math.floor(random() * 256)));
  return [
    Buffer.from([0xff, 0xff, 0xff, 0xff, 7]), frame(4, 0xffffffff), frame(4, 7), frame(5), frame(6, 0, 0, 0xffffffff),
    frame(6, 0xffffffff, 0, 16384), frame(7, 0xffffffff, 0), frame(7, 0, 0xfffffff0, 1), frame(8, 1, 2, 3), frame(9, 1),
    extended(0, 'd1:md11:ut_metadatai1ee13:metadata_sizei99999999999ee'), extended(0, 'd1:md11:ut_metadatai1ee13:metadata_sizei-5ee'),
    extended(0, 'i1e'), extended(1, 'd8:msg_typei1e5:piecei0e10:total_sizei5eexxxxx'), extended(1, 'd8:msg_typei0e5:piecei999999ee'),
    extended(2, 'd5:added6:\x7f\0\0\x01\0\x09e'), extended(200, 'x'), noise,
  ]; // prettier-ignore
}

/** Shakes hands for a torrent and then says something wrong. @returns when it is over, either way */
export function hostilePeer(random, port, infoHash) {
  const handshake = Buffer.concat([
    ...[Buffer.from([19]), Buffer.from('BitTorrent protocol'), Buffer.from([0, 0, 0, 0, 0, 16, 0, 5])],
    ...[
      Buffer.from(infoHash, 'hex'),
      Buffer.from(`-XX0000-${String(random()).padEnd(14, '0').slice(2, 14)}`),
    ],
  ]);
  const frames = badFrames(random);
  return new Promise((over) => {
    const socket = connect(port, '127.0.0.1');
    const end = () => (socket.destroy(), over());
    socket.setTimeout(3000, end).on('error', end).on('close', end);
    socket.once('connect', () => {
      if (random() < 0.1) return socket.end(frames.at(-1));
      socket.write(handshake);
      for (let n = 0; n < 3; n++) socket.write(frames[Math.floor(random() * frames.length)]);
      setTimeout(end, 50 + random() * 200);
    });
    socket.resume();
  });
}
