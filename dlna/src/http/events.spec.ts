import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { HandClock } from '../testing/hand-clock.js';
import type { RawAnswer } from '../testing/raw-http.js';
import { Served } from '../testing/served.js';

const PATH = '/ContentDirectory/events';

interface Heard {
  readonly headers: IncomingMessage['headers'];
  readonly method: string;
  readonly body: string;
}

/** A device that hears events, and answers as told. */
class Listener {
  readonly heard: Heard[] = [];
  answer: { readonly status: number; readonly location?: string } | 'nothing' = { status: 200 };
  readonly #server: Server;
  #waiting: (() => void)[] = [];

  constructor() {
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        this.heard.push({
          headers: request.headers,
          method: request.method ?? '',
          body: Buffer.concat(chunks).toString(),
        });
        if (this.answer !== 'nothing')
          response
            .writeHead(this.answer.status, this.answer.location ? { Location: this.answer.location } : {})
            .end();
        for (const go of this.#waiting.splice(0)) go();
      });
    });
  }

  async start(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    const address = this.#server.address();
    return `<http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/cb>`;
  }

  async count(events: number): Promise<readonly Heard[]> {
    while (this.heard.length < events) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    return this.heard;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

let clock: HandClock;
let served: Served;
let listener: Listener;
let callback: string;
beforeEach(async () => {
  clock = new HandClock();
  served = await new Served({ subscriptions: { mostPerAddress: 3 } }, clock).start();
  listener = new Listener();
  callback = await listener.start();
});
afterEach(async () => {
  await served.stop();
  await listener.stop();
});

const subscribe = (headers: Readonly<Record<string, string>> = {}, path = PATH): Promise<RawAnswer> =>
  served.ask(`SUBSCRIBE ${path}`, {
    NT: 'upnp:event',
    CALLBACK: callback,
    TIMEOUT: 'Second-300',
    ...headers,
  });
const sidOf = (answer: RawAnswer): string => answer.headers.get('sid') ?? '';

test('first the answer, then everything that is evented, then changes with rising numbers', async () => {
  const granted = await subscribe();
  expect(granted.status).toBe(200);
  expect(sidOf(granted)).toMatch(/^uuid:[0-9a-f-]{36}$/);
  expect(granted.headers.get('timeout')).toBe('Second-300');
  expect(granted.headers.get('content-length')).toBe('0');
  const [initial] = await listener.count(1);
  expect(initial?.method).toBe('NOTIFY');
  expect(initial?.headers).toMatchObject({
    nt: 'upnp:event',
    nts: 'upnp:propchange',
    sid: sidOf(granted),
    seq: '0',
    'content-type': 'text/xml; charset="utf-8"',
    'content-length': String(initial?.body.length),
  });
  expect(initial?.body).toContain('<SystemUpdateID>1</SystemUpdateID>');
  expect(initial?.body).toContain('<TransferIDs></TransferIDs>');
  served.source.change('a');
  await clock.pass(250);
  const [, second] = await listener.count(2);
  expect(second?.headers['seq']).toBe('1');
  expect(second?.body).toContain('<ContainerUpdateIDs>a,2</ContainerUpdateIDs>');
});

test('a thousand changes within 200 ms are one event', async () => {
  await subscribe();
  await listener.count(1);
  for (let index = 0; index < 1000; index++) served.source.change(`c${index % 20}`);
  await clock.pass(199);
  expect(listener.heard).toHaveLength(1);
  await clock.pass(1);
  const [, event] = await listener.count(2);
  expect(event?.body).toContain('<SystemUpdateID>1001</SystemUpdateID>');
  expect(event?.body).toContain('c0,982,');
  served.source.change(...Array.from({ length: 500 }, (_, index) => `d${index}`));
  await clock.pass(200);
  expect((await listener.count(3))[2]?.body).toContain('<ContainerUpdateIDs></ContainerUpdateIDs>');
});

test.each([
  ['without NT', { NT: '' }, 412],
  ['of something else', { NT: 'upnp:other' }, 412],
  ['without CALLBACK', { CALLBACK: '' }, 412],
  ['with SID and NT', { SID: 'uuid:1' }, 400],
  ['renewing nothing', { SID: 'uuid:1', NT: '', CALLBACK: '' }, 412],
])('a subscription %s is refused', async (_, headers, status) => {
  expect((await subscribe(headers)).status).toBe(status);
});

test.each([
  '<http://10.0.0.1:80/>',
  '<http://127.0.0.2:8080/>',
  '<http://localhost:8080/>',
  '<http://example.com/>',
  '<http://127.0.0.1:0/>',
  '<http://127.0.0.1@10.0.0.1/>',
  '<http://user:secret@127.0.0.1/>',
  '<https://127.0.0.1/>',
  '<file:///etc/passwd>',
  '<http://[::1]:8080/>',
  '<ftp://127.0.0.1/>',
  'http://127.0.0.1:8080/',
  '<>',
])('CALLBACK %s calls nobody (CVE-2020-12695)', async (CALLBACK) => {
  expect((await subscribe({ CALLBACK })).status).toBe(412);
});

test('of several callbacks the own one is used, and a redirect is not followed', async () => {
  const elsewhere = new Listener();
  const trap = (await elsewhere.start()).slice(1, -1);
  listener.answer = { status: 302, location: trap };
  await subscribe({ CALLBACK: `<http://10.0.0.1/x>${callback}` });
  await listener.count(1);
  served.source.change('a');
  await clock.pass(200);
  await listener.count(2);
  expect(elsewhere.heard).toEqual([]);
  await elsewhere.stop();
});

test('who fails three times is given up', async () => {
  listener.answer = { status: 500 };
  const sid = sidOf(await subscribe());
  for (let event = 1; event <= 3; event++) {
    await listener.count(event);
    served.source.change('a');
    await clock.pass(200);
  }
  let status = 200;
  while (status === 200) status = (await served.ask(`SUBSCRIBE ${PATH}`, { SID: sid })).status;
  expect(status).toBe(412);
});

test('renewed it lives on; forgotten it ends; cancelled it is gone', async () => {
  const sid = sidOf(await subscribe());
  await clock.pass(299_000);
  const renewed = await served.ask(`SUBSCRIBE ${PATH}`, { SID: sid, TIMEOUT: 'Second-infinite' });
  expect([renewed.status, renewed.headers.get('timeout'), sidOf(renewed)]).toEqual([200, 'Second-1800', sid]);
  expect((await served.ask('SUBSCRIBE /ConnectionManager/events', { SID: sid })).status).toBe(412);
  await clock.pass(1_800_001);
  expect((await served.ask(`SUBSCRIBE ${PATH}`, { SID: sid })).status).toBe(412);
  const another = sidOf(await subscribe());
  expect((await served.ask(`UNSUBSCRIBE ${PATH}`, { SID: another })).status).toBe(200);
  expect((await served.ask(`UNSUBSCRIBE ${PATH}`, { SID: another })).status).toBe(412);
  expect((await served.ask(`UNSUBSCRIBE ${PATH}`)).status).toBe(412);
});

test.each([
  [{ TIMEOUT: 'Second-1' }, 'Second-60'],
  [{ TIMEOUT: 'Second-99999999' }, 'Second-1800'],
  [{ TIMEOUT: 'infinite' }, 'Second-1800'],
  [{ TIMEOUT: '' }, 'Second-1800'],
])('%j is granted as %s', async (headers, granted) => {
  expect((await subscribe(headers)).headers.get('timeout')).toBe(granted);
});

test('there is an end to how many one device may have', async () => {
  for (let index = 0; index < 3; index++) expect((await subscribe()).status).toBe(200);
  expect((await subscribe()).status).toBe(412);
});

test('the other services tell their state once', async () => {
  await subscribe({}, '/ConnectionManager/events');
  expect((await listener.count(1))[0]?.body).toContain('<CurrentConnectionIDs>0</CurrentConnectionIDs>');
  await subscribe({}, '/X_MS_MediaReceiverRegistrar/events');
  expect((await listener.count(2))[1]?.body).toContain('<AuthorizationGrantedUpdateID>');
});
