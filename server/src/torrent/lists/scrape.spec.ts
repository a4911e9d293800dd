import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Encodable, encodeBencode } from '../metainfo/bencode.js';
import { scrape, scrapeAddress, scrapeAll, type ScrapeOptions } from './scrape.js';

const HASH = '0123456789abcdef0123456789abcdef01234567';
const raw = Buffer.from(HASH, 'hex');
const patient: ScrapeOptions = { timeoutMs: 60_000, allowPrivate: true };
const nothing = { seeders: null, leechers: null, completed: null };

test.each([
  ['http://t.example.org/announce', 'http://t.example.org/scrape'],
  ['https://t.example.org/x/announce.php?passkey=1', 'https://t.example.org/x/scrape.php?passkey=1'],
  ['http://t.example.org:6969/announce', 'http://t.example.org:6969/scrape'],
  ['http://t.example.org/a', null],
  ['http://t.example.org/announce/a', null],
  ['http://t.example.org/x?announce', null],
  ['wss://t.example.org/announce', null],
  ['nothing', null],
])('%s is asked at %s', (tracker, address) => expect(scrapeAddress(tracker)).toBe(address));

describe('HTTP', () => {
  let server: Server;
  let tracker: string;
  let reply: (url: string) => Uint8Array;

  beforeAll(async () => {
    server = createServer((request, response) => response.end(reply(request.url ?? '')));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    tracker = `http://127.0.0.1:${(server.address() as AddressInfo).port}/announce`;
  });
  afterAll(async () => {
    server.close();
    await once(server, 'close');
  });

  const files = (counts: Record<string, number>): Uint8Array => {
    const file = new Map(Object.entries(counts));
    // Keys are bytes; the infohash is put in by hand.
    const inside = Buffer.concat([Buffer.from('d20:'), raw, encodeBencode(file), Buffer.from('e')]);
    return Buffer.concat([Buffer.from('d5:files'), inside, Buffer.from('e')]);
  };

  test('counts', async () => {
    let asked = '';
    reply = (url) => {
      asked = url;
      return files({ complete: 7, incomplete: 3, downloaded: 100 });
    };
    expect(await scrape(tracker, HASH, patient)).toEqual({
      tracker,
      seeders: 7,
      leechers: 3,
      completed: 100,
      error: null,
    });
    expect(asked).toBe(`/scrape?info_hash=${HASH.replaceAll(/../gu, '%$&')}`);
  });

  const answers: [what: string, body: () => Uint8Array, error: RegExp | null][] = [
    ['does not know it', () => encodeBencode(new Map<string, Encodable>([['files', new Map()]])), null],
    ['counts below nothing', () => files({ complete: -1 }), null],
    ['refuses', () => encodeBencode(new Map([['failure reason', 'no']])), /refused/u],
    ['answers with a page', () => Buffer.from('<html>'), /not understood/u],
    ['answers with nothing', () => Buffer.alloc(0), /not understood/u],
    ['answers with too much', () => Buffer.alloc(100_000), /larger/u],
  ];
  test.each(answers)('a tracker that %s', async (_what, body, error) => {
    reply = body;
    const result = await scrape(tracker, HASH, patient);
    expect(result).toMatchObject(nothing);
    if (error) expect(result.error).toMatch(error);
    else expect(result.error).toBeNull();
  });

  test('one of a private network is not asked', async () => {
    reply = () => {
      throw new Error('it was asked');
    };
    const result = await scrape(tracker, HASH, { ...patient, allowPrivate: false });
    expect(result).toMatchObject({ ...nothing, error: 'This tracker may not be asked.' });
  });
});

describe('UDP', () => {
  let server: Socket;
  let tracker: string;
  let answer: (packet: Buffer, send: (reply: Buffer) => void) => void;

  beforeAll(async () => {
    server = createSocket('udp4');
    server.on('message', (packet, from) =>
      answer(packet, (reply) => server.send(reply, from.port, from.address)),
    );
    server.bind(0, '127.0.0.1');
    await once(server, 'listening');
    tracker = `udp://127.0.0.1:${server.address().port}/announce`;
  });
  afterAll(async () => {
    server.close();
    await once(server, 'close');
  });

  const words = (...values: (number | Buffer)[]): Buffer =>
    Buffer.concat(
      values.map((value) => {
        if (typeof value !== 'number') return value;
        const word = Buffer.alloc(4);
        word.writeUInt32BE(value);
        return word;
      }),
    );
  const connection = Buffer.from('cafebabecafebabe', 'hex');
  const honest: typeof answer = (packet, send) => {
    if (packet.length === 16) send(words(0, packet.subarray(12), connection));
    else send(words(2, packet.subarray(12, 16), 7, 100, 3));
  };

  test('counts, over a connection', async () => {
    const packets: Buffer[] = [];
    answer = (packet, send) => {
      packets.push(packet);
      honest(packet, send);
    };
    expect(await scrape(tracker, HASH, patient)).toEqual({
      tracker,
      seeders: 7,
      leechers: 3,
      completed: 100,
      error: null,
    });
    expect(packets[0]?.subarray(0, 12).toString('hex')).toBe('000004172710198000000000');
    const last = packets[packets.length - 1];
    expect(last?.subarray(0, 12)).toEqual(Buffer.concat([connection, Buffer.from([0, 0, 0, 2])]));
    expect(last?.subarray(16)).toEqual(raw);
  });

  test('a lost packet is sent again; answers to others and short ones are passed over', async () => {
    let lost = 0;
    answer = (packet, send) => {
      if (lost++ === 0) return;
      send(Buffer.from([0, 0]));
      send(words(packet.length === 16 ? 0 : 2, Buffer.from('ffffffff', 'hex'), connection, connection));
      send(words(packet.length === 16 ? 0 : 2, packet.subarray(12, 16)));
      honest(packet, send);
    };
    expect(await scrape(tracker, HASH, { ...patient, againAfterMs: 50 })).toMatchObject({
      seeders: 7,
      error: null,
    });
  });

  test('a refusal, silence', async () => {
    answer = (packet, send) => send(words(3, packet.subarray(12, 16), Buffer.from('go away')));
    expect(await scrape(tracker, HASH, patient)).toMatchObject({
      ...nothing,
      error: 'The tracker refused to say.',
    });
    answer = () => undefined;
    expect((await scrape(tracker, HASH, { ...patient, timeoutMs: 200 })).error).toBe(
      'The tracker does not answer.',
    );
  });

  test('not past a proxy, nor while the interface is away, nor into private networks', async () => {
    answer = () => {
      throw new Error('it was asked');
    };
    const refused = async (options: Partial<ScrapeOptions>) =>
      (await scrape(tracker, HASH, { ...patient, ...options })).error;
    expect(await refused({ egress: { localAddresses: null, proxy: 'socks5://127.0.0.1:1' } })).toMatch(
      /proxy/u,
    );
    expect(await refused({ egress: { localAddresses: [], proxy: null } })).toMatch(/away/u);
    expect(await refused({ allowPrivate: false })).toMatch(/may not/u);
    const named = 'udp://rebind.example.org:80';
    const resolve = () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]);
    expect((await scrape(named, HASH, { ...patient, allowPrivate: false, resolve })).error).toMatch(
      /private network/u,
    );
  });
});

test('what is no infohash, and at most 20 trackers at once', async () => {
  expect((await scrape('http://t.example.org/announce', 'xyz', patient)).error).toMatch(/infohash/u);
  const many = Array.from({ length: 50 }, (_, index) => `ws://t${index}.example.org`);
  expect(await scrapeAll(many, HASH, patient)).toHaveLength(20);
});
