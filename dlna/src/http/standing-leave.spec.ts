import { once } from 'node:events';
import { Readable } from 'node:stream';
import { HandClock } from '../testing/hand-clock.js';
import { patternFile } from '../testing/memory-source.js';
import { connected } from '../testing/raw-http.js';
import { Served } from '../testing/served.js';

let clock: HandClock;
let served: Served;
let endless: Readable;
beforeEach(async () => {
  clock = new HandClock();
  served = await new Served({}, clock).start();
  endless = new Readable({ read: () => undefined });
  served.source.media.set('film', patternFile(1_000_000, { read: () => endless }));
});
afterEach(() => served.stop());

/** A television in front of a film. */
async function watching() {
  const socket = await connected(served.port);
  const heard = once(socket, 'data');
  socket.write('GET /media/film.mkv HTTP/1.1\r\nHost: x\r\n\r\n');
  endless.push(Buffer.alloc(1000));
  await heard;
  return socket;
}

test.each([
  ['is shut out', () => void (served.closed = true)],
  ['is given to somebody else', () => void (served.viewerId = 'kids')],
])('what is sent to a device that %s ends within seconds', async (_, change) => {
  const socket = await watching();
  const freed = once(endless, 'close');
  const left = once(socket.resume(), 'close');
  change();
  await clock.pass(5000);
  await Promise.all([freed, left]);
});

test('what the host gives out no more ends within seconds, though the device may stay', async () => {
  let may = true;
  const mayGoOn = () => Promise.resolve(may);
  served.source.media.set('film', patternFile(1_000_000, { read: () => endless, mayGoOn }));
  const socket = await watching();
  await clock.pass(5000);
  expect(endless.destroyed).toBe(false);
  const freed = once(endless, 'close');
  const left = once(socket.resume(), 'close');
  may = false;
  await clock.pass(5000);
  await Promise.all([freed, left]);
});

test('whoever may stay is left in peace, and asked about only for as long as it is there', async () => {
  const socket = await watching();
  await clock.pass(20_000);
  expect(served.admitted).toHaveLength(5);
  expect(endless.destroyed).toBe(false);
  const freed = once(endless, 'close');
  socket.destroy();
  await freed;
  await clock.pass(60_000);
  expect(served.admitted).toHaveLength(5);
});
