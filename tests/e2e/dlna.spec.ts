import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, stat } from 'node:fs/promises';
import { get, type IncomingMessage } from 'node:http';
import { type AccountLimits, accountRoutes } from '../../contract/src/account.js';
import { type Device, deviceRoutes } from '../../contract/src/device.js';
import { libraryRoutes } from '../../contract/src/library.js';
import { playbackRoutes } from '../../contract/src/playback.js';
import { titleRoutes } from '../../contract/src/title.js';
import type { DidlObject } from '../../dlna/src/wire/didl.js';
import type { Client } from '../support/client.js';
import { dlnaOnLoopback, dlnaPort, idOf, Television, textOf, titleOf } from '../support/dlna-client.js';
import { databaseKinds, Hearth } from '../support/hearth.js';
import { MediaFolder, srt } from '../support/media.js';
import { addLibrary, rescan, titleNamed } from '../support/scanned.js';
import { waitFor } from '../support/wait-for.js';

let media: MediaFolder;
const rated = (rating: string, more = '') =>
  `<movie><mpaa>${rating}</mpaa><genre>Drama</genre>${more}</movie>`;
/** In the name of all that is kept from children. */
const adult = /forbidden/i;
const seconds = 300;

beforeAll(async () => {
  media = await MediaFolder.make();
  const day = 'films/Family Day (2010)/Family Day (2010)';
  await media.film(`${day}.mkv`, { seconds, subtitles: srt('Good morning.') });
  await media.write(
    `${day}.nfo`,
    rated('FSK 0', '<plot>Fish &amp; chips.</plot><actor><name>Gil</name></actor>'),
  );
  await media.write(`${day}.de.srt`, srt('Guten <i>Morgen</i>.', 'Tschüss & bis bald'));
  await media.picture('films/Family Day (2010)/poster.jpg', '600x900');
  const night = 'films/Forbidden Night (2015)/Forbidden Night (2015)';
  await media.film(`${night}.mkv`, { subtitles: srt('No.') });
  await media.write(`${night}.nfo`, rated('FSK 18'));
  await media.picture('films/Forbidden Night (2015)/poster.jpg');
  for (const episode of ['S01E01', 'S01E02', 'S02E01'])
    await media.film(`series/Harbour/Season ${episode.slice(1, 3)}/Harbour ${episode}.mkv`);
  await media.write('series/Harbour/tvshow.nfo', '<tvshow><title>Harbour</title><mpaa>FSK 0</mpaa></tvshow>');
  await media.write('music/Nina/Blue/ignore.txt', '');
  const tags = ['title=Song One', 'artist=Nina', 'album=Blue', 'track=1', 'genre=Jazz', 'date=1999'];
  const sine = ['-f', 'lavfi', '-i', 'sine=d=5', ...tags.flatMap((tag) => ['-metadata', tag])];
  execFileSync('ffmpeg', ['-v', 'error', '-y', ...sine, media.path('music/Nina/Blue/01.mp3')]);
  await media.picture('photos/Sea/Wave.jpg', '800x600');
}, 120_000);
afterAll(() => media.remove());

describe.each(databaseKinds)('televisions on %s', (database) => {
  let hearth: Hearth;
  let ada: Client;
  let screen: Television;
  let films: string;
  let lateLibrary: string;
  /** A folder of this database's own: what is added in it must not be there for the other. */
  const late = `late-${database}`;

  beforeAll(async () => {
    hearth = await Hearth.start({ database, env: dlnaOnLoopback });
    ada = await hearth.setUp();
    await mkdir(media.path(late));
    films = (await addLibrary(ada, 'movies', media.path('films'))).id;
    lateLibrary = (await addLibrary(ada, 'movies', media.path(late))).id;
    await addLibrary(ada, 'series', media.path('series'));
    await addLibrary(ada, 'music', media.path('music'));
    await addLibrary(ada, 'photos', media.path('photos'));
    screen = new Television(await dlnaPort(hearth));
  }, 120_000);
  afterAll(() => hearth.dispose());

  const devices = async (): Promise<Device[]> => (await ada.call(deviceRoutes.list)).items;
  const deviceAt = async (address: string): Promise<Device> => {
    const found = (await devices()).find((device) => device.address === address);
    if (!found) throw new Error(`No device came from ${address}`);
    return found;
  };
  /** Every object there is, by its id, as one television is shown it. */
  async function walk(television: Television): Promise<Map<string, DidlObject>> {
    const found = new Map<string, DidlObject>();
    const pending = ['0'];
    for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
      const { objects, returned, total, updateId } = await television.children(id);
      expect({ id, returned, total }).toEqual({ id, returned: objects.length, total: objects.length });
      expect(updateId).toBeGreaterThan(0);
      for (const object of objects) {
        expect(object.attributes['parentID']).toBe(id);
        if (object.type === 'container' && !found.has(idOf(object))) pending.push(idOf(object));
        found.set(idOf(object), object);
      }
    }
    return found;
  }
  const mainOf = (object: DidlObject): string => object.resources[0]?.uri ?? '';
  const filmOf = async (television: Television, name: string): Promise<DidlObject> => {
    const { objects } = await television.children('movies$all');
    const film = objects.find((object) => titleOf(object) === name);
    if (!film) throw new Error(`No film is called ${name}`);
    return film;
  };

  test('the whole tree can be walked, and every id asked for alone', async () => {
    const all = await walk(screen);
    const tops = (await screen.children('0')).objects.map(titleOf);
    expect(tops).toEqual(['Recently added', 'Movies', 'Series', 'Music', 'Photos']);
    for (const [id, object] of all) {
      expect(id).toMatch(/^[A-Za-z0-9$_-]{1,64}$/);
      const alone = await screen.object(id);
      expect(titleOf(alone).replace(/^Harbour S01E0(\d).*/, '')).toBe(
        titleOf(object).replace(/^Harbour S01E0(\d).*/, ''),
      );
      const home = object.attributes['refID'];
      if (home !== undefined) expect(all.get(home)?.attributes['refID']).toBeUndefined();
      const childCount = object.attributes['childCount'];
      if (childCount !== undefined) expect((await screen.children(id)).total).toBe(Number(childCount));
    }
    const titles = [...all.values()].map(titleOf);
    for (const title of [
      'Family Day',
      'Forbidden Night',
      'Harbour',
      'Season 1',
      'Nina',
      'Blue',
      'Song One',
      'Sea',
      'Wave',
      'Drama',
      '2010',
    ])
      expect(titles).toContain(title);
    expect(await screen.object('0')).toMatchObject({ attributes: { id: '0', parentID: '-1' } });
    await expect(screen.object('movies$all$nothing')).rejects.toMatchObject({ code: 701 });
    await expect(screen.children('movies$all$nothing')).rejects.toMatchObject({ code: 701 });
  }, 120_000);

  test('pages are parts of one list, sorted as asked', async () => {
    const names = async (start: number, count: number, sort = '') =>
      (await screen.children('movies$all', start, count, sort)).objects.map(titleOf);
    expect(await names(0, 1)).toEqual(['Family Day']);
    expect(await names(1, 1)).toEqual(['Forbidden Night']);
    expect(await names(2, 1)).toEqual([]);
    expect(await names(0, 0, '-dc:title')).toEqual(['Forbidden Night', 'Family Day']);
    expect(await names(0, 0, '-dc:date')).toEqual(['Forbidden Night', 'Family Day']);
  });

  test.each([
    ['upnp:class derivedfrom "object.item.videoItem" and @refID exists false', ['Family Day', 'Forbidden Night', 'Harbour S01E01', 'Harbour S01E02', 'Harbour S02E01']],
    ['dc:title contains "FAMIL"', ['Family Day']],
    ['dc:title contains "harbour"', ['Harbour S01E01', 'Harbour S01E02', 'Harbour S02E01']],
    ['dc:title = "forbidden night" or dc:title contains "wav"', ['Forbidden Night', 'Wave']],
    ['upnp:class derivedfrom "object.item.audioItem" and upnp:artist = "Nina"', ['Song One']],
    ['upnp:class = "object.container.album.musicAlbum"', ['Blue']],
    ['upnp:actor contains "gil"', ['Family Day']],
    ['dc:date >= "2012-01-01" and upnp:class derivedfrom "object.item.videoItem"', ['Forbidden Night']],
    ['upnp:genre = "Jazz" and upnp:class derivedfrom "object.item"', ['Song One']],
    ['res@duration > "0:04:00"', ['Family Day']],
    ['made:up = "x"', []],
  ])('search: %s', async (criteria, expected) => {
    const { objects, total } = await screen.search(criteria);
    expect(objects.map((object) => titleOf(object).replace(/(S\d\dE\d\d).*/, '$1'))).toEqual(expected);
    expect(total).toBe(expected.length);
  }); // prettier-ignore

  test('a search finds what is below its container only, each where it is at home', async () => {
    const inMusic = await screen.search('*', 'music');
    expect(inMusic.objects.map(titleOf)).toEqual(['Song One']);
    const [drama] = (await screen.children('movies$genre')).objects;
    const inDrama = await screen.search('dc:title contains "day"', drama && idOf(drama));
    expect(inDrama.objects.map(idOf)).toEqual([idOf(await filmOf(screen, 'Family Day'))]);
    expect((await screen.search('dc:title contains "family"', 'recent')).total).toBe(1);
    await expect(screen.search('*', 'nowhere')).rejects.toMatchObject({ code: 710 });
    await expect(screen.search('dc:title contains')).rejects.toMatchObject({ code: 708 });
  });

  test('a film is sent as it is: any range of it, its subtitles, its picture', async () => {
    const film = await filmOf(screen, 'Family Day');
    const { size } = await stat(media.path('films/Family Day (2010)/Family Day (2010).mkv'));
    expect(film.resources[0]?.attributes).toMatchObject({ size: String(size), resolution: '160x90' });
    const range = await screen.get(mainOf(film), { range: 'bytes=1000-1999' });
    expect(range).toMatchObject({ status: 206, headers: { 'content-range': `bytes 1000-1999/${size}` } });
    expect(range.body).toHaveLength(1000);
    const subtitles = film.resources.filter(({ uri }) => uri.endsWith('.srt'));
    expect(subtitles.length).toBeGreaterThan(0);
    const texts = await Promise.all(
      subtitles.map(async ({ uri }) => (await screen.get(uri)).body.toString()),
    );
    expect(texts.join()).toContain('Guten <i>Morgen</i>.\r\n');
    expect(texts.join()).toContain('Tschüss & bis bald');
    const art = await screen.get(textOf(film, 'upnp:albumArtURI') ?? '');
    expect(art).toMatchObject({ status: 200, headers: { 'content-type': 'image/jpeg' } });
    expect(art.body.subarray(0, 3)).toEqual(Buffer.from([0xff, 0xd8, 0xff]));
    const forged = mainOf(film).replace(/.(\.\w+)$/, (last, ending: string) => `${last.startsWith('0') ? '1' : '0'}${ending}`); // prettier-ignore
    expect((await screen.get(forged)).status).toBe(404);
  });

  test('music and photos are sent', async () => {
    const all = await walk(screen);
    const named = (title: string) => [...all.values()].find((object) => titleOf(object) === title);
    for (const [title, type] of [
      ['Song One', 'audio/mpeg'],
      ['Wave', 'image/jpeg'],
    ] as const) {
      // prettier-ignore
      const object = named(title);
      for (const { uri, attributes } of object?.resources ?? []) {
        expect(attributes['protocolInfo']).toContain(type);
        expect(await screen.get(uri)).toMatchObject({ status: 200, headers: { 'content-type': type } });
      }
      expect(object?.resources.length).toBeGreaterThan(0);
    }
  });

  test('a device that came is listed; shut out, it gets nothing', async () => {
    const guest = new Television(screen.port, '127.0.0.9');
    await guest.children('0');
    const device = await deviceAt('127.0.0.9');
    expect(device).toMatchObject({ viewer: { kind: 'household' }, access: 'allowed', profileFixed: false });
    const film = await filmOf(guest, 'Family Day');
    await ada.call(deviceRoutes.update, { id: device.id, access: 'denied', name: 'Attic' });
    await expect(guest.children('0')).rejects.toThrow();
    expect((await guest.get(mainOf(film))).status).toBe(403);
    expect((await screen.get(mainOf(film), { range: 'bytes=0-9' })).status).toBe(206);
    await ada.call(deviceRoutes.remove, { id: device.id });
    await expect(guest.children('0')).resolves.toMatchObject({ total: 5 });
    expect(await deviceAt('127.0.0.9')).toMatchObject({ access: 'allowed', viewer: { kind: 'household' } });
    const refusal = await ada.refused(deviceRoutes.update, { id: device.id, name: 'Gone' });
    expect(refusal).toMatchObject({ status: 404 });
  });

  test("children's screen never lists, finds or plays what is not for them, by any id", async () => {
    const kids = new Television(screen.port, '127.0.0.7');
    await kids.children('0');
    const everything = await walk(screen);
    await ada.call(deviceRoutes.update, { id: (await deviceAt('127.0.0.7')).id, viewer: { kind: 'kids' } });
    const theirs = await walk(kids);
    expect([...theirs.values()].map(titleOf)).toContain('Family Day');
    expect([...theirs.values()].map(titleOf).filter((title) => adult.test(title))).toEqual([]);
    const kept = [...everything.values()].filter((object) => adult.test(titleOf(object)));
    expect(kept.length).toBeGreaterThan(3);
    for (const object of kept) {
      await expect(kids.object(idOf(object))).rejects.toMatchObject({ code: 701 });
      expect((await kids.search(`@id = "${idOf(object)}"`)).total).toBe(0);
      const update = kids.call('UpdateObject', [['ObjectID', idOf(object)], ['CurrentTagValue', ''], ['NewTagValue', '']]); // prettier-ignore
      await expect(update).rejects.toMatchObject({ code: 701 });
      for (const { uri } of object.resources) expect((await kids.get(uri)).status).toBe(404);
    }
    for (const criteria of [
      '*',
      'dc:title contains "forbidden"',
      'upnp:class derivedfrom "object.item.videoItem"',
    ])
      expect((await kids.search(criteria)).objects.map(titleOf).filter((title) => adult.test(title))).toEqual(
        [],
      );
    expect((await kids.children('movies$year')).objects.map(titleOf)).toEqual(['2010']);
  }, 120_000);

  test('each viewer goes on where they stopped, and what is played there is remembered for them', async () => {
    const login = { username: `mia-${database}`, password: 'long enough' };
    const { id: accountId } = await ada.call(accountRoutes.createUser, { ...login, role: 'member' });
    const mia = hearth.client.as((await hearth.client.call(accountRoutes.login, login)).accessToken);
    const hers = new Television(screen.port, '127.0.0.5', 'Kodi/20.1');
    await hers.children('0');
    const { id } = await deviceAt('127.0.0.5');
    await ada.call(deviceRoutes.update, { id, viewer: { kind: 'person', accountId }, name: 'Bedroom' });

    const { id: titleId } = await titleNamed(ada, 'Family Day');
    const session = await mia.call(playbackRoutes.start, { titleId, client: {} });
    await mia.call(playbackRoutes.progress, { sessionId: session.sessionId, positionSeconds: 120 });
    await mia.call(playbackRoutes.stop, { sessionId: session.sessionId });
    expect((await hers.children('continue')).objects.map(titleOf)).toEqual(['Family Day']);
    expect((await hers.children('0')).objects.map(titleOf)[0]).toBe('Continue watching');
    await expect(screen.object('continue')).rejects.toMatchObject({ code: 701 });

    const film = await filmOf(hers, 'Family Day');
    const size = Number(film.resources[0]?.attributes['size']);
    const piece = size / seconds;
    // Ten seconds of film, a second each: as televisions do that ask for little at a time.
    for (let second = 200; second < 210; second++) {
      const began = performance.now();
      await hers.get(mainOf(film), {
        range: `bytes=${Math.floor(second * piece)}-${Math.floor((second + 1) * piece)}`,
      });
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, 1000 - (performance.now() - began))));
    }
    const state = await waitFor(
      async () => {
        const { state: kept } = await mia.call(titleRoutes.detail, { id: titleId });
        return kept !== null && kept.positionSeconds > 190 && kept;
      },
      'the position to be remembered',
      30_000,
    );
    expect(state.positionSeconds).toBeLessThan(215);
    expect((await ada.call(titleRoutes.detail, { id: titleId })).state).toBeNull();
    const [entry] = (await mia.call(playbackRoutes.history, {})).items;
    expect(entry).toMatchObject({ deviceName: 'Bedroom', title: { id: titleId } });

    await hers.call('X_SetBookmark', [['CategoryType', ''], ['RID', ''], ['ObjectID', idOf(film)], ['PosSecond', '77']]); // prettier-ignore
    expect((await mia.call(titleRoutes.detail, { id: titleId })).state).toMatchObject({
      positionSeconds: 77,
    });

    const tell = (of: string, value: string) => hers.call('UpdateObject', [['ObjectID', of], ['CurrentTagValue', ''], ['NewTagValue', value]]); // prettier-ignore
    // As Kodi writes the id.
    const kodis = `${encodeURIComponent(idOf(film))}/`;
    await tell(kodis, '<upnp:lastPlaybackPosition>88</upnp:lastPlaybackPosition>');
    const told = async () => (await mia.call(titleRoutes.detail, { id: titleId })).state;
    expect(await told()).toMatchObject({ positionSeconds: 88, watched: false });
    await tell(
      idOf(film),
      '<upnp:lastPlaybackPosition>0</upnp:lastPlaybackPosition>,<upnp:playCount>1</upnp:playCount>',
    );
    expect(await told()).toMatchObject({ watched: true });
    await tell(idOf(film), '<upnp:playCount>0</upnp:playCount>');
    expect(await told()).toMatchObject({ watched: false });
    expect((await ada.call(titleRoutes.detail, { id: titleId })).state).toBeNull();

    await ada.call(accountRoutes.deleteUser, { id: accountId });
    await waitFor(async () => (await hers.children('0')).objects.every((top) => titleOf(top) !== 'Continue watching'), 'the household view', 30_000); // prettier-ignore
    expect(await deviceAt('127.0.0.5')).toMatchObject({ viewer: { kind: 'household' } });
  }, 120_000);

  // Where its limits are kept makes no difference, and it takes seconds.
  if (database === 'sqlite')
    test('what may not be seen any more ends while it is sent', async () => {
      const limits = (change: Partial<AccountLimits>) =>
        ada.call(accountRoutes.updateUser, { id: 'household', limits: change });
      const url = mainOf(await filmOf(screen, 'Family Day'));
      try {
        // So slow that it takes longer than any machine does for the rest.
        await limits({ bandwidth: 100_000 });
        const asked = get(url, { agent: false });
        const [film] = (await once(asked, 'response')) as [IncomingMessage];
        expect(film.statusCode).toBe(200);
        // Not `once` of events: how it ends is an error.
        const ended = new Promise((resolve) => film.once('close', resolve));
        film.on('error', () => undefined).resume();
        await limits({ hiddenLibraryIds: [films] });
        await ended;
        expect(film.complete).toBe(false);
        expect((await screen.get(url)).status).toBe(404);
      } finally {
        await limits({ bandwidth: null, hiddenLibraryIds: [] });
      }
    }, 120_000);

  test('what a device gets, and why', async () => {
    const { id: titleId } = await titleNamed(ada, 'Family Day');
    const { items } = await ada.call(deviceRoutes.gets, { id: (await deviceAt('127.0.0.1')).id, titleId });
    expect(items).toMatchObject([{ fileName: 'Family Day (2010).mkv', action: 'direct', reasons: [] }]);
    expect(items[0]?.protocolInfo[0]).toMatch(/^http-get:\*:video\//);
    const nowhere = { id: (await deviceAt('127.0.0.1')).id, titleId: 'nothing' };
    expect(await ada.refused(deviceRoutes.gets, nowhere)).toMatchObject({ status: 404 });
  });

  test('the update id rises with every change, and stays risen after a restart', async () => {
    const before = (await screen.children('0')).updateId;
    await media.film(`${late}/New ${database} (2020).mkv`, { seconds: 2 });
    await rescan(ada, lateLibrary);
    const after = (await screen.children('0')).updateId;
    expect(after).toBeGreaterThan(before);
    const film = await filmOf(screen, `New ${database}`);
    hearth.log.length = 0;
    await hearth.stop();
    await hearth.boot();
    screen = new Television(await dlnaPort(hearth));
    const again = await filmOf(screen, `New ${database}`);
    expect((await screen.children('0')).updateId).toBeGreaterThan(after);
    expect(idOf(again)).toBe(idOf(film));
    expect(new URL(mainOf(again)).pathname).toBe(new URL(mainOf(film)).pathname);
    expect((await ada.call(libraryRoutes.list)).items).toHaveLength(5);
  }, 60_000);
});
