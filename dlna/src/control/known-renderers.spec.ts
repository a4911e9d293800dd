import { BrokenPeer, description, http } from '../testing/broken-peer.js';
import { HandClock } from '../testing/hand-clock.js';
import { type FoundRenderer, KnownRenderers } from './known-renderers.js';

const udn = 'broken-peer';
let clock: HandClock;
let known: KnownRenderers;
let told: string[];
const peers: BrokenPeer[] = [];

beforeEach(() => {
  clock = new HandClock();
  told = [];
  const at = ({ location }: FoundRenderer): string => location.port;
  known = new KnownRenderers(clock, {
    found: (renderer) => void told.push(`found ${at(renderer)}`),
    moved: (renderer) => void told.push(`moved ${at(renderer)}`),
    gone: (id) => void told.push(`gone ${id}`),
  });
});
afterEach(async () => {
  await known.stop();
  await Promise.all(peers.splice(0).map((peer) => peer.stop()));
});

async function peer(text: () => string | undefined = () => description()): Promise<BrokenPeer> {
  const made = await BrokenPeer.start(() => {
    const body = text();
    return body === undefined ? http(503, '') : http(200, body);
  });
  peers.push(made);
  return made;
}

const alive = (location: URL, more: { udn?: string; bootId?: string; maxAgeSeconds?: number } = {}): void =>
  known.hear({
    ...{ kind: 'alive', udn, location, address: '127.0.0.1', maxAgeSeconds: 1800, bootId: undefined },
    ...more,
  });
/** Lets time pass, and what is on its way over the wire arrive, until something has happened. */
async function until(happened: () => boolean): Promise<void> {
  while (!happened()) {
    await new Promise((resolve) => setTimeout(resolve, 5));
    await clock.pass(3_000);
  }
}
/** Lets time pass until nobody is being asked any more. */
async function givenTime(): Promise<void> {
  let over = false;
  void known.settled().then(() => (over = true));
  await until(() => over);
}
const byebye = (address = '127.0.0.1'): void => known.hear({ kind: 'byebye', udn, address });

test('a renderer is asked for its description once, however often it speaks', async () => {
  const { requests, ...one } = await peer().then((made) => ({
    requests: made.requests,
    port: made.port,
    url: made.url(),
  }));
  for (let word = 0; word < 6; word++) alive(one.url);
  await known.settled();
  alive(one.url);
  await known.settled();
  expect(told).toEqual([`found ${one.port}`]);
  expect(requests).toHaveLength(1);
});

test('the place that it named last counts', async () => {
  const [first, second] = [await peer(), await peer()];
  alive(first.url());
  await known.settled();
  alive(second.url());
  await known.settled();
  expect(told).toEqual([`found ${first.port}`, `moved ${second.port}`]);
});

test('another BOOTID means that it was off in between', async () => {
  const one = await peer();
  alive(one.url(), { bootId: '1' });
  await known.settled();
  alive(one.url(), { bootId: '2' });
  await known.settled();
  expect(told).toEqual([`found ${one.port}`, `moved ${one.port}`]);
});

test('a farewell that is followed by a greeting is none; one that is not, is one', async () => {
  const one = await peer();
  alive(one.url());
  await known.settled();
  byebye();
  await clock.pass(1_000);
  alive(one.url());
  await clock.pass(60_000);
  expect(told).toEqual([`found ${one.port}`]);
  byebye();
  await clock.pass(10_000);
  expect(told.at(-1)).toBe(`gone ${udn}`);
  alive(one.url());
  await known.settled();
  expect(told.at(-1)).toBe(`found ${one.port}`);
});

test('nobody says farewell for another', async () => {
  const one = await peer();
  alive(one.url());
  await known.settled();
  byebye('127.0.0.9');
  await clock.pass(60_000);
  expect(told).toHaveLength(1);
});

test('one that is not heard of any more is asked, and forgotten after three failures', async () => {
  let text: string | undefined = description();
  const one = await peer(() => text);
  alive(one.url(), { maxAgeSeconds: 60 });
  await known.settled();
  await until(() => one.requests.length > 3);
  expect(told).toHaveLength(1);
  text = undefined;
  const before = one.requests.length;
  await until(() => told.length > 1);
  expect(told.at(-1)).toBe(`gone ${udn}`);
  expect(one.requests.length - before).toBe(3);
});

test.each([
  [
    'no renderer',
    () => description().replaceAll('MediaRenderer', 'MediaServer').replace('Broken-Peer', 'other'),
  ],
  ['one of another name', () => description().replace('Broken-Peer', 'other')],
  ['one that cannot be told to play', () => description('')],
  ['nothing', () => undefined],
])('what describes %s is not believed', async (_what, text) => {
  const one = await peer(text);
  alive(one.url());
  await givenTime();
  expect(told).toEqual([]);
  expect(one.requests).toHaveLength(3);
});

test('a house has so many renderers, and a device so many inside', async () => {
  const one = await peer();
  for (let number = 0; number < 500; number++) alive(one.url(), { udn: `invented-${number}` });
  await givenTime();
  // Three tries each.
  expect(one.requests).toHaveLength(8 * 3);
});
