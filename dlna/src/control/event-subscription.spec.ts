import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { http, type RawRequest } from '../testing/broken-peer.js';
import { HandClock } from '../testing/hand-clock.js';
import { PeerUnderTest } from '../testing/peer-under-test.js';
import { RendererClient } from './renderer-client.js';

let stage: PeerUnderTest;
beforeEach(async () => void (stage = await PeerUnderTest.open()));
afterEach(async () => expect(await stage.close()).toEqual([]));
const client: PeerUnderTest['client'] = (...args) => stage.client(...args);

describe('events', () => {
  const change = (value: string): string =>
    `<e:propertyset xmlns:e="urn:schemas-upnp-org:event-1-0"><e:property><V>${value}</V></e:property></e:propertyset>`;
  /** Sends an event as a device would. @returns the status */
  const notify = async (callback: string, sid: string, body: string, method = 'NOTIFY'): Promise<number> => {
    const url = new URL(callback.replace(/^<|>$/g, ''));
    const sent = httpRequest(url, {
      method,
      headers: { SID: sid, NT: 'upnp:event', NTS: 'upnp:propchange', SEQ: '0' },
    });
    sent.end(body);
    const [response] = (await once(sent, 'response')) as [{ statusCode?: number; resume(): void }];
    response.resume();
    return response.statusCode ?? 0;
  };
  const heard: string[] = [];
  let ended = 0;
  const listener = {
    event: (values: ReadonlyMap<string, string>) =>
      void heard.push(values.get('V') ?? [...values.keys()].join()),
    ended: (): void => {
      ended++;
    },
  };
  beforeEach(() => {
    heard.length = 0;
    ended = 0;
  });
  const subscriptions = (): RawRequest[] => stage.requests.filter(({ method }) => method === 'SUBSCRIBE');
  const granting = (headers: Record<string, string>) => (request: RawRequest) =>
    request.method.endsWith('SUBSCRIBE') ? http(200, '', headers) : undefined;

  test('F5: every event is answered, and the callback is where the device can reach it', async () => {
    const { upnp } = await client(granting({ SID: 'uuid:1', TIMEOUT: 'Second-300' }));
    const subscription = await upnp.subscribe('AVTransport', listener);
    const callback = subscriptions()[0]?.headers['callback'] ?? '';
    expect(callback).toMatch(/^<http:\/\/127\.0\.0\.1:\d+\/event\/[\w-]+>$/);
    expect(await notify(callback, 'uuid:1', change('one'))).toBe(200);
    expect(await notify(callback, 'uuid:1', 'no XML')).toBe(200);
    expect(await notify(callback, 'uuid:1', change('two'))).toBe(200);
    expect(await notify(callback, 'uuid:other', change('foreign'))).toBe(412);
    expect(await notify(callback, 'uuid:1', change('x'.repeat(300_000)))).toBe(413);
    expect(await notify(callback, 'uuid:1', change('posted'), 'POST')).toBe(405);
    expect(await notify(callback.replace('/event/', '/event/x'), 'uuid:1', change('lost'))).toBe(412);
    expect(heard).toEqual(['one', 'two']);
    await subscription.close();
    expect(stage.requests.at(-1)).toMatchObject({ method: 'UNSUBSCRIBE', headers: { sid: 'uuid:1' } });
    expect(await notify(callback, 'uuid:1', change('late'))).toBe(412);
  });

  test('F7: events that come before the answer to SUBSCRIBE are heard', async () => {
    const statuses: number[] = [];
    const { upnp } = await client(({ method, headers }) =>
      method === 'SUBSCRIBE'
        ? (socket) => {
            const callback = headers['callback'] ?? '';
            void (async () => {
              statuses.push(await notify(callback, 'uuid:9', change('early')));
              statuses.push(await notify(callback, 'uuid:stranger', change('foreign')));
              socket.end(http(200, '', { SID: 'uuid:9', TIMEOUT: 'Second-1800' }));
            })();
          }
        : undefined,
    );
    const subscription = await upnp.subscribe('AVTransport', listener);
    expect(statuses).toEqual([200, 200]);
    expect(heard).toEqual(['early']);
    await subscription.close();
  });

  test.each([
    ['Second-infinite', 300],
    [undefined, 300],
    ['rubbish', 300],
    ['Second-0', 60],
    ['Second-120', 120],
    ['Second-999999999', 1800],
  ])('F6: TIMEOUT %s is renewed in good time and not before', async (timeout, seconds) => {
    const clock = new HandClock();
    const { upnp } = await client(granting({ SID: 'uuid:1', ...(timeout && { TIMEOUT: timeout }) }), clock);
    const subscription = await upnp.subscribe('AVTransport', listener);
    await clock.pass((seconds - Math.min(30, seconds / 2)) * 1000 - 1);
    expect(subscriptions()).toHaveLength(1);
    await clock.pass(1);
    for (let wait = 0; wait < 200 && subscriptions().length < 2; wait++)
      await new Promise((r) => setTimeout(r, 5));
    expect(subscriptions()).toHaveLength(2);
    expect(subscriptions()[1]?.headers).toMatchObject({ sid: 'uuid:1', timeout: 'Second-300' });
    expect(subscriptions()[1]?.headers['callback']).toBeUndefined();
    await subscription.close();
  });

  test('a device that has forgotten us is subscribed to anew; one that refuses is polled', async () => {
    const clock = new HandClock();
    let count = 0;
    const { upnp } = await client(({ method, headers }) => {
      if (method !== 'SUBSCRIBE') return undefined;
      count++;
      if (headers['sid'] !== undefined || count > 3) return http(412, '');
      return http(200, '', { SID: `uuid:${count}`, TIMEOUT: 'Second-300' });
    }, clock);
    await upnp.subscribe('AVTransport', listener);
    const settled = async (wanted: () => boolean): Promise<void> => {
      for (let wait = 0; wait < 400 && !wanted(); wait++) await new Promise((r) => setTimeout(r, 5));
    };
    await clock.pass(270_000);
    await settled(() => count === 3);
    expect(ended).toBe(0);
    await settled(() => subscriptions().length === 3);
    await new Promise((r) => setTimeout(r, 50));
    await clock.pass(270_000);
    await settled(() => ended === 1);
    expect(ended).toBe(1);
    expect(subscriptions()).toHaveLength(5);
    expect(subscriptions()[2]?.headers['callback']).toBeDefined();
  });

  test('a device without events, and one that refuses them, are no trouble for the renderer', async () => {
    const { upnp } = await client(({ method }) => (method === 'SUBSCRIBE' ? http(503, '') : undefined));
    await new RendererClient(upnp).watch({
      transportChanged: () => undefined,
      volumeChanged: () => undefined,
    });
    await expect(upnp.subscribe('AVTransport', listener)).rejects.toThrow('503');
  });
});
