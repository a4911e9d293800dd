import { accountRoutes } from '../../contract/src/account.js';
import { allRoutes } from '../../contract/src/all-routes.js';
import { downloadRoutes } from '../../contract/src/download.js';
import { libraryRoutes } from '../../contract/src/library.js';
import { type PlaybackSession, playbackRoutes } from '../../contract/src/playback.js';
import type { Route } from '../../contract/src/route.js';
import { filesAmong, sourceRoutes } from '../../contract/src/source.js';
import { titleRoutes } from '../../contract/src/title.js';
import type { Client } from '../support/client.js';
import { databaseKinds, Hearth } from '../support/hearth.js';
import { MediaFolder, srt } from '../support/media.js';
import { addLibrary, titleNamed } from '../support/scanned.js';

/** In the name of everything that is kept from the child: titles, people, episodes, files, genres, tracks. */
const secret = /forbidden|verboten|nameless|grimly|bloody|attic/i;

const film = (rating: string | null, more = '') =>
  `<movie>${rating === null ? '' : `<mpaa>${rating}</mpaa>`}<genre>Comedy</genre>${more}</movie>`;
const vera =
  '<actor><name>Vera Verboten</name><role>Bloody Mary</role></actor><actor><name>Gil Goodman</name></actor>';

let media: MediaFolder;

beforeAll(async () => {
  media = await MediaFolder.make();
  const adult = 'films/Forbidden Night (2015)/Forbidden Night (2015)';
  await media.film(`${adult}.mkv`, { seconds: 100, subtitles: srt('Bloody hell.') });
  await media.write(
    `${adult}.nfo`,
    film('FSK 18', `<genre>Forbidden Fruit</genre><plot>Verboten.</plot>${vera}`),
  );
  await media.write(`${adult}.de.srt`, srt('Verboten!'));
  await media.picture('films/Forbidden Night (2015)/poster.jpg');
  await media.film('films/Forbidden Night (2015)/Forbidden Night (2015)-trailer.mp4');
  await media.film('films/Nameless Tale (2011).mkv');
  await media.film('films/Family Day (2010)/Family Day (2010).mkv', { seconds: 100 });
  await media.write(
    'films/Family Day (2010)/Family Day (2010).nfo',
    film('FSK 6', '<actor><name>Gil Goodman</name></actor>'),
  );
  await media.film('series/Grimly/Season 01/Grimly S01E01.mkv', { seconds: 100 });
  await media.film('series/Grimly/Season 01/Grimly S01E02.mkv');
  await media.write(
    'series/Grimly/tvshow.nfo',
    '<tvshow><title>Grimly</title><mpaa>US:TV-MA</mpaa></tvshow>',
  );
  await media.write(
    'series/Grimly/Season 01/Grimly S01E01.nfo',
    '<episodedetails><title>Bloody Secret</title><season>1</season><episode>1</episode></episodedetails>',
  );
  await media.film('attic/Old Attic (2012)/Old Attic (2012).mkv');
  await media.write('attic/Old Attic (2012)/Old Attic (2012).nfo', film('FSK 0'));
}, 60_000);
afterAll(() => media.remove());

const routes = Object.values(allRoutes).flatMap((group) => Object.values(group));
/** They end the child's own sign-in. */
const leavesHouse = ['POST /api/auth/logout', 'DELETE /api/auth/sessions/:id'];
const memberRoutes = routes
  .filter(({ access }) => access === 'member')
  .map((route): [string, Route] => [`${route.method} ${route.path}`, route])
  .filter(([name]) => !leavesHouse.includes(name));

describe.each(databaseKinds)('what a child may see on %s', (database) => {
  let hearth: Hearth;
  let ada: Client;
  let tim: Client;
  let timId: string;
  let libraryIds: Record<'films' | 'series' | 'attic', string>;
  /** Everything of what is hidden that has an id. */
  let hidden: Record<'title' | 'unrated' | 'series' | 'attic' | 'season' | 'episode' | 'file' | 'trailer' | 'episodeFile' | 'atticFile' | 'image' | 'person', string>; // prettier-ignore
  let familyId: string;
  /** What he did before anything was kept from him. */
  let before: { session: PlaybackSession; converted: PlaybackSession; downloadId: string; historyId: string; poster: string }; // prettier-ignore

  const limit = (maxAge: number | null, hiddenLibraryIds: string[]) =>
    ada.call(accountRoutes.updateUser, { id: timId, limits: { maxAge, hiddenLibraryIds } });
  const protect = () => limit(12, [libraryIds.attic]);
  const free = () => limit(null, []);

  async function collectHidden(): Promise<void> {
    const id = async (name: string) => (await titleNamed(ada, name)).id;
    const [title, series, attic] = [await id('Forbidden Night'), await id('Grimly'), await id('Old Attic')];
    const detail = await ada.call(titleRoutes.detail, { id: title });
    const fileOf = async (titleId: string, episodeId?: string) => {
      const { items } = await ada.call(sourceRoutes.ofTitle, {
        id: titleId,
        ...(episodeId && { episodeId }),
      });
      return filesAmong(items).find(({ extraKind }) => extraKind === null)?.fileId ?? '';
    };
    const [season] = (await ada.call(titleRoutes.seasons, { id: series })).items;
    const [episode] = (await ada.call(titleRoutes.episodes, { id: series })).items;
    expect(episode?.name).toBe('Bloody Secret');
    hidden = {
      title,
      series,
      attic,
      unrated: await id('Nameless Tale'),
      season: season?.id ?? '',
      episode: episode?.id ?? '',
      file: await fileOf(title),
      trailer: detail.extras[0]?.fileId ?? '',
      episodeFile: await fileOf(series, episode?.id),
      atticFile: await fileOf(attic),
      image: /images\/([\w-]+)/.exec(detail.poster?.url ?? '')?.[1] ?? '',
      person: detail.credits.find(({ name }) => name === 'Vera Verboten')?.personId ?? '',
    };
    expect(Object.values(hidden)).not.toContain('');
    familyId = await id('Family Day');
  }

  /** Everything that leaves traces, while he still may. */
  async function watchBefore(): Promise<void> {
    const session = await tim.call(playbackRoutes.start, { titleId: hidden.title, client: {} });
    await tim.call(playbackRoutes.progress, { sessionId: session.sessionId, positionSeconds: 40 });
    const episode = await tim.call(playbackRoutes.start, { episodeId: hidden.episode, client: {} });
    await tim.call(playbackRoutes.progress, { sessionId: episode.sessionId, positionSeconds: 95 });
    const client = { containers: ['mp4'], videoCodecs: ['vp9'], maxHeight: 90 };
    const converted = await tim.call(playbackRoutes.start, { fileId: hidden.episodeFile, client });
    expect(converted.method).not.toBe('direct');
    await tim.call(playbackRoutes.addFavorite, { titleId: hidden.title });
    await tim.call(playbackRoutes.addFavorite, { titleId: familyId });
    const { id: downloadId } = await tim.call(downloadRoutes.create, {
      fileId: hidden.file,
      quality: 'original',
    });
    const { items } = await tim.call(playbackRoutes.history, {});
    const historyId = items.find(({ title }) => title.id === hidden.title)?.id ?? '';
    const poster = (await tim.call(titleRoutes.detail, { id: hidden.title })).poster?.url ?? '';
    before = { session, converted, downloadId, historyId, poster };
  }

  beforeAll(async () => {
    hearth = await Hearth.start({ database });
    ada = await hearth.setUp();
    const login = { username: 'tim', password: 'long enough' };
    timId = (await ada.call(accountRoutes.createUser, { ...login, role: 'child' })).id;
    tim = hearth.client.as((await hearth.client.call(accountRoutes.login, login)).accessToken);
    libraryIds = {
      films: (await addLibrary(ada, 'movies', media.path('films'))).id,
      series: (await addLibrary(ada, 'series', media.path('series'))).id,
      attic: (await addLibrary(ada, 'movies', media.path('attic'))).id,
    };
    await collectHidden();
    await watchBefore();
    await protect();
  }, 120_000);
  afterAll(() => hearth.dispose());

  /** Inputs of a route: each hidden id wherever an id goes, one place at a time in bodies, all at once in paths. */
  function inputsOf(): Record<string, unknown>[] {
    const ids = [
      ...Object.values(hidden),
      libraryIds.attic,
      before.session.sessionId,
      before.historyId,
      before.downloadId,
    ];
    const client = { containers: ['mp4'] };
    const more = { client, positionSeconds: 1, reason: 'x', quality: 'original', watched: true, choice: {} };
    const words = ['forbidden', 'verboten', 'bloody', 'nameless', 'attic', 'grim', 'family'].map((q) => ({
      q,
    }));
    const filters = [
      { personId: hidden.person },
      { genre: 'Forbidden Fruit' },
      { libraryId: libraryIds.attic },
      { contentRating: 'FSK 18' },
      { watched: 'yes' },
      { watched: 'no' },
      { watched: 'started' },
      { favorite: 'true' },
      { letter: 'F' },
      { year: '2015' },
      { limit: 1 },
    ];
    const places = ['titleId', 'episodeId', 'fileId', 'seasonId', 'trackId', 'photoId'];
    const inPath = ids.map((id) => ({ id, titleId: id, sessionId: id }));
    const inBody = ids.flatMap((id) =>
      places.map((place) => ({ id, sessionId: before.session.sessionId, [place]: id })),
    );
    const inQuery = ids.map((id) => ({
      id: hidden.series,
      titleId: hidden.series,
      sessionId: 'x',
      episodeId: id,
    }));
    const lists = [{}, ...words, ...filters].map((query) => ({
      id: 'x',
      titleId: 'x',
      sessionId: 'x',
      ...query,
    }));
    return [...inPath, ...inBody, ...inQuery, ...lists].map((input) => ({ ...more, ...input }));
  }

  test.each(memberRoutes)('%s names nothing of it and hands out no byte', async (name, route) => {
    const isById = /\/:(id|titleId)/.test(route.path) && !/sessionId/.test(route.path);
    for (const input of inputsOf()) {
      const response = await tim.send(route, input);
      const text = await response.text();
      const said = `${name} ${JSON.stringify(input)} → ${response.status} ${text.slice(0, 2000)}`;
      expect([response.status >= 500, said]).toEqual([false, said]);
      // An echo of the question is no answer.
      const names = text.replaceAll(/"(detail|message|path)":"[^"]*"/g, '').match(secret) ?? [];
      expect([names[0], said]).toEqual([undefined, said]);
      for (const [, url = ''] of text.matchAll(/"(\/api\/[^"]+)"/g))
        expect(Object.values(hidden).filter((id) => url.includes(id))).toEqual([]);
      if (isById) expect([response.ok, said]).toEqual([false, said]);
    }
  });

  test.each<[string, Route, (id: typeof hidden) => Record<string, unknown>[]]>([
    ['detail', titleRoutes.detail, (at) => [at.title, at.unrated, at.series, at.attic].map((id) => ({ id }))],
    ['movie', sourceRoutes.movie, (at) => [{ id: at.title, includeSources: 'true' }]],
    ['seasons', titleRoutes.seasons, (at) => [{ id: at.series }]],
    ['episodes', titleRoutes.episodes, (at) => [{ id: at.series }, { id: at.series, season: 1 }]],
    [
      'sources',
      sourceRoutes.ofTitle,
      (at) => [{ id: at.title }, { id: at.series, episodeId: at.episode }, { id: at.attic }],
    ],
    ['similar', titleRoutes.similar, (at) => [{ id: at.title }]],
    [
      'playback',
      playbackRoutes.start,
      (at) => [
        ...[at.title, at.unrated, at.series, at.attic].map((titleId) => ({ titleId, client: {} })),
        ...[at.file, at.trailer, at.episodeFile, at.atticFile].map((fileId) => ({ fileId, client: {} })),
        { episodeId: at.episode, client: {} },
        { fileId: at.file, titleId: at.unrated, episodeId: at.episode, client: {} },
      ],
    ],
    [
      'downloads',
      downloadRoutes.create,
      (at) => [at.file, at.trailer, at.atticFile].map((fileId) => ({ fileId, quality: 'original' })),
    ],
    [
      'watched',
      playbackRoutes.watched,
      (at) => [
        { titleId: at.title, watched: true },
        { titleId: at.series, watched: true },
        { seasonId: at.season, watched: true },
        { episodeId: at.episode, watched: false },
      ],
    ],
    ['favourite', playbackRoutes.favorite, (at) => [{ titleId: at.title }]],
    ['adding a favourite', playbackRoutes.addFavorite, (at) => [{ titleId: at.attic }]],
    ['removing a favourite', playbackRoutes.removeFavorite, (at) => [{ titleId: at.title }]],
  ])('%s: it does not exist', async (_, route, inputs) => {
    for (const input of inputs(hidden)) {
      const { status, problem } = await tim.refused(route, input);
      expect([status, problem.code, input]).toEqual([404, 'NOT_FOUND', input]);
    }
  });

  test('what he had of it stops: sessions, their bytes and playlists, downloads, history', async () => {
    const { session, converted, downloadId, historyId } = before;
    const subtitles = session.subtitles.map(({ url }) => url).filter(Boolean);
    expect(subtitles.length).toBeGreaterThan(0);
    for (const url of [session.url, converted.url, ...subtitles]) {
      const response = await hearth.client.fetch(url);
      expect([url, response.status]).toEqual([url, 404]);
    }
    const { sessionId } = session;
    for (const [route, input] of [
      [playbackRoutes.choose, { sessionId, client: {}, choice: {} }],
      [playbackRoutes.failed, { sessionId, client: {}, reason: 'x', positionSeconds: 0 }],
      [playbackRoutes.extras, { sessionId }],
      [playbackRoutes.deleteHistory, { id: historyId }],
      [downloadRoutes.remove, { id: downloadId }],
    ] as const)
      expect(await tim.refused(route, input)).toMatchObject({ status: 404, problem: { code: 'NOT_FOUND' } });
    expect((await tim.call(playbackRoutes.status, { sessionId })).titleName).toBe('');
  });

  test('lists, counts and libraries are those of what he sees', async () => {
    const seen = async (input: Record<string, unknown> = {}) => tim.call(titleRoutes.list, input);
    expect((await seen()).items.map(({ name }) => name)).toEqual(['Family Day']);
    expect((await seen()).total).toBe(1);
    expect((await seen({ libraryId: libraryIds.attic })).total).toBe(0);
    expect((await seen({ q: 'night' })).total).toBe(0);
    const facets = await tim.call(titleRoutes.facets, {});
    expect(facets.genres).toEqual([{ value: 'Comedy', count: 1 }]);
    expect(facets.contentRatings).toEqual([{ value: 'FSK 6', count: 1 }]);
    expect((await ada.call(titleRoutes.facets, {})).genres).toContainEqual({ value: 'Comedy', count: 3 });
    const { people } = await tim.call(titleRoutes.search, { q: 'goodman' });
    expect(people).toMatchObject([{ name: 'Gil Goodman', titleCount: 1 }]);
    const { items } = await tim.call(libraryRoutes.list);
    expect(items.map(({ id, titleCount }) => [id, titleCount])).toEqual([
      [libraryIds.films, 1],
      [libraryIds.series, 0],
    ]);
    const favorites = await tim.call(playbackRoutes.favorites, {});
    expect([favorites.total, favorites.items.map(({ id }) => id)]).toEqual([1, [familyId]]);
    expect((await tim.call(playbackRoutes.history, {})).total).toBe(0);
    expect((await tim.call(downloadRoutes.list)).items).toEqual([]);
    const home = await tim.call(titleRoutes.home);
    expect([home.continueWatching, home.nextUp]).toEqual([[], []]);
    expect(home.recentlyAdded.map(({ id }) => id)).toEqual([familyId]);
    expect((await tim.call(playbackRoutes.popular, {})).items).toEqual([]);
  });

  test('what he may see plays as ever', async () => {
    const session = await tim.call(playbackRoutes.start, { titleId: familyId, client: {} });
    expect((await hearth.client.fetch(session.url)).status).toBe(200);
    await tim.call(playbackRoutes.watched, { titleId: familyId, watched: true });
    await tim.call(playbackRoutes.watched, { titleId: familyId, watched: false });
    await tim.call(playbackRoutes.stop, { sessionId: session.sessionId });
  });

  test('his parents see everything', async () => {
    expect((await ada.call(titleRoutes.list, {})).total).toBe(5);
    expect((await ada.call(titleRoutes.search, { q: 'verboten' })).people).toHaveLength(1);
    expect((await ada.call(libraryRoutes.list)).items).toHaveLength(3);
    expect((await ada.call(titleRoutes.home)).recentlyAdded).toHaveLength(5);
    const session = await ada.call(playbackRoutes.start, { titleId: hidden.title, client: {} });
    expect((await hearth.client.fetch(session.url)).status).toBe(200);
  });

  test('the day he may, everything is where it was', async () => {
    await free();
    const { items, total } = await tim.call(playbackRoutes.favorites, {});
    expect([total, items.map(({ id }) => id).sort()]).toEqual([2, [familyId, hidden.title].sort()]);
    const { items: watched } = await tim.call(playbackRoutes.history, {});
    expect(watched.map(({ id }) => id)).toContain(before.historyId);
    expect((await tim.call(downloadRoutes.list)).items.map(({ id }) => id)).toEqual([before.downloadId]);
    const detail = await tim.call(titleRoutes.detail, { id: hidden.title });
    expect(detail.state?.positionSeconds).toBe(40);
    expect((await hearth.client.fetch(before.session.url)).status).toBe(200);
    const home = await tim.call(titleRoutes.home);
    expect(home.continueWatching.map(({ title }) => title.id)).toEqual([hidden.title]);
    expect(home.nextUp.map(({ title }) => title.id)).toEqual([hidden.series]);
    await protect();
    expect((await tim.call(titleRoutes.list, {})).total).toBe(1);
  });

  test('nobody signs in as a shared viewer, and none is counted as a person', async () => {
    for (const username of ['household', 'kids', 'Everyone', '\u0001household', '\u0001kids'])
      for (const password of ['!', 'x', 'long enough'])
        expect([400, 401]).toContain(
          (await hearth.client.refused(accountRoutes.login, { username, password })).status,
        );
    const { items: users } = await ada.call(accountRoutes.users);
    expect(users.map(({ username }) => username)).toEqual(['ada', 'tim']);
    const { items } = await ada.call(accountRoutes.sharedViewers);
    expect(items.map(({ id, limits }) => [id, limits.maxAge, limits.hiddenLibraryIds])).toEqual([
      ['household', null, []],
      ['kids', 6, []],
    ]);
    const limits = { maxAge: 12, hiddenLibraryIds: [libraryIds.attic], maxStreams: 1 };
    expect((await ada.call(accountRoutes.updateUser, { id: 'kids', limits })).limits).toMatchObject(limits);
    expect((await ada.call(accountRoutes.user, { id: 'kids' })).limits).toMatchObject(limits);
    for (const change of [{ role: 'admin' }, { password: 'long enough' }, { disabled: true }]) {
      const { status } = await ada.refused(accountRoutes.updateUser, { id: 'household', ...change });
      expect(status).toBe(403);
    }
    expect((await ada.refused(accountRoutes.deleteUser, { id: 'kids' })).status).toBe(403);
    // Their names are free for people.
    const login = { username: 'household', password: 'long enough' };
    const { id } = await ada.call(accountRoutes.createUser, { ...login, role: 'member' });
    expect((await hearth.client.call(accountRoutes.login, login)).user.id).toBe(id);
    await ada.call(accountRoutes.deleteUser, { id });
  });
});
