import { titleQuery } from '@hearth/contract/title';
import { Logger, LogSink } from '../../common/log/logger.js';
import type { Database } from '../../database/database.js';
import type { TorrentNewsItem } from '../../torrent/torrent.service.js';
import { buildCatalogue, type Catalogue, state } from '../catalogue/catalogue-fixture.contract.js';
import { PlayableService } from '../playable.service.js';
import { torrentFile, torrentMetadata } from './testing.js';
import { torrentEpisodeId, torrentFileId, torrentTitleId } from './torrent-ids.js';
import { TorrentPlaces } from './torrent-places.service.js';
import { TorrentShelf } from './torrent-shelf.service.js';

const film = 'a'.repeat(40);
const pack = 'b'.repeat(40);
const others = 'c'.repeat(40);
const known = new Map(
  [
    torrentMetadata(film, 'Metropolis', [
      torrentFile(0, 'Metropolis/Metropolis.mkv', 900),
      torrentFile(1, 'Metropolis/Subs/English.srt', 9),
      torrentFile(2, 'Metropolis/trailer.mp4', 90),
    ]),
    torrentMetadata(pack, 'Borgia', [
      torrentFile(0, 'Borgia/Borgia.S01E01.mkv', 500, { season: 1, episodes: [1] }),
      torrentFile(1, 'Borgia/Borgia.S01E02E03.mkv', 500, { season: 1, episodes: [2, 3] }),
      torrentFile(2, 'Borgia/Borgia.S01E01.de.srt', 5, { season: 1, episodes: [1] }),
    ]),
    torrentMetadata(others, 'Nosferatu', [torrentFile(0, 'Nosferatu.mp4', 900)]),
  ].map((metadata) => [metadata.infoHash, metadata]),
);
const lists = [
  ...['name', 'added', 'year', 'rating', 'runtime', 'random'].map((sort) => ({ sort })),
  ...['movie', 'series'].map((type) => ({ type })),
  ...['yes', 'no', 'started'].flatMap((watched) => [{ watched }, { watched, type: 'movie' }, { watched, type: 'series' }]), // prettier-ignore
  ...[{ favorite: 'true' }, { genre: 'Drama' }, { q: 'bor' }, { available: 'true' }, { libraryId: 'torrents' }],
]; // prettier-ignore

/** Torrents beside a library, on either database: nothing shows them but what people did with them. Registers its own tests. */
export function torrentShelfContract(open: () => Promise<Database>): void {
  let catalogue: Catalogue;
  let database: Database;
  let shelf: TorrentShelf;
  let tell: (news: TorrentNewsItem) => void;
  let before: unknown;
  let statements: number;
  const places = new TorrentPlaces({
    maySee: (infoHash, accountId) => Promise.resolve(infoHash !== others && accountId === 'me'),
    address: (infoHash, index) => Promise.resolve(`http://127.0.0.1:9/${infoHash}/${index}`),
    source: () => Promise.reject(new Error('not here')),
    present: () => Promise.reject(new Error('not here')),
    facts: () => undefined,
  });

  /** Everything there is to see of a library. */
  async function everything() {
    const pages = [];
    for (const query of lists) pages.push(await catalogue.lists.list(titleQuery.parse(query), 'me'));
    const { recentlyAdded, genres } = await catalogue.home.home('me');
    const found = await catalogue.search.search('metropolis borgia mkv', 20, 'me');
    return { pages, recentlyAdded, genres, found, facets: await catalogue.facets.facets({}, 'me') };
  }

  beforeAll(async () => {
    database = await open();
    catalogue = await buildCatalogue(database, places);
    before = await everything();
    statements = await catalogue.countStatements(() => catalogue.lists.list(titleQuery.parse({}), 'me'));
    const torrents = {
      watch: (listener: (news: TorrentNewsItem) => void) => {
        tell = listener;
        return () => undefined;
      },
      known: (infoHash: string) => Promise.resolve(known.get(infoHash) ?? null),
    };
    shelf = new TorrentShelf(database, torrents, new Logger(new LogSink('error', () => undefined), 'test'));
    shelf.onApplicationBootstrap();
    for (const infoHash of known.keys()) tell({ infoHash, kind: 'known' });
    for (const infoHash of known.keys()) await shelf.ensure(infoHash);
    const [title, episodeId] = [torrentTitleId(pack), torrentEpisodeId(pack, 0)];
    await catalogue.insert('play_state', state(title, episodeId, true, 0, 50));
    await catalogue.insert('play_state', state(torrentTitleId(film), null, false, 1200, 51));
    await catalogue.insert('play_state', state(torrentTitleId(others), null, false, 1200, 52));
    await catalogue.indexer.titlesChanged([title, torrentTitleId(film)]);
    await catalogue.indexer.filesChanged([torrentFileId(film, 0)]);
  }, 60_000);

  test('no list, count, facet or search shows them, and none takes a statement more', async () => {
    expect(await everything()).toEqual(before);
    const list = () => catalogue.lists.list(titleQuery.parse({}), 'me');
    expect(await catalogue.countStatements(list)).toBe(statements);
  });

  test('walking an index leaves them out as collecting does', async () => {
    for (const sort of ['name', 'added', 'year', 'random'] as const)
      for (const total of [10, Infinity]) {
        const request = {
          filter: {},
          sort,
          order: 'asc',
          limit: 50,
          after: undefined,
          accountId: 'me',
        } as const;
        const places = await catalogue.pages.page({ ...request, total });
        expect(places).toHaveLength(6);
      }
  });

  test('what somebody watches of them is continued, as a film or a series', async () => {
    const { continueWatching, nextUp } = await catalogue.home.home('me');
    expect(continueWatching.map(({ title }) => [title.name, title.type])).toEqual([
      ['Metropolis', 'movie'],
      ['Dune', 'movie'],
    ]);
    const next = nextUp.find(({ title }) => title.id === torrentTitleId(pack));
    expect(next?.title).toMatchObject({ type: 'series', episodeCount: 3, unwatchedCount: 2 });
    expect(next?.episode).toMatchObject({ seasonNumber: 1, number: 2 });
    const { upNext } = await catalogue.details.detail(torrentTitleId(pack), 'me');
    expect(upNext?.episode?.number).toBe(2);
  });

  test('nobody else sees them, by whatever id they ask', async () => {
    const mine = torrentTitleId(film);
    expect(await catalogue.cards.list([mine, torrentTitleId(others)], 'me')).toMatchObject([{ id: mine }]);
    expect(await catalogue.cards.list([mine], 'you')).toEqual([]);
    expect(await catalogue.audiences.seesTitle(mine, 'you')).toBe(false);
    expect(await catalogue.audiences.seesFile(torrentFileId(film, 0), 'you')).toBe(false);
    expect(await catalogue.audiences.seesFile(torrentFileId(film, 0), 'me')).toBe(true);
    await expect(catalogue.details.detail(mine, 'you')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('files lie behind addresses, and so do the subtitles beside them', async () => {
    const playables = new PlayableService(database, catalogue.audiences, places);
    const [located] = await playables.filesOfTitle(torrentTitleId(film));
    expect(located?.path).toBe(`http://127.0.0.1:9/${film}/0`);
    const [subtitle] = await playables.externalSubtitles(torrentFileId(film, 0));
    expect(subtitle).toMatchObject({ format: 'srt', language: 'en' });
    expect(subtitle && (await playables.subtitlePath(torrentFileId(film, 0), subtitle))).toBe(
      `http://127.0.0.1:9/${film}/1`,
    );
    const two = await playables.episodesOfFile(torrentFileId(pack, 1));
    expect(two.map(({ number }) => number)).toEqual([2, 3]);
    const beside = await playables.externalSubtitles(torrentFileId(pack, 0));
    expect(beside).toMatchObject([{ language: 'de' }]);
    expect(await playables.externalSubtitles(torrentFileId(pack, 1))).toEqual([]);
  });

  test('they go with the torrent', async () => {
    tell({ infoHash: film, kind: 'gone' });
    await shelf.ensure(others); // after it
    expect(await catalogue.cards.list([torrentTitleId(film), torrentTitleId(pack)], 'me')).toHaveLength(1);
    expect(await catalogue.run("SELECT id FROM media_file WHERE id LIKE 'torrent-a%'")).toEqual([]);
    await shelf.onApplicationShutdown();
  });
}
