import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { newId } from '../../common/id.js';
import type { PrivateServer } from '../../../../tests/support/private-server.js';
import { quietLogger } from '../../../../tests/support/probe-job.js';
import { s3Credentials, startS3, testBucket } from '../../../../tests/support/s3.js';
import { presignedGet } from './s3-presign.js';
import { S3Objects } from './s3-objects.js';
import { S3SegmentStore, type S3SegmentStoreSettings } from './s3-segment-store.js';
import { fill, pieceOf, segmentStoreContract } from './segment-store.contract.js';

const environment = { ...process.env };
const stores: S3SegmentStore[] = [];
beforeAll(() => void Object.assign(process.env, s3Credentials));
afterAll(() => void (process.env = environment));
afterEach(() => {
  for (const store of stores.splice(0)) store.close();
});

const open = (endpoint: string, settings: Partial<S3SegmentStoreSettings> = {}): S3SegmentStore => {
  const store = new S3SegmentStore({
    bucket: testBucket,
    endpoint,
    region: 'us-east-1',
    capacity: 10_000_000,
    logger: quietLogger(),
    prefix: `${newId()}/`,
    ...settings,
  });
  stores.push(store);
  return store;
};

describe('segments in a bucket', () => {
  let server: PrivateServer;
  beforeAll(async () => {
    server = await startS3();
  });
  afterAll(() => server.stop());

  async function bytesBelow(prefix: string): Promise<number> {
    const objects = new S3Objects({ bucket: testBucket, endpoint: server.url, region: 'us-east-1' });
    let sum = 0;
    for await (const { size } of objects.list(prefix)) sum += size;
    objects.close();
    return sum;
  }

  segmentStoreContract((capacity) => {
    const prefix = `${newId()}/`;
    return Promise.resolve({
      store: open(server.url, { capacity, prefix }),
      stored: () => bytesBelow(prefix),
    });
  });

  test('outlive the process, and make room for what comes after', async () => {
    const prefix = 'shared/';
    const before = open(server.url, { prefix });
    for (let n = 0; n < 5; n += 1) await before.put(pieceOf('film', n), fill(n, 10_000));
    const store = open(server.url, { prefix, capacity: 51_000 });
    expect(await store.has(pieceOf('film', 4))).toBe(true);
    await store.put(pieceOf('film', 5), fill(5, 10_000));
    expect(await bytesBelow(prefix)).toBeLessThanOrEqual(51_000);
    expect(await store.has(pieceOf('film', 5))).toBe(true);
  });

  test('what others wrote is seen after a while', async () => {
    const prefix = 'several/';
    let time = Date.now();
    const [one, other] = [0, 1].map(() => open(server.url, { prefix, capacity: 50_000, now: () => time }));
    await one?.put(pieceOf('film', 0), fill(0, 10_000));
    for (let n = 1; n < 5; n += 1) await other?.put(pieceOf('film', n), fill(n, 10_000));
    time += 11 * 60_000;
    await one?.put(pieceOf('film', 9), fill(9, 10_000));
    expect(await bytesBelow(prefix)).toBeLessThanOrEqual(50_000);
  });

  test('many more pieces than one listing holds are forgotten', async () => {
    const prefix = `${newId()}/`;
    const store = open(server.url, { prefix });
    for (let n = 0; n < 1030; n += 30)
      await Promise.all(Array.from({ length: 30 }, (_, k) => store.put(pieceOf('film', n + k), fill(n, 10))));
    expect(await bytesBelow(prefix)).toBeGreaterThan(10_300);
    await store.forget('film');
    expect(await bytesBelow(prefix)).toBe(0);
  });

  test('a signed address gives the piece to whoever has it, as long as it is valid', async () => {
    const store = open(server.url);
    await store.put(pieceOf('film', 7), fill(7));
    const url = await store.signedUrl(pieceOf('film', 7), 60);
    const answer = await fetch(url);
    expect(answer.status).toBe(200);
    expect([...new Uint8Array(await answer.arrayBuffer())]).toEqual([...fill(7)]);
    expect((await fetch(await store.signedUrl(pieceOf('film', 9), 60))).status).toBe(404);
    // This server looks at the date, not at the signature: that one is held against Amazon's example, below.
    const late = url.replace(/X-Amz-Date=\d{4}/, 'X-Amz-Date=2020');
    expect((await fetch(late)).status).toBe(403);
  });

  test('a bucket that is not there is a miss when read, and an error without secrets when written', async () => {
    const store = open(server.url, { bucket: 'no-such-bucket' });
    expect(await store.get(pieceOf('film', 1))).toBeUndefined();
    expect(await store.has(pieceOf('film', 1))).toBe(false);
    const error: unknown = await store.put(pieceOf('film', 1), fill(1)).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: 'NoSuchBucket' });
    expect(JSON.stringify(error)).not.toContain('Signature=');
  });
});

describe('a bucket that does not answer', () => {
  let silent: Server;
  let url = '';
  /** Says how long the object is, and then nothing. */
  let sendsHead = false;
  beforeAll(async () => {
    silent = createServer((_, reply) => {
      if (sendsHead) reply.writeHead(200, { 'Content-Length': 1000 }).write('a');
    }).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const address = silent.address();
    url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  });
  afterAll(() => {
    silent.closeAllConnections();
    silent.close();
  });

  test.each([false, true])('is given up on, also in the middle of a body (%s)', async (inBody) => {
    sendsHead = inBody;
    const store = open(url, { timeoutMs: 200 });
    const before = Date.now();
    expect(await store.get(pieceOf('film', 1))).toBeUndefined();
    await expect(store.put(pieceOf('film', 1), fill(1))).rejects.toThrow();
    expect(Date.now() - before).toBeLessThan(3000);
  });
});

/** Amazon S3 API Reference, “Authenticating Requests: Using Query Parameters”, its example. */
test('an address is signed as Amazon’s own example is', () => {
  const url = presignedGet(
    new URL('https://examplebucket.s3.amazonaws.com/test.txt'),
    { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' },
    { region: 'us-east-1', lifetimeSeconds: 86_400, now: new Date('2013-05-24T00:00:00Z') },
  );
  expect(new URL(url).searchParams.get('X-Amz-Signature')).toBe(
    'aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404',
  );
});
