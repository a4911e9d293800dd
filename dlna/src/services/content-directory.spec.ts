import type { MediaContainer, MediaItem } from '../media-source.port.js';
import { golden } from '../testing/golden.js';
import { ask } from '../testing/raw-http.js';
import { Served, soapCall } from '../testing/served.js';

const CDS = 'ContentDirectory';
const container = (id: string, parentId: string, title = id): MediaContainer => ({
  type: 'container',
  class: 'object.container.storageFolder',
  searchable: true,
  ...{ id, parentId, title },
});
const film = (id: string, parentId: string, title = id): MediaItem => ({
  type: 'item',
  class: 'object.item.videoItem.movie',
  offers: [{ resourceId: `r-${id}`, kind: 'original', format: { container: 'matroska' }, size: 5 }],
  ...{ id, parentId, title },
});

let served: Served;
beforeEach(async () => {
  served = await new Served().start();
  served.source.add(
    container('0', '-1', 'Hearth'),
    container('v$all', '0', 'Films'),
    container('a$albums', '0', 'Albums'),
    ...Array.from({ length: 450 }, (_, index) => film(`f${index}`, 'v$all', `Film ${index}`)),
  );
});
afterEach(() => served.stop());

const browse = (id: string, more: Readonly<Record<string, string>> = {}, headers = {}) =>
  served.call(
    CDS,
    'Browse',
    {
      ObjectID: id,
      BrowseFlag: 'BrowseDirectChildren',
      Filter: '*',
      StartingIndex: '0',
      RequestedCount: '10',
      SortCriteria: '',
      ...more,
    },
    headers,
  );
const idsIn = (result = ''): string[] =>
  [...result.matchAll(/<(?:item|container) id="([^"]*)"/g)].map(([, id = '']) => id);
const errorCode = async (asked: ReturnType<typeof browse>): Promise<string | undefined> => {
  const { answer, out } = await asked;
  expect(answer.status).toBe(500);
  return out['errorCode'];
};

test('pages of one list', async () => {
  const { answer, out } = await browse('v$all', { StartingIndex: '440', RequestedCount: '20' });
  expect(answer.status).toBe(200);
  expect(idsIn(out['Result'])).toEqual(Array.from({ length: 10 }, (_, index) => `f${440 + index}`));
  expect(out).toMatchObject({ NumberReturned: '10', TotalMatches: '450', UpdateID: '1' });
});

test('0 and nothing are all; beyond the end is nothing', async () => {
  expect((await browse('v$all', { RequestedCount: '0' })).out['NumberReturned']).toBe('450');
  const bare = await served.call(CDS, 'Browse', { ObjectID: 'v$all', BrowseFlag: 'BrowseDirectChildren' });
  expect(bare.out['NumberReturned']).toBe('450');
  const beyond = await browse('v$all', { StartingIndex: '4000000000' });
  expect(beyond.out).toMatchObject({ NumberReturned: '0', TotalMatches: '450' });
  expect(beyond.out['Result']).toMatch(/^<DIDL-Lite [^>]*><\/DIDL-Lite>$/);
});

test('no answer is larger than 5000 objects', async () => {
  await browse('v$all', { RequestedCount: '4294967295' });
  await browse('v$all', { RequestedCount: '0' });
  expect(served.source.requests.map(({ count }) => count)).toEqual([5000, 5000]);
});

test('metadata of the root, of an item, and of what is not there', async () => {
  const root = await browse('0', { BrowseFlag: 'BrowseMetadata' });
  expect(root.out).toMatchObject({ NumberReturned: '1', TotalMatches: '1' });
  expect(root.out['Result']).toContain('<container id="0" parentID="-1" restricted="1" searchable="1"');
  expect(idsIn((await browse('f7', { BrowseFlag: 'BrowseMetadata' })).out['Result'])).toEqual(['f7']);
  expect(await errorCode(browse('nope', { BrowseFlag: 'BrowseMetadata' }))).toBe('701');
});

test("a fault is minidlna's, to the byte but for its words", async () => {
  const { answer } = await browse('nope');
  const expected = golden('minidlna/fault.xml').trim();
  expect(answer.body.toString().trim()).toBe(expected.replace('No such object error', 'No such object'));
  expect(answer.headers.get('content-type')).toBe('text/xml; charset="utf-8"');
});

test("an answer has minidlna's envelope and headers", async () => {
  const { answer, out } = await browse('v$all', { RequestedCount: '1' });
  const bare = (xml: string): string =>
    xml
      .replace(/<Result>.*<\/Result>/s, '<Result/>')
      .replace(/>\d+</g, '>0<')
      .replace(/\s+</g, '<')
      .trim();
  expect(bare(answer.body.toString())).toBe(bare(golden('minidlna/browse-reply.xml')));
  for (const name of ['content-type', 'content-length', 'server', 'date', 'ext', 'connection'])
    expect([name, answer.headers.has(name)]).toEqual([name, true]);
  expect(answer.headers.has('transfer-encoding')).toBe(false);
  expect(out['Result']?.match(/^<DIDL-Lite[^>]*>/)?.[0]).toBe(
    /&lt;(DIDL-Lite.*?)&gt;/.exec(golden('minidlna/browse-reply.xml'))?.[1]?.replace(/^(.*)$/, '<$1>'),
  );
});

test.each([
  ['no flag', { BrowseFlag: '' }, '402'],
  ['an unknown flag', { BrowseFlag: 'BrowseAll' }, '402'],
  ['an index that is none', { StartingIndex: 'x' }, '402'],
  ['a negative count', { RequestedCount: '-1' }, '402'],
  ['a count beyond ui4', { RequestedCount: '4294967296' }, '402'],
  ['sort criteria that are none', { SortCriteria: '+dc:title,,<' }, '709'],
  ['children of an item', { ObjectID: 'f1' }, '710'],
  ['an id that is a path', { ObjectID: '../../etc/passwd' }, '701'],
])('%s is a fault', async (_, args, code) => {
  expect(await errorCode(browse('v$all', args))).toBe(code);
});

test('what nobody can sort by is left out, the rest is meant', async () => {
  await browse('v$all', { SortCriteria: '-dc:date,+upnp:unheardOf,dc:title' });
  expect(served.source.requests.at(-1)?.sort).toEqual([
    { property: 'dc:date', descending: true },
    { property: 'dc:title', descending: false },
  ]);
  await browse('v$all', { SortCriteria: '+dc:title' }, { 'User-Agent': 'Panasonic MIL DLNA CP' });
  expect(served.source.requests.at(-1)?.sort).toEqual([]);
});

test.each([
  ['', ['v$all', 'a$albums']],
  ['1', ['v$all', 'a$albums']],
  ['V', ['f0', 'f1']],
  ['V_T', ['f0', 'f1']],
  ['8', ['f0', 'f1']],
  ['2$8', ['f0', 'f1']],
  ['7', []],
])('%s is the container that is meant', async (id, children) => {
  const { out } = await browse(id, { RequestedCount: '2' });
  expect(idsIn(out['Result'])).toEqual(children);
});

test("the host's own ids come before what they might mean, and an Xbox says ContainerID", async () => {
  served.source.add(container('8', '0'), film('mine', '8'));
  const { out } = await served.call(CDS, 'Browse', { ContainerID: '8', BrowseFlag: 'BrowseDirectChildren' });
  expect(idsIn(out['Result'])).toEqual(['mine']);
});

test('search, its magic containers and its faults', async () => {
  const search = (SearchCriteria: string, ContainerID = '0') =>
    served.call(CDS, 'Search', { ContainerID, SearchCriteria, RequestedCount: '3' });
  const found = await search('upnp:class derivedfrom "object.item.videoItem" and dc:title contains "44"');
  expect(found.out).toMatchObject({ NumberReturned: '3', TotalMatches: '14' });
  expect((await search('*', 'V')).out['TotalMatches']).toBe('450');
  expect((await search('upnp:unheardOf exists true')).out).toMatchObject({ TotalMatches: '0' });
  expect(await errorCode(search('dc:title contains'))).toBe('708');
  expect(await errorCode(search('*', 'nope'))).toBe('710');
});

test('capabilities, features and update id are there for everybody', async () => {
  const one = async (action: string) => (await served.call(CDS, action)).out;
  expect((await one('GetSearchCapabilities'))['SearchCaps']).toContain('dc:title,');
  expect((await one('GetSortCapabilities'))['SortCaps']).toContain('dc:title');
  expect(await one('GetSortExtensionCapabilities')).toEqual({ SortExtensionCaps: '+,-' });
  expect(await one('GetSystemUpdateID')).toEqual({ Id: '1' });
  expect((await one('X_GetFeatureList'))['FeatureList']).toContain(
    '<Feature name="samsung.com_BASICVIEW" version="1"><container id="a$all" type="object.item.audioItem"/>' +
      '<container id="v$all" type="object.item.videoItem"/><container id="i$all" type="object.item.imageItem"/>',
  );
  expect(await errorCode(served.call(CDS, 'DestroyObject'))).toBe('401');
});

test('bookmarks are seconds, milliseconds on the newer Samsungs, and never 0', async () => {
  const mark = (PosSecond: string, userAgent: string, ObjectID = 'f1') =>
    served.call(
      CDS,
      'X_SetBookmark',
      { CategoryType: '3', RID: '2', ObjectID, PosSecond },
      { 'User-Agent': userAgent },
    );
  const old = 'SEC_HHP_[TV] UE40ES6300/1.0';
  expect((await mark('90', old)).answer.status).toBe(200);
  expect((await mark('0', old)).answer.status).toBe(200);
  await mark('95500', 'SEC_HHP_[TV] Samsung Q7 Series (49)/1.0');
  expect(served.source.bookmarks).toEqual([
    ['f1', 90],
    ['f1', 95.5],
  ]);
  expect(await errorCode(mark('5', old, 'nope'))).toBe('701');
  expect(await errorCode(mark('soon', old))).toBe('402');
});

test('ConnectionManager and the registrar', async () => {
  const { out } = await served.call('ConnectionManager', 'GetProtocolInfo');
  expect(out['Source']).toMatch(/^http-get:\*:[^,]+(,http-get:\*:[^,]+)+$/);
  expect((await served.call('ConnectionManager', 'GetCurrentConnectionIDs')).out).toEqual({
    ConnectionIDs: '0',
  });
  const connection = (id: string) =>
    served.call('ConnectionManager', 'GetCurrentConnectionInfo', { ConnectionID: id });
  expect((await connection('0')).out).toMatchObject({ Direction: 'Output', Status: 'OK', RcsID: '-1' });
  expect(await errorCode(connection('1'))).toBe('706');
  const registrar = 'X_MS_MediaReceiverRegistrar';
  expect((await served.call(registrar, 'IsAuthorized', { DeviceID: '' })).out).toEqual({ Result: '1' });
  expect((await served.call(registrar, 'IsValidated', { DeviceID: '' })).out).toEqual({ Result: '1' });
});

test('every action of every SCPD is answered, with the arguments it promises', async () => {
  for (const service of [CDS, 'ConnectionManager', 'X_MS_MediaReceiverRegistrar']) {
    const scpd = (await served.ask(`GET /${service}/scpd.xml`)).body.toString();
    const actions = [...scpd.matchAll(/<action><name>(\w+)<\/name>(.*?)<\/action>/gs)];
    expect(actions.length).toBeGreaterThanOrEqual(3);
    for (const [, name = '', list = ''] of actions) {
      const promised = [...list.matchAll(/<name>(\w+)<\/name><direction>out/g)].map(([, out]) => out);
      const { answer, out } = await served.call(service, name, {
        ...{ ObjectID: 'f1', BrowseFlag: 'BrowseMetadata', ConnectionID: '0', PosSecond: '7' },
        ...{ ContainerID: '0', SearchCriteria: '*', NewTagValue: '' },
      });
      expect([name, answer.status, Object.keys(out)]).toEqual([name, 200, promised]);
    }
  }
});

test.each([
  ['quoted', `"urn:schemas-upnp-org:service:${CDS}:1#GetSystemUpdateID"`],
  ['in single quotes', `'urn:schemas-upnp-org:service:${CDS}:1#GetSystemUpdateID'`],
  ['bare', `urn:schemas-upnp-org:service:${CDS}:1#GetSystemUpdateID`],
  ['wrong', 'nonsense'],
])('SOAPACTION %s', async (_, SOAPACTION) => {
  expect((await served.call(CDS, 'GetSystemUpdateID', {}, { SOAPACTION })).out).toEqual({ Id: '1' });
});

test.each([
  ['another prefix', (xml: string) => xml.replaceAll('u:Get', 'm:Get').replace('xmlns:u', 'xmlns:m')],
  ['a byte order mark', (xml: string) => `\uFEFF${xml}`],
  ['no prolog', (xml: string) => xml.replace(/^<\?.*?\?>/, '')],
  ['line ends everywhere', (xml: string) => xml.replaceAll('><', '>\r\n <')],
])('a body with %s', async (_, change) => {
  const body = change(soapCall(CDS, 'GetSystemUpdateID', {}));
  const answer = await ask(served.port, `POST /${CDS}/control`, {}, body);
  expect(answer.status).toBe(200);
});

test('what goes wrong in the host is fault 501, and told to the host', async () => {
  served.source.failure = new Error('the database sleeps');
  expect(await errorCode(browse('0'))).toBe('501');
  expect(served.errors).toEqual([served.source.failure]);
});

describe('UpdateObject', () => {
  const update = (ObjectID: string, NewTagValue: string) =>
    served.call(CDS, 'UpdateObject', { ObjectID, CurrentTagValue: '', NewTagValue });
  const stopped = '<upnp:lastPlaybackPosition>400</upnp:lastPlaybackPosition>';

  test('tells where somebody stopped, with an id as Kodi writes it too', async () => {
    served.source.add(film('m$1', '0'));
    for (const id of ['m$1', 'm%241/']) expect((await update(id, stopped)).answer.status).toBe(200);
    expect((await update('m$1', '')).answer.status).toBe(200);
    const word = { positionSeconds: 400 };
    expect(served.source.words).toEqual([['m$1', word], ['m$1', word], ['m$1', {}]]); // prettier-ignore
  });

  test.each([
    ['nobody', stopped, '701'],
    ['%zz', stopped, '701'],
    ['v$all', stopped, '711'],
    ['f1', '<dc:title>Mine</dc:title>', '705'],
    ['f1', '<upnp:playCount>', '703'],
  ])('%s, %s: %s', async (id, value, code) => {
    expect(await errorCode(update(id, value))).toBe(code);
    expect(served.source.words).toEqual([]);
  });
});
