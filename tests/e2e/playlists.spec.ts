import { readFile } from 'node:fs/promises';
import { accountRoutes } from '../../contract/src/account.js';
import { deviceRoutes } from '../../contract/src/device.js';
import { type Track, musicRoutes } from '../../contract/src/music.js';
import { type PlaylistCard, playlistRoutes } from '../../contract/src/playlist.js';
import { titleRoutes } from '../../contract/src/title.js';
import type { Client } from '../support/client.js';
import { dlnaOnLoopback, dlnaPort, idOf, Television, titleOf } from '../support/dlna-client.js';
import { databaseKinds, Hearth } from '../support/hearth.js';
import { MediaFolder } from '../support/media.js';
import { addLibrary } from '../support/scanned.js';
import { song } from '../support/songs.js';

let media: MediaFolder;
const mix =
  '#EXTM3U\n..\\Blue\\01.mp3\n#EXTINF:61,Nina - Lost\n../Blue/99.mp3\n../Blue/02.mp3\n../../secret/x.mp3\n../Blue/01.mp3\n';

beforeAll(async () => {
  media = await MediaFolder.make();
  const common = { artist: 'Nina', album: 'Blue' };
  for (const [at, title] of ['One', 'Two', 'Three'].entries())
    await song(media.path(`music/Blue/0${at + 1}.mp3`), { ...common, title, track: `${at + 1}` });
  await song(media.path('secret/x.mp3'), { artist: 'Zed', album: 'Secret', title: 'Hidden' });
  await media.write('music/lists/Friday Mix.m3u', mix);
}, 60_000);
afterAll(() => media.remove());

describe.each(databaseKinds)('playlists on %s', (database) => {
  let hearth: Hearth;
  let ada: Client;
  let mia: { client: Client; id: string };
  let secret: string;
  let tracks: readonly Track[];
  let friday: PlaylistCard;

  beforeAll(async () => {
    hearth = await Hearth.start({ database, env: dlnaOnLoopback });
    ada = await hearth.setUp();
    secret = (await addLibrary(ada, 'music', media.path('secret'))).id;
    await addLibrary(ada, 'music', media.path('music'));
    const login = { username: 'mia', password: 'correct horse' };
    const { id } = await ada.call(accountRoutes.createUser, { ...login, role: 'member' });
    await ada.call(accountRoutes.updateUser, { id, limits: { hiddenLibraryIds: [secret] } });
    const { accessToken } = await hearth.client.call(accountRoutes.login, login);
    mia = { id, client: hearth.client.as(accessToken) };
    const { items: albums } = await ada.call(musicRoutes.albums, {});
    const blue = albums.find(({ name }) => name === 'Blue');
    if (!blue) throw new Error(`There is no “Blue” among ${JSON.stringify(albums)}`);
    ({ tracks } = await ada.call(musicRoutes.album, { id: blue.id }));
    const [only] = (await ada.call(playlistRoutes.list)).items;
    if (!only) throw new Error('The playlist in the library was not found');
    friday = only;
  }, 120_000);
  afterAll(() => hearth.dispose());

  const make = (client: Client, name: string, ...at: number[]) =>
    client.call(playlistRoutes.create, { name, trackIds: at.map((index) => tracks[index]?.id ?? '') });
  const shown = async (client: Client, id: string) =>
    (await client.call(playlistRoutes.detail, { id })).entries.map(
      ({ name, track }) => track?.name ?? `(${name})`,
    );
  const names = async (client: Client) =>
    (await client.call(playlistRoutes.list)).items.map(({ name }) => name);

  test('a file’s is shown with what is missing, and without what is hidden from who asks', async () => {
    expect(friday).toMatchObject({ name: 'Friday Mix', own: false, trackCount: 4 });
    expect(await shown(ada, friday.id)).toEqual(['One', '(Nina - Lost)', 'Two', 'Hidden', 'One']);
    expect(await shown(mia.client, friday.id)).toEqual(['One', '(Nina - Lost)', 'Two', 'One']);
    expect((await mia.client.call(playlistRoutes.list)).items).toMatchObject([{ trackCount: 3 }]);
  });

  test('a file’s is changed by nobody', async () => {
    const { id } = friday;
    for (const refusal of [
      await ada.refused(playlistRoutes.rename, { id, name: 'Mine' }),
      await ada.refused(playlistRoutes.remove, { id }),
      await ada.refused(playlistRoutes.append, { id, trackIds: [tracks[0]?.id ?? ''] }),
      await ada.refused(playlistRoutes.arrange, { id, entryIds: [] }),
    ])
      expect(refusal).toMatchObject({ status: 403, problem: { code: 'FORBIDDEN' } });
    expect(await readFile(media.path('music/lists/Friday Mix.m3u'), 'utf8')).toBe(mix);
  });

  test('people make, fill, reorder, rename and delete their own; nobody else sees them', async () => {
    const { id, ...card } = await make(mia.client, 'Run', 0, 1);
    expect(card).toMatchObject({ name: 'Run', own: true, trackCount: 2 });
    await mia.client.call(playlistRoutes.append, { id, trackIds: [tracks[2]?.id ?? '', tracks[0]?.id ?? ''] });
    expect(await shown(mia.client, id)).toEqual(['One', 'Two', 'Three', 'One']);
    const { entries } = await mia.client.call(playlistRoutes.detail, { id });
    const [first, , third, last] = entries.map((entry) => entry.id);
    await mia.client.call(playlistRoutes.arrange, { id, entryIds: [last, third, first, 'gone', last].map((one) => one ?? '') });
    expect(await shown(mia.client, id)).toEqual(['One', 'Three', 'One']);
    await mia.client.call(playlistRoutes.rename, { id, name: 'Slow run' });
    expect(await names(mia.client)).toEqual(['Friday Mix', 'Slow run']);
    expect(await names(ada)).toEqual(['Friday Mix']);
    for (const refusal of [
      await ada.refused(playlistRoutes.detail, { id }),
      await ada.refused(playlistRoutes.remove, { id }),
      await mia.client.refused(playlistRoutes.append, { id, trackIds: ['nothing'] }),
    ])
      expect(refusal.status).toBe(404);
    await mia.client.call(playlistRoutes.remove, { id });
    expect(await names(mia.client)).toEqual(['Friday Mix']);
  }); // prettier-ignore

  test('a hidden track can be put into none, and one that becomes hidden is in none', async () => {
    const [hidden] = (await ada.call(titleRoutes.search, { q: 'hidden' })).tracks;
    const trackIds = [hidden?.id ?? ''];
    const refusal = await mia.client.refused(playlistRoutes.create, { name: 'No', trackIds });
    expect(refusal.status).toBe(404);
    const { id } = await ada.call(playlistRoutes.create, { name: 'All', trackIds });
    expect(await shown(ada, id)).toEqual(['Hidden']);
    await ada.call(playlistRoutes.remove, { id });
  });

  test('they are found by the beginnings of words, each by who may see it', async () => {
    const own = await make(mia.client, 'Friday evening', 0);
    const found = async (client: Client, q: string) =>
      (await client.call(titleRoutes.search, { q })).playlists.map(({ name }) => name);
    expect(await found(mia.client, 'fri')).toEqual(['Friday evening', 'Friday Mix']);
    expect(await found(ada, 'mix fri')).toEqual(['Friday Mix']);
    expect(await found(ada, 'evening')).toEqual([]);
    await mia.client.call(playlistRoutes.remove, { id: own.id });
  });

  test('televisions list them as containers of tracks: a person’s own where it is theirs', async () => {
    const own = await make(mia.client, 'For the kitchen', 1, 1);
    const port = await dlnaPort(hearth);
    const [hall, kitchen] = [new Television(port, '127.0.0.3'), new Television(port, '127.0.0.4')];
    const top = async (screen: Television) => (await screen.children('playlists')).objects.map(titleOf);
    expect((await hall.children('0')).objects.map(titleOf)).toContain('Playlists');
    expect([await top(hall), await top(kitchen)]).toEqual([['Friday Mix'], ['Friday Mix']]);

    const { items } = await ada.call(deviceRoutes.list);
    const device = items.find(({ address }) => address === '127.0.0.4');
    const viewer = { kind: 'person' as const, accountId: mia.id };
    await ada.call(deviceRoutes.update, { id: device?.id ?? '', viewer });
    expect([await top(hall), await top(kitchen)]).toEqual([['Friday Mix'], ['For the kitchen', 'Friday Mix']]);

    const listed = await kitchen.children(`playlists$${own.id}`);
    expect(listed.objects.map(titleOf)).toEqual(['Two', 'Two']);
    expect(new Set(listed.objects.map(idOf)).size).toBe(2);
    for (const object of listed.objects) {
      expect(object.attributes['refID']).toMatch(/^music\$al\$/);
      expect(titleOf(await kitchen.object(idOf(object)))).toBe('Two');
    }
    await expect(hall.children(`playlists$${own.id}`)).rejects.toMatchObject({ code: 701 });
    await expect(hall.object(idOf(listed.objects[0]!))).rejects.toMatchObject({ code: 701 });

    const fridays = await hall.children(`playlists$${friday.id}`);
    expect(fridays.objects.map(titleOf)).toEqual(['One', 'Two', 'Hidden', 'One']);
    expect((await kitchen.children(`playlists$${friday.id}`, 1, 1)).objects.map(titleOf)).toEqual(['Two']);
    const criteria = 'upnp:class derivedfrom "object.container.playlistContainer"';
    const found = await kitchen.search(`${criteria} and dc:title contains "kitchen"`);
    expect(found.objects.map(idOf)).toEqual([`playlists$${own.id}`]);
    expect((await hall.search(criteria)).objects.map(titleOf)).toEqual(['Friday Mix']);
    expect((await hall.search('dc:title contains "t"', `playlists$${friday.id}`)).objects.map(titleOf)).toEqual(['Two']);
  }); // prettier-ignore
});
