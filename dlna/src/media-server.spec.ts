import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { isNeighbour } from './http/neighbour.js';
import { patternFile } from './testing/memory-source.js';
import { connected, exchange, parseAnswer, untilClosed } from './testing/raw-http.js';
import { Served, soapCall } from './testing/served.js';

let served: Served;
beforeEach(async () => {
  served = await new Served({ headersTimeout: 400, requestTimeout: 800, mostConnectionsPerPeer: 40 }).start();
});
afterEach(() => served.stop());

test('the description and everything it points to are there, and not elsewhere', async () => {
  const description = await served.ask('GET /description.xml');
  expect(description.status).toBe(200);
  expect(description.headers.get('content-type')).toBe('text/xml; charset="utf-8"');
  const xml = description.body.toString();
  expect(xml).toContain('<friendlyName>Hearth &amp; Söhne</friendlyName>');
  expect(Buffer.byteLength(xml)).toBe(Number(description.headers.get('content-length')));
  const urls = [...xml.matchAll(/<(?:url|SCPDURL)>([^<]+)</g)].map(([, url = '']) => url);
  expect(urls).toHaveLength(7);
  for (const url of urls) expect([url, (await served.ask(`GET ${url}`)).status]).toEqual([url, 200]);
  const icon = await served.ask('GET /icons/120.png');
  expect(icon.body.equals(await readFile(new URL('../icons/120.png', import.meta.url)))).toBe(true);
  expect(icon.body.subarray(1, 4).toString()).toBe('PNG');
});

test('each kind of device gets its own description', async () => {
  const of = async (userAgent: string): Promise<string> =>
    (await served.ask('GET /description.xml', { 'User-Agent': userAgent })).body.toString();
  expect(await of('SEC_HHP_[TV] UE40ES6300')).toContain('<sec:ProductCap>');
  expect(await of('Xbox/2.0')).toContain('<modelName>Windows Media Connect</modelName>');
});

test.each([
  ['GET /', 404],
  ['GET /media/', 404],
  ['GET /media/unknown.mkv', 404],
  ['GET /media/../../etc/passwd', 404],
  ['GET /media/%2e%2e%2fx.mkv', 404],
  ['GET /art/unknown.jpg', 404],
  ['GET /icons/7.png', 404],
  ['POST /description.xml', 405],
  ['GET /ContentDirectory/control', 405],
  ['POST /ContentDirectory/events', 405],
  ['OPTIONS /media/x.mkv', 405],
  ['NOTIFY /description.xml', 405],
  ['HEAD /description.xml', 200],
  ['GET http://10.0.0.1:1/description.xml', 200],
  ['GET //description.xml', 200],
])('%s', async (line, status) => {
  const answer = await served.ask(line);
  expect(answer.status).toBe(status);
  expect(answer.headers.has('content-length')).toBe(true);
  expect(answer.headers.has('location')).toBe(false);
});

test('nobody gets anything whom the doorkeeper does not let in', async () => {
  served.closed = true;
  const lines = ['GET /description.xml', 'GET /media/x.mkv', 'SUBSCRIBE /ContentDirectory/events'];
  for (const line of lines) expect((await served.ask(line)).status).toBe(403);
  const call = soapCall('ContentDirectory', 'GetSystemUpdateID', {});
  expect((await served.ask('POST /ContentDirectory/control', {}, call)).status).toBe(403);
});

test('the doorkeeper hears what the device tells of itself', async () => {
  await served.ask('GET /description.xml', {
    'User-Agent': 'x'.repeat(2000),
    'X-AV-Client-Info': 'mn="BRAVIA KDL"',
    'FriendlyName.DLNA.ORG': 'Den',
  });
  expect(served.admitted.at(-1)).toEqual({
    ...{ address: '127.0.0.1', localAddress: '127.0.0.1', localPort: served.port },
    ...{ userAgent: 'x'.repeat(512), clientInfo: 'mn="BRAVIA KDL"', friendlyName: 'Den' },
  });
});

test.each([
  ['a name that a stranger may point here', 'GET /description.xml', { Host: 'evil.example.com' }, 403],
  ['a name with an address in it', 'GET /description.xml', { Host: '10.0.0.1.evil.example' }, 403],
  ['a name of the house', 'GET /description.xml', { Host: 'hearth.local:8200' }, 200],
  ['no name', 'GET /description.xml', { Host: '' }, 200],
  ['a web page', 'POST /ContentDirectory/control', { Origin: 'http://evil.example.com' }, 403],
])('%s', async (_, line, headers, status) => {
  expect((await served.ask(line, headers)).status).toBe(status);
});

describe('HTTP as devices speak it', () => {
  const path = '/ContentDirectory/control';
  const call = soapCall('ContentDirectory', 'GetSystemUpdateID', {});

  test('1.0, without Host, as Net::UPnP does', async () => {
    const answer = await exchange(
      served.port,
      `POST ${path} HTTP/1.0\r\nContent-Length: ${call.length}\r\n\r\n${call}`,
    );
    expect([answer.status, answer.headers.get('connection')]).toEqual([200, 'close']);
  });

  test('in chunks', async () => {
    const chunks = `${call.length.toString(16)}\r\n${call}\r\n0\r\n\r\n`;
    const head = `POST ${path} HTTP/1.1\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n`;
    expect((await exchange(served.port, head + chunks)).status).toBe(200);
  });

  test('with LF alone and strange bytes in headers', async () => {
    const answer = await exchange(
      served.port,
      Buffer.from(
        'GET /description.xml HTTP/1.1\nHost: x\nUser-Agent: T\xf6ne\x01\nConnection: close\n\n',
        'latin1',
      ),
    );
    expect(answer.status).toBe(200);
  });

  test('twice over one connection', async () => {
    const socket = await connected(served.port);
    const all = untilClosed(socket);
    const head = (connection: string): string =>
      `POST ${path} HTTP/1.1\r\nHost: x\r\nConnection: ${connection}\r\nContent-Length: ${call.length}\r\n\r\n${call}`;
    socket.write(head('keep-alive') + head('close'));
    expect((await all).toString().match(/HTTP\/1\.1 200 OK/g)).toHaveLength(2);
  });
});

describe('patience has an end', () => {
  test('with headers that do not come', async () => {
    const socket = await connected(served.port);
    const all = untilClosed(socket);
    socket.write('GET /description.xml HTTP/1.1\r\nX: ');
    expect(parseAnswer(await all).status).toBe(408);
  });

  test('with those who say nothing', async () => {
    expect(parseAnswer(await untilClosed(await connected(served.port))).status).toBe(408);
  });

  test('with bodies that drip', async () => {
    const socket = await connected(served.port);
    const all = untilClosed(socket);
    socket.write('POST /ContentDirectory/control HTTP/1.1\r\nHost: x\r\nContent-Length: 50000\r\n\r\n<');
    const drip = setInterval(() => socket.write(' '), 50);
    const answer = parseAnswer(await all);
    clearInterval(drip);
    expect([0, 408]).toContain(answer.status);
  });

  test('with bodies and headers that are too long', async () => {
    const head = 'POST /ContentDirectory/control HTTP/1.1\r\nHost: x\r\n';
    expect((await exchange(served.port, `${head}Content-Length: 9999999\r\n\r\n`)).status).toBe(413);
    const chunk = `10000\r\n${'x'.repeat(65_536)}\r\n`;
    const chunked = await exchange(served.port, `${head}Transfer-Encoding: chunked\r\n\r\n${chunk}${chunk}`);
    expect([0, 413]).toContain(chunked.status);
    const long = await exchange(served.port, `GET / HTTP/1.1\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`);
    expect([0, 400]).toContain(long.status);
  });

  test('with too many connections of one device', async () => {
    const sockets = await Promise.all(Array.from({ length: 40 }, () => connected(served.port)));
    expect(await untilClosed(await connected(served.port))).toHaveLength(0);
    const closed = sockets.map((socket) => once(socket, 'close'));
    for (const socket of sockets) socket.destroy();
    await Promise.all(closed);
    let status = 0;
    while (status !== 200) status = (await served.ask('GET /description.xml')).status;
  });

  test('with those who leave no room: the others always get in', async () => {
    const small = await new Served({ mostConnections: 12, mostConnectionsPerPeer: 6 }).start();
    try {
      const silent = await Promise.all(
        Array.from({ length: 12 }, (_, at) => connected(small.port, at < 6 ? '127.0.0.2' : '127.0.0.3')),
      );
      const television = await connected(small.port, '127.0.0.4');
      const answer = untilClosed(television);
      television.write('GET /description.xml HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
      expect(parseAnswer(await answer).status).toBe(200);
      for (const socket of silent) socket.destroy();
    } finally {
      await small.stop();
    }
  });

  test('and none while a film is sent', async () => {
    const slow = new Readable({ read: () => undefined });
    served.source.media.set('film', patternFile(10, { read: () => slow }));
    const asked = served.ask('GET /media/film.mkv');
    // Longer than every time-out of this server, the check of connections included.
    await new Promise((resolve) => setTimeout(resolve, 1500));
    slow.push(Buffer.from('0123456789'));
    slow.push(null);
    expect((await asked).body.toString()).toBe('0123456789');
  });
});

test('stopped it is gone, films and all', async () => {
  const closed = untilClosed(await connected(served.port));
  await served.stop();
  await closed;
  await expect(connected(served.port)).rejects.toThrow('ECONNREFUSED');
  await served.stop();
});

const interfaces = {
  eth0: [
    {
      ...{ address: '192.168.1.5', netmask: '255.255.255.0', family: 'IPv4' as const },
      ...{ mac: '', internal: false, cidr: '192.168.1.5/24' },
    },
  ],
};
test.each([
  ['192.168.1.9', '192.168.1.5', true],
  ['192.168.2.9', '192.168.1.5', false],
  ['10.0.0.9', '192.168.1.5', false],
  ['8.8.8.8', '192.168.1.5', false],
  ['192.168.1.5', '192.168.1.5', true],
  ['192.168.1.9', '192.168.7.5', false],
  ['127.0.0.1', '127.0.0.1', true],
  ['192.168.1.9', '127.0.0.1', false],
  ['', '192.168.1.5', false],
  ['::1', '192.168.1.5', false],
])('%s at %s is a neighbour: %s', (peer, local, expected) => {
  expect(isNeighbour(peer, local, interfaces)).toBe(expected);
});
