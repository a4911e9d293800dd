import {
  BrokenPeer,
  description,
  http,
  type RawAnswer,
  type RawRequest,
  scpd,
  service,
  soap,
} from '../testing/broken-peer.js';
import { PeerUnderTest } from '../testing/peer-under-test.js';
import { askDevice, DeviceUnreachable } from './device-request.js';
import { RendererClient } from './renderer-client.js';
import type { UpnpClient } from './upnp-client.js';

const AV_ACTIONS = [
  'SetAVTransportURI(InstanceID,CurrentURI,CurrentURIMetaData)',
  'Play(InstanceID,Speed)',
  'Stop(InstanceID)',
  'GetTransportInfo(InstanceID)',
];
const usual = ({ path }: RawRequest): RawAnswer => {
  if (path.endsWith('/scpd.xml')) return http(200, scpd(AV_ACTIONS));
  return path.endsWith('/control') ? soap('<u:AnyResponse xmlns:u="x"></u:AnyResponse>') : undefined;
};

let stage: PeerUnderTest;
beforeEach(async () => void (stage = await PeerUnderTest.open(usual)));
afterEach(async () => expect(await stage.close()).toEqual([]));
const client: PeerUnderTest['client'] = (...args) => stage.client(...args);

const play = (upnp: UpnpClient): Promise<ReadonlyMap<string, string>> =>
  upnp.call('AVTransport', 'Play', { InstanceID: 0, Speed: 1 });

test('F1: a device that closes after each answer, whatever it says, is asked again and again', async () => {
  const { peer, upnp } = await client(({ path }) =>
    path.endsWith('/control')
      ? http(200, '<s:Envelope xmlns:s="x"><s:Body><r/></s:Body></s:Envelope>', { Connection: 'keep-alive' })
      : undefined,
  );
  for (let call = 0; call < 10; call++) await play(upnp);
  expect(peer.requests.filter(({ method }) => method === 'POST')).toHaveLength(10);
});

test('F2: whatever hangs is given up after eight seconds', async () => {
  const dripping: RawAnswer = (socket) => {
    socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n');
    const drip = setInterval(() => socket.write('x'), 500);
    socket.on('close', () => clearInterval(drip));
  };
  const silent = await BrokenPeer.start(() => undefined);
  const slow = await BrokenPeer.start(() => dripping);
  const halfWay = await BrokenPeer.start(({ path }) =>
    path === '/description.xml' ? http(200, description()) : undefined,
  );
  const listener = { event: () => undefined, ended: () => undefined };
  const started = Date.now();
  const results = await Promise.allSettled([
    stage.clientOf(silent).describe(),
    stage.clientOf(slow).describe(),
    play(stage.clientOf(halfWay)),
    stage.clientOf(halfWay).subscribe('AVTransport', listener),
  ]);
  expect(Date.now() - started).toBeLessThan(12_000);
  for (const result of results) {
    expect(result).toMatchObject({ status: 'rejected', reason: { reason: 'timeout' } });
  }
  await Promise.all([silent.stop(), slow.stop(), halfWay.stop()]);
}, 20_000);

test('F3: lengths are of bytes, and text arrives as it is', async () => {
  const { peer: made, upnp } = await client(() => undefined);
  const title = 'Tône & 日本 <🎬>';
  await upnp.call('AVTransport', 'SetAVTransportURI', {
    InstanceID: 0,
    CurrentURI: 'http://x/1.mp4',
    CurrentURIMetaData: `<DIDL-Lite><dc:title>${title.replace('&', '&amp;').replace('<', '&lt;')}</dc:title></DIDL-Lite>`,
  });
  const post = made.requests.find(({ method }) => method === 'POST');
  expect(Number(post?.headers['content-length'])).toBe(post?.body.byteLength);
  expect(post?.body.toString()).toContain('&lt;dc:title&gt;Tône &amp;amp; 日本 &amp;lt;🎬');
  expect(post?.body.toString().trimEnd()).toMatch(/<\/s:Envelope>$/);
  expect(post?.headers['soapaction']).toBe('"urn:schemas-upnp-org:service:AVTransport:1#SetAVTransportURI"');
});

test.each<[string, RawAnswer, object]>([
  ['an empty 500', http(500, ''), { code: 501 }],
  ['a page of HTML', http(404, '<html><body><p>Not found<br></body></html>'), { code: 501 }],
  [
    'a fault without a description',
    soap('<s:Fault><detail><UPnPError><errorCode>701</errorCode></UPnPError></detail></s:Fault>', 500),
    { code: 701, description: '' },
  ],
  [
    'a fault with everything',
    soap(
      '<s:Fault><faultcode>s:Client</faultcode><faultstring>UPnPError</faultstring><detail><UPnPError xmlns="urn:schemas-upnp-org:control-1-0"><errorCode>716</errorCode><errorDescription>Resource not found</errorDescription></UPnPError></detail></s:Fault>',
      500,
    ),
    { code: 716, description: 'Resource not found' },
  ],
  ['a fault that is sent with 200', soap('<s:Fault><errorCode>705</errorCode></s:Fault>'), { code: 705 }],
  ['bad XML', http(200, '<s:Envelope><s:Body><u:Play'), { code: 501 }],
  ['bytes that are no text', http(200, '\u0000\u0001\ufffd'), { code: 501 }],
  ['no HTTP at all', 'SSH-2.0-OpenSSH_9.2\r\n', { reason: 'connection' }],
  ['half an answer', 'HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhalf', { reason: 'connection' }],
  ['nothing but a closed door', '', { reason: 'connection' }],
])('F4: %s is an error and nothing worse', async (_what, answer, error) => {
  const { upnp } = await client(({ path }) => {
    if (!path.endsWith('/control')) return undefined;
    return typeof answer !== 'string'
      ? answer
      : (socket) => {
          socket.end(answer);
        };
  });
  await expect(play(upnp)).rejects.toMatchObject(error);
});

test('F4: an empty yes is a yes', async () => {
  const { upnp } = await client(({ path }) => (path.endsWith('/control') ? http(200, '') : undefined));
  expect([...(await play(upnp))]).toEqual([]);
});

test.each<[string, string]>([
  ['no XML', 'hello'],
  ['half of one', description().slice(0, 300)],
  ['one without a renderer', description().replaceAll('MediaRenderer', 'MediaServer')],
  ['an entity bomb', `<!DOCTYPE r [<!ENTITY a "aaaa">]>${description()}`],
])('a description that is %s is an error', async (_what, text) => {
  const { upnp } = await client(({ path }) => (path === '/description.xml' ? http(200, text) : undefined));
  await expect(play(upnp)).rejects.toThrow();
});

/** Spaces, for ever. */
const pouring: RawAnswer = (socket) => {
  socket.write('HTTP/1.1 200 OK\r\n\r\n');
  const pour = (): void => {
    while (socket.write(Buffer.alloc(65_536, ' ')));
  };
  socket.on('drain', pour);
  pour();
};

test('answers have a size: more than half a megabyte is not read', async () => {
  const { upnp } = await client(({ path }) => (path === '/description.xml' ? pouring : undefined));
  await expect(upnp.describe()).rejects.toMatchObject({ reason: 'too-large' });
});

test('an action that the SCPD does not have is not asked for', async () => {
  const { peer: made, upnp } = await client(() => undefined);
  await expect(upnp.call('AVTransport', 'SetNextAVTransportURI', {})).rejects.toMatchObject({ code: 401 });
  expect(made.requests.some(({ method }) => method === 'POST')).toBe(false);
});

test('a SCPD that cannot be read stops nothing', async () => {
  const { upnp } = await client(({ path }) => (path.endsWith('/scpd.xml') ? http(404, 'gone') : undefined));
  await play(upnp);
  const { pause, setNext } = await new RendererClient(upnp).abilities();
  expect({ pause, setNext }).toEqual({ pause: true, setNext: false });
});

test('arguments are sent in the order of the SCPD', async () => {
  const { peer: made, upnp } = await client(() => undefined);
  await upnp.call('AVTransport', 'SetAVTransportURI', {
    CurrentURIMetaData: 'c',
    CurrentURI: 'b',
    InstanceID: 0,
  });
  const [post] = made.requests.filter(({ method }) => method === 'POST');
  expect(post?.body.toString()).toMatch(/<InstanceID>0.*<CurrentURI>b.*<CurrentURIMetaData>c/s);
});

test('one question at a time', async () => {
  let open = 0;
  let most = 0;
  const { upnp } = await client(({ path }) =>
    path.endsWith('/control')
      ? (socket) => {
          most = Math.max(most, ++open);
          setTimeout(() => {
            open--;
            socket.end(http(200, ''));
          }, 20);
        }
      : undefined,
  );
  await Promise.all([play(upnp), play(upnp), play(upnp)]);
  expect(most).toBe(1);
});

describe('F7: where services are', () => {
  test('in an embedded device, with a version of their own', async () => {
    const inner = description(service('AVTransport', { version: 3 }));
    const device = /<device>.*<\/device>/s.exec(inner)?.[0] ?? '';
    const outer = `<root><device><deviceType>urn:schemas-upnp-org:device:ZonePlayer:1</deviceType><UDN>uuid:outer</UDN>
      <serviceList>${service('AVTransport', { control: '/wrong' })}</serviceList><deviceList>${device}</deviceList></device></root>`;
    const { peer: made, upnp } = await client(({ path }) =>
      path === '/description.xml' ? http(200, outer) : undefined,
    );
    await play(upnp);
    const post = made.requests.find(({ method }) => method === 'POST');
    expect(post?.path).toBe('/AVTransport/control');
    expect(post?.headers['soapaction']).toBe('"urn:schemas-upnp-org:service:AVTransport:3#Play"');
  });

  test('below URLBase; without it, beside the description', async () => {
    const relative = service('AVTransport', { control: 'ctl', scpd: 'scpd.xml', events: 'evt' });
    const { peer: made, upnp } = await client(({ path }, self) =>
      path === '/description.xml'
        ? http(200, description(relative, `<URLBase>http://127.0.0.1:${self.port}/base/</URLBase>`))
        : path === '/base/ctl'
          ? http(200, '')
          : undefined,
    );
    await play(upnp);
    expect(made.requests.map(({ path }) => path)).toContain('/base/ctl');
  });

  test('volume is Master’s, in the device’s own steps', async () => {
    const volumeScpd = scpd(
      ['GetVolume(InstanceID,Channel)', 'SetVolume(InstanceID,Channel,DesiredVolume)'],
      '<stateVariable><name>Volume</name><allowedValueRange><minimum>0</minimum><maximum>13</maximum></allowedValueRange></stateVariable>',
    );
    let level = 13;
    const { upnp } = await client(({ path, body }) => {
      if (path === '/RenderingControl/scpd.xml') return http(200, volumeScpd);
      if (path !== '/RenderingControl/control') return undefined;
      const set = /<DesiredVolume>(\d+)/.exec(body.toString())?.[1];
      if (set !== undefined) level = Number(set);
      return soap(`<r><CurrentVolume>${level}</CurrentVolume></r>`);
    });
    const renderer = new RendererClient(upnp);
    expect(await renderer.volume()).toEqual({ volume: 100, muted: false });
    await renderer.setVolume(50);
    expect(level).toBe(7);
    await renderer.setMuted(true);
    expect(level).toBe(0);
    expect(await renderer.volume()).toEqual({ volume: 0, muted: true });
    await renderer.setMuted(false);
    expect(level).toBe(7);
  });
});

describe('a device may send us to itself and to nobody else', () => {
  test.each([
    ['another host', 'http://10.1.2.3/control'],
    ['loopback by another name', 'http://localhost:8096/api/setup'],
    ['another address of this machine', 'http://127.0.0.2:8096/control'],
    ['a name', 'http://router.lan/reboot'],
    ['IPv6', 'http://[::1]:8096/control'],
    ['a decimal address', 'http://167837955/control'],
    ['TLS', 'https://127.0.0.1/control'],
    ['a file', 'file:///etc/passwd'],
    ['credentials', 'http://user:password@127.0.0.1/control'],
    ['no protocol', '//10.1.2.3/control'],
    ['nothing', ''],
  ])('not to %s', async (_what, control) => {
    const { peer: made, upnp } = await client(({ path }) =>
      path === '/description.xml' ? http(200, description(service('AVTransport', { control }))) : undefined,
    );
    await expect(play(upnp)).rejects.toMatchObject({ code: 401 });
    expect(made.requests).toHaveLength(1);
  });

  test('nor by URLBase', async () => {
    const { peer: made, upnp } = await client(({ path }) =>
      path === '/description.xml'
        ? http(200, description(undefined, '<URLBase>http://10.1.2.3/</URLBase>'))
        : undefined,
    );
    await play(upnp);
    expect(made.requests.map(({ path }) => path)).toContain('/AVTransport/control');
  });

  test('nor by a redirect', async () => {
    const other = await BrokenPeer.start(() => http(200, description()));
    const { upnp } = await client(({ path }) =>
      path === '/description.xml' ? http(302, '', { Location: other.url().href }) : undefined,
    );
    await expect(upnp.describe()).rejects.toThrow('302');
    expect(other.requests).toEqual([]);
    await other.stop();
  });

  test('the spelling of an address does not matter', async () => {
    const { peer, upnp } = await client(({ path }, self) =>
      path === '/description.xml'
        ? http(200, description(service('AVTransport', { control: `http://0x7f.1:${self.port}/x/control` })))
        : undefined,
    );
    await play(upnp);
    expect(peer.requests.at(-1)?.path).toBe('/x/control');
  });
});

test('a question can be given up', async () => {
  const silent = await BrokenPeer.start(() => undefined);
  const given = new AbortController();
  const asked = askDevice(silent.url(), { signal: given.signal });
  given.abort();
  await expect(asked).rejects.toBeInstanceOf(DeviceUnreachable);
  await silent.stop();
});
