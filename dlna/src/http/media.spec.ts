import { once } from 'node:events';
import { Readable } from 'node:stream';
import type { OpenedConversion } from '../media-source.port.js';
import { MemorySource, patternByte, patternFile } from '../testing/memory-source.js';
import { connected, exchange, type RawAnswer } from '../testing/raw-http.js';
import { Served } from '../testing/served.js';

const SIZE = 1_000_000;
const mp4 = {
  container: 'mp4',
  video: { codec: 'h264', profile: 'Constrained Baseline', level: 31, frameRate: 25 },
  audio: { codec: 'aac', profile: 'LC', channels: 1, bitrate: 64_000 },
};

let served: Served;
let source: MemorySource;
beforeEach(async () => {
  served = await new Served().start();
  source = served.source;
  source.media.set('film', patternFile(SIZE, { captions: { resourceId: 'words', formats: ['srt'] } }));
});
afterEach(async () => {
  await served.stop();
  expect(served.errors).toEqual([]);
});

const get = (headers: Readonly<Record<string, string>> = {}, path = '/media/film.mkv'): Promise<RawAnswer> =>
  served.ask(`GET ${path}`, headers);
const part = (answer: RawAnswer): readonly [number, string | undefined, number, number | undefined] => [
  answer.status,
  answer.headers.get('content-range'),
  answer.body.length,
  answer.body[0],
];

test("the answer to HEAD is minidlna's (dlna.md §1b)", async () => {
  const offer = {
    kind: 'original' as const,
    resourceId: 'clip',
    format: mp4,
    size: 421_848,
    durationSeconds: 10,
  };
  source.media.set(
    'clip',
    patternFile(421_848, { format: mp4, offer: { ...offer, width: 1280, height: 720 } }),
  );
  const { headers, status } = await served.ask('HEAD /media/clip.mp4', {
    'getcontentFeatures.dlna.org': '1',
    'transferMode.dlna.org': 'Streaming',
  });
  expect(status).toBe(200);
  expect(Object.fromEntries(headers)).toMatchObject({
    connection: 'close',
    ext: '',
    'realtimeinfo.dlna.org': 'DLNA.ORG_TLAG=*',
    'transfermode.dlna.org': 'Streaming',
    'content-type': 'video/mp4',
    'content-length': '421848',
    'accept-ranges': 'bytes',
    'contentfeatures.dlna.org':
      'DLNA.ORG_PN=AVC_MP4_BL_L31_HD_AAC;DLNA.ORG_OP=01;DLNA.ORG_CI=0;DLNA.ORG_FLAGS=01700000000000000000000000000000',
  });
});

test.each([
  ['bytes=100-199', [206, `bytes 100-199/${SIZE}`, 100, patternByte(100)]],
  ['bytes=999900-', [206, `bytes 999900-999999/${SIZE}`, 100, patternByte(999_900)]],
  ['bytes=-100', [206, `bytes 999900-999999/${SIZE}`, 100, patternByte(999_900)]],
  ['bytes=-9999999', [206, `bytes 0-999999/${SIZE}`, SIZE, 0]],
  ['bytes=999999-99999999', [206, `bytes 999999-999999/${SIZE}`, 1, patternByte(999_999)]],
  ['bytes=1000000-', [416, `bytes */${SIZE}`, 15, 'B'.charCodeAt(0)]],
  ['bytes=-0', [416, `bytes */${SIZE}`, 15, 'B'.charCodeAt(0)]],
  ['bytes=5-4', [200, undefined, SIZE, 0]],
  ['bytes=0-1,5-6', [200, undefined, SIZE, 0]],
  ['lines=0-1', [200, undefined, SIZE, 0]],
  ['bytes=', [200, undefined, SIZE, 0]],
])('Range %s', async (Range, expected) => {
  expect(part(await get({ Range }))).toEqual(expected);
});

test('a range counts only for the file it was asked of', async () => {
  const modified = 'Fri, 02 Jan 2026 03:04:05 GMT';
  expect((await get({ Range: 'bytes=1-2', 'If-Range': modified })).status).toBe(206);
  expect((await get({ Range: 'bytes=1-2', 'If-Range': 'Fri, 02 Jan 2026 03:04:06 GMT' })).status).toBe(200);
  expect((await get({ Range: 'bytes=1-2', 'If-Range': '"tag"' })).status).toBe(200);
});

test.each([
  [{}],
  [{ Range: 'bytes=5-9' }],
  [{ 'getcontentFeatures.dlna.org': '1', 'getMediaInfo.sec': '1', 'getCaptionInfo.sec': '1' }],
])('HEAD has the headers of GET: %j', async (headers) => {
  const head = await served.ask('HEAD /media/film.mkv', headers);
  const whole = await get(headers);
  const undated = ({ head: text }: RawAnswer): string => text.replace(/\r\nDate: .*/, '');
  expect(undated(head)).toBe(undated(whole));
  expect(head.body).toHaveLength(0);
});

test('every byte arrives in its place', async () => {
  const { body } = await get();
  expect(body.every((byte, at) => byte === patternByte(at))).toBe(true);
});

test.each([
  ['a whim of getcontentFeatures', { 'getcontentFeatures.dlna.org': '0' }, 400],
  ['film as picture', { 'transferMode.dlna.org': 'Interactive' }, 406],
  [
    "a Samsung's film as picture",
    { 'transferMode.dlna.org': 'Interactive', 'User-Agent': 'SEC_HHP_[TV]x' },
    200,
  ],
  ['in the background', { 'transferMode.dlna.org': 'Background' }, 200],
  ['time seek', { 'TimeSeekRange.dlna.org': 'npt=5-' }, 406],
  ['time seek beside a range', { 'TimeSeekRange.dlna.org': 'npt=5-', Range: 'bytes=1-2' }, 206],
  ['double speed', { 'PlaySpeed.dlna.org': 'speed=2' }, 406],
  ['its speed', { 'PlaySpeed.dlna.org': 'speed=1' }, 200],
])('%s', async (_, headers, status) => {
  expect((await get(headers)).status).toBe(status);
});

test("Samsung's questions", async () => {
  const { headers } = await get({ 'getMediaInfo.sec': '1', 'getCaptionInfo.sec': '1' });
  expect(headers.get('mediainfo.sec')).toBe('SEC_Duration=100000;');
  expect(headers.get('captioninfo.sec')).toBe(`http://127.0.0.1:${served.port}/subtitle/words.srt`);
  expect((await get()).headers.has('captioninfo.sec')).toBe(false);
});

test('pictures and subtitles', async () => {
  source.pictures.set('cover.sm', Buffer.from('jpeg of 640'));
  source.pictures.set('cover.tn', Buffer.from('small'));
  source.texts.set('words.srt', Buffer.from('1\n00:00:01,000 --> 00:00:02,000\nTône\n'));
  const art = await get({}, '/art/cover.jpg?size=sm');
  expect([art.status, art.headers.get('content-type'), art.body.toString()]).toEqual([
    200,
    'image/jpeg',
    'jpeg of 640',
  ]);
  expect(art.headers.get('transfermode.dlna.org')).toBe('Interactive');
  expect(art.headers.get('contentfeatures.dlna.org')).toContain('DLNA.ORG_PN=JPEG_SM');
  expect((await get({}, '/art/cover.jpg')).body.toString()).toBe('small');
  expect((await get({ 'transferMode.dlna.org': 'Streaming' }, '/art/cover.jpg')).status).toBe(406);
  expect((await get({}, '/art/cover.jpg?size=huge')).status).toBe(404);
  const text = await get({}, '/subtitle/words.srt');
  expect([text.headers.get('content-type'), text.headers.get('transfermode.dlna.org')]).toEqual([
    'text/srt',
    'Background',
  ]);
  expect(text.body.toString()).toContain('Tône');
  expect((await get({}, '/subtitle/words.exe')).status).toBe(404);
  expect((await get({}, '/subtitle/words.vtt')).status).toBe(404);
});

/** MPEG-TS packets with a clock reference each, a tenth of a second apart. */
function* packets(fromSeconds: number, count: number): Generator<Buffer> {
  for (let index = 0; index < count; index++) {
    const packet = Buffer.alloc(188, (fromSeconds * 10 + index) % 251);
    const base = Math.round((fromSeconds + index / 10) * 90_000);
    packet.set([0x47, 0x01, 0x00, 0x30, 7, 0x10]);
    packet.writeUInt32BE(Math.floor(base / 2), 6);
    packet[10] = (base % 2) * 128;
    yield packet;
  }
}

describe('what is made while it is sent', () => {
  const started: number[] = [];
  const conversion = (more: Partial<OpenedConversion> = {}): OpenedConversion => ({
    kind: 'conversion',
    format: { container: 'mpegts', video: { codec: 'h264' }, audio: { codec: 'ac3' } },
    durationSeconds: 600,
    start: (from) => {
      started.push(from);
      return Promise.resolve(Readable.from(packets(from, 100)));
    },
    ...more,
  });
  beforeEach(() => {
    started.length = 0;
    source.media.set('tv', conversion());
  });
  const tv = (headers: Readonly<Record<string, string>> = {}) => get(headers, '/media/tv.ts');
  const LG = { 'User-Agent': 'LG WebOSTV/1.0' };

  test('comes whole, in chunks, without ranges', async () => {
    const { status, headers, body } = await tv();
    expect([status, headers.get('transfer-encoding'), headers.get('accept-ranges')]).toEqual([
      200,
      'chunked',
      'none',
    ]);
    expect(headers.get('contentfeatures.dlna.org')).toContain('DLNA.ORG_CI=1');
    expect(body.length).toBeGreaterThan(18_800);
    expect(started).toEqual([0]);
  });

  test('a Freebox is told that it is the original', async () => {
    const { headers } = await tv({ 'User-Agent': 'fbxupnpav/1.0' });
    expect([headers.get('content-type'), headers.get('contentfeatures.dlna.org')]).toEqual([
      'video/mp2t',
      expect.stringContaining('DLNA.ORG_CI=0'),
    ]);
  });

  test('nothing is started for HEAD', async () => {
    expect((await served.ask('HEAD /media/tv.ts')).status).toBe(200);
    expect(started).toEqual([]);
  });

  test('time seek where the profile has it', async () => {
    const { status, headers } = await tv({ ...LG, 'TimeSeekRange.dlna.org': 'npt=0:01:30.5-' });
    expect(status).toBe(200);
    expect(headers.get('timeseekrange.dlna.org')).toBe('npt=90.500-600.000/600.000');
    expect(headers.get('x-availableseekrange')).toBe('1 npt=0.0-600.000');
    expect(started).toEqual([90.5]);
    const available = await tv({ ...LG, 'getAvailableSeekRange.dlna.org': '1' });
    expect(available.headers.get('availableseekrange.dlna.org')).toBe('1 npt=0.0-600.000');
  });

  test.each([
    ['beyond the end', { ...LG, 'TimeSeekRange.dlna.org': 'npt=600-' }, 416],
    ['of nonsense', { ...LG, 'TimeSeekRange.dlna.org': 'clock=now' }, 400],
    ['that was not offered', { 'TimeSeekRange.dlna.org': 'npt=5-' }, 200],
    ['to where it begins anyway', { 'TimeSeekRange.dlna.org': 'npt=0-' }, 200],
  ])('time seek %s', async (_, headers, status) => {
    expect((await tv(headers)).status).toBe(status);
  });

  test.each([
    ['from the beginning', { Range: 'bytes=0-' }, 200],
    ['from the middle', { Range: 'bytes=500-' }, 406],
    ['by a device that does not mean it', { Range: 'bytes=500-', 'User-Agent': 'alphanetworks' }, 200],
  ])('a range %s', async (_, headers, status) => {
    expect((await tv(headers)).status).toBe(status);
  });

  test('lengths as the device likes them', async () => {
    const ps3 = await tv({ 'User-Agent': 'PLAYSTATION 3' });
    expect([...ps3.headers.keys()]).not.toEqual(expect.arrayContaining(['transfer-encoding']));
    expect(ps3.headers.has('content-length')).toBe(false);
    expect(ps3.body).toHaveLength(18_800);
    const philips = await tv({ 'User-Agent': 'PhilipsIntelSDK' });
    expect(philips.headers.get('content-length')).toBe('100000000000');
    expect(philips.body).toHaveLength(18_800);
    const old = await exchange(served.port, 'GET /media/tv.ts HTTP/1.0\r\n\r\n');
    expect(old.headers.has('transfer-encoding')).toBe(false);
    expect(old.body).toHaveLength(18_800);
  });

  test('of constant bitrate it can be sought in by bytes, and is as long as it says', async () => {
    const format = { container: 'mpegts', video: { codec: 'h264' }, audio: { codec: 'aac' } };
    // 188 bytes in a tenth of a second, ten seconds.
    const offer = {
      resourceId: 'tv',
      kind: 'converted' as const,
      format,
      durationSeconds: 10,
      constantBitrate: 15_040,
    };
    source.media.set(
      'tv',
      conversion({
        ...{ durationSeconds: 10, offer },
        start: (from) => {
          started.push(from);
          return Promise.resolve(Readable.from(packets(from, 80 - from * 10)));
        },
      }),
    );
    const kodi = { 'User-Agent': 'Kodi/20.1' };
    const whole = await tv({ ...kodi, Range: 'bytes=0-' });
    expect(part(whole)).toEqual([206, 'bytes 0-18799/18800', 18_800, 0x47]);
    expect(whole.headers.get('contentfeatures.dlna.org')).toContain('DLNA.ORG_OP=01;DLNA.ORG_CI=1');
    expect(whole.body.subarray(-188, -180).toString('hex')).toBe('471fff10ffffffff');
    const middle = await tv({ ...kodi, Range: 'bytes=11292-' });
    expect(part(middle)).toEqual([206, 'bytes 11292-18799/18800', 7508, whole.body[11_292]]);
    const short = await tv({ ...kodi, Range: 'bytes=9400-9499' });
    expect(short.body).toHaveLength(100);
    // The conversion that was left is taken on: it has been there.
    expect(started).toEqual([0]);
    expect(middle.body.equals(whole.body.subarray(11_292))).toBe(true);
    expect(middle.body.subarray(176, 180).toString('hex')).toBe('47010030');
  });

  test('its reports are seconds, by its own clock', async () => {
    await tv({ ...LG, 'TimeSeekRange.dlna.org': 'npt=100-' });
    expect(source.reports.at(-1)).toMatchObject({
      ...{ resourceId: 'tv', state: 'ended', from: 100, unit: 'seconds', length: 600 },
    });
    expect(source.reports.at(-1)?.to).toBeCloseTo(109.9, 5);
  });

  test('a conversion that fails ends in a cut, not in an end', async () => {
    const failing = async function* (): AsyncGenerator<Buffer> {
      yield Buffer.alloc(188);
      await Promise.resolve();
      throw new Error('the encoder died');
    };
    source.media.set('tv', conversion({ start: () => Promise.resolve(Readable.from(failing())) }));
    const { body } = await tv();
    expect(body.toString('latin1')).not.toContain('\r\n0\r\n');
    expect(served.errors.splice(0)).toEqual([new Error('the encoder died')]);
  });
});

test('who stops reading stops us, and who leaves frees the file', async () => {
  let pulled = 0;
  const endless = new Readable({
    read() {
      pulled += 65_536;
      this.push(Buffer.alloc(65_536));
    },
  });
  source.media.set('film', patternFile(50_000_000_000, { read: () => endless }));
  const socket = await connected(served.port);
  socket.pause();
  socket.write('GET /media/film.mkv HTTP/1.1\r\nHost: x\r\n\r\n');
  // As much as the system's and our own buffers hold, then nothing more.
  let before = -1;
  while (pulled === 0 || before !== pulled) {
    before = pulled;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  expect(pulled).toBeLessThan(16_000_000);
  const closed = once(endless, 'close');
  socket.destroy();
  await closed;
  while (source.reports.at(-1)?.state !== 'ended') await new Promise(setImmediate);
  expect(source.reports.at(-1)?.to).toBeLessThanOrEqual(pulled);
  expect(source.reports.at(-1)).toMatchObject({ resourceId: 'film', unit: 'bytes', from: 0 });
});

test('who leaves while the host still looks for the file is not reported for ever', async () => {
  let open = (): void => undefined;
  const gate = new Promise<void>((resolve) => (open = resolve));
  const stream = new Readable({ read: () => undefined });
  const looking = Promise.all([gate]).then(() => patternFile(SIZE, { read: () => stream }));
  source.open = () => looking;
  const socket = await connected(served.port);
  socket.write('GET /media/film.mkv HTTP/1.1\r\nHost: x\r\n\r\n');
  while (served.admitted.length === 0) await new Promise(setImmediate);
  socket.destroy();
  // By the time that these are answered, the server has noticed.
  for (let index = 0; index < 3; index++) await served.ask('GET /description.xml');
  const freed = once(stream, 'close');
  open();
  await freed;
  await new Promise((resolve) => setTimeout(resolve, 1200));
  expect(source.reports).toEqual([]);
});

test('reports tell where a range ended; HEAD and pictures tell nothing', async () => {
  await get({ Range: 'bytes=1000-1999' });
  await served.ask('HEAD /media/film.mkv');
  expect(source.reports).toEqual([
    expect.objectContaining({ state: 'ended', from: 1000, to: 2000, unit: 'bytes', length: SIZE }),
  ]);
});

test('while it is sent there is a report a second', async () => {
  const slow = new Readable({ read: () => undefined });
  source.media.set('film', patternFile(SIZE, { read: () => slow }));
  const socket = await connected(served.port);
  socket.write('GET /media/film.mkv HTTP/1.1\r\nHost: x\r\n\r\n');
  slow.push(Buffer.alloc(1000));
  const began = performance.now();
  while (source.reports.length < 2) await new Promise((resolve) => setTimeout(resolve, 20));
  expect(performance.now() - began).toBeGreaterThan(1900);
  expect(source.reports).toEqual([
    expect.objectContaining({ state: 'sending', to: 1000 }),
    expect.objectContaining({ state: 'sending', to: 1000 }),
  ]);
  socket.destroy();
});
