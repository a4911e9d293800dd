import { Agent, type IncomingMessage, request } from 'node:http';
import { parentPort } from 'node:worker_threads';
import { type AddressRequest, noAnswer, places } from './address-messages.js';

/** The thread that fetches for one that waits: `address-access.ts`. One request after the other, on one connection. */
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
let last: Promise<void> = Promise.resolve();

parentPort?.on('message', (asked: AddressRequest) => {
  last = last.then(() => answer(asked));
});

async function answer(asked: AddressRequest): Promise<void> {
  const control = new Int32Array(asked.reply.control);
  const status = await fetched(asked, control).catch(() => noAnswer);
  control[places.status] = status;
  Atomics.store(control, places.done, 1);
  Atomics.notify(control, places.done);
}

/** @returns the HTTP status */
async function fetched({ address, range, reply }: AddressRequest, control: Int32Array): Promise<number> {
  const response = await ask(address, range);
  const status = response.statusCode ?? noAnswer;
  const size = wholeSize(response);
  control[places.sizeLow] = size % 2 ** 31;
  control[places.sizeHigh] = Math.floor(size / 2 ** 31);
  const target = new Uint8Array(reply.data);
  let length = 0;
  for await (const chunk of response) {
    if (status !== 206 || !(chunk instanceof Uint8Array)) continue;
    const room = chunk.subarray(0, target.length - length);
    target.set(room, length);
    length += room.length;
  }
  control[places.length] = length;
  return status;
}

function ask(address: string, range: AddressRequest['range']): Promise<IncomingMessage> {
  const headers = range ? { range: `bytes=${range.start}-${range.end}` } : {};
  return new Promise((resolve, reject) => {
    const asked = request(address, { agent, method: range ? 'GET' : 'HEAD', headers });
    asked.once('response', resolve).once('error', (error: NodeJS.ErrnoException) => {
      // The server gave up the idle connection at the same moment.
      if (asked.reusedSocket && error.code === 'ECONNRESET') resolve(ask(address, range));
      else reject(error);
    });
    asked.end();
  });
}

const wholeSize = ({ headers }: IncomingMessage): number =>
  Number(headers['content-range']?.split('/')[1] ?? headers['content-length'] ?? 0);
