import { randomBytes } from 'node:crypto';
import { type ProviderSource, providerSource } from '@hearth/contract/provider-exchange';
import { providerManifest } from '@hearth/contract/provider-manifest';
import { MemoryCache } from '../../../../tests/support/memory-cache.js';
import type { Caller } from '../../common/http/caller.js';
import { Logger, LogSink } from '../../common/log/logger.js';
import { ProblemError } from '../../common/problem-error.js';
import { SealedText } from '../../common/sealed-text.js';
import type { Database } from '../../database/database.js';
import { EventBus, type ServerEvent } from '../../events/event-bus.js';
import { ProviderTrouble } from '../../provider/provider.js';
import type { ProviderEntry } from '../../provider/provider.service.js';
import { buildCatalogue, type Catalogue } from '../catalogue/catalogue-fixture.contract.js';
import { SourcesService } from '../catalogue/sources.service.js';
import { DiscoveryBudget, mostADay } from './discovery-budget.js';
import type { SwarmSize } from '../../torrent/torrent.service.js';
import { FoundSourceStore } from './found-source-store.service.js';
import { SeederCounts } from './seeder-counts.js';
import { SourceNews } from './source-news.js';
import { SourcePreferencesService } from './source-preferences.service.js';
import { SourceRights } from './source-rights.service.js';
import { SourceSearches } from './source-searches.service.js';
import { TitleSourcesService } from './title-sources.service.js';
import { TitleSubjects } from './title-subjects.service.js';
import { WantedTitles } from './wanted-titles.js';

const film = 'Dune.2021.1080p.WEB-DL.x264-OPEN';
const torrent = (infoHash: string, more: object = {}): ProviderSource =>
  providerSource.parse({ kind: 'torrent', name: film, infoHash: infoHash.repeat(40), seeders: 5, ...more });

/** Providers that answer when the test says so. */
class Providers {
  readonly asked: string[] = [];
  readonly answers = new Map<string, PromiseWithResolvers<ProviderSource[]>>();
  readonly names: string[] = [];
  readonly ask = {
    sources: (id: string): Promise<ProviderSource[]> => {
      this.asked.push(id);
      return this.answer(id).promise;
    },
  };

  answer(id: string): PromiseWithResolvers<ProviderSource[]> {
    const answer = this.answers.get(id) ?? Promise.withResolvers<ProviderSource[]>();
    answer.promise.catch(() => undefined);
    this.answers.set(id, answer);
    return answer;
  }

  able(): Promise<ProviderEntry[]> {
    const manifest = (name: string) =>
      providerManifest.parse({ schema: 1, id: name, name, version: '1.0.0', runtime: 'builtin', types: [], resources: ['source'] }); // prettier-ignore
    return Promise.resolve(
      this.names.map((id, priority) => ({ id, manifest: manifest(id), priority, enabled: true, hidden: false, configured: true })), // prettier-ignore
    );
  }

  trust(id: string): Promise<number> {
    return Promise.resolve(id === 'fast' ? 0.9 : 0.5);
  }
}

/** What a title page asks, over providers of every temper. Registers its own tests. */
export function titleSourcesContract(open: () => Promise<Database>): void {
  const logger = new Logger(new LogSink('error', () => undefined), 'test');
  const keys: [Buffer] = [randomBytes(32)];
  const me: Caller = { accountId: 'me', role: 'member', sessionId: null };
  const cache = new MemoryCache();
  let catalogue: Catalogue;
  let database: Database;
  let providers: Providers;
  let heard: ServerEvent[];
  let mayUseTorrents: boolean;
  let scraped: (link: string) => SwarmSize;

  /** As a process that has just started. */
  function start() {
    const events = new EventBus(database, logger);
    events.listen((event) => heard.push(event));
    const store = new FoundSourceStore(database, new SealedText(keys));
    const news = new SourceNews(events);
    const searches = new SourceSearches(
      ...([providers, store, news, new DiscoveryBudget(cache)] as const),
      ...([new SeederCounts({ swarm: (link) => Promise.resolve(scraped(link)) }), logger] as const),
    );
    const torrents = {
      mustBeAllowed: () => mayUseTorrents ? Promise.resolve() : Promise.reject(new ProblemError('TORRENTS_NOT_ALLOWED')),
      list: () => Promise.resolve([]),
    }; // prettier-ignore
    const subjects = new TitleSubjects(database, cache);
    const preferences = new SourcePreferencesService(database);
    const sources = new TitleSourcesService(
      ...([catalogue.audiences, new SourcesService(database), subjects, searches] as const),
      ...([new SourceRights(catalogue.audiences, torrents), preferences] as const),
    );
    return { sources, searches, subjects, store, preferences };
  }

  const dune = { titleId: 't-dune' };
  const rows = () =>
    database.read.query<{ subject: string; sealed: string }[]>('SELECT * FROM found_sources');

  beforeAll(async () => {
    database = await open();
    catalogue = await buildCatalogue(database);
    await catalogue.insert('library_folder', { id: 'folder', library_id: 'library', path: '/films', available: true }); // prettier-ignore
    await catalogue.insert('media_file', {
      ...{ id: 'f-dune', library_id: 'library', folder_id: 'folder', relative_path: 'Dune.mkv', size: 9, modified_ms: 0 },
      ...{ state: 'matched', title_id: 't-dune', available: true, added_at: 0, scanned_at: 0 },
    }); // prettier-ignore
  }, 60_000);

  beforeEach(async () => {
    await catalogue.run('DELETE FROM found_sources');
    [providers, heard, mayUseTorrents] = [new Providers(), [], true];
    scraped = () => ({ seeders: null, leechers: null });
  });

  test('files at once, whoever hangs; each answer is there as soon as it came', async () => {
    const { sources } = start();
    providers.names.push('fast', 'hangs', 'garbage', 'busy', 'slow');
    const first = await sources.ofTitle(dune, me);
    expect(first.items.map(({ id }) => id)).toEqual(['f-dune']);
    expect(first.searching).toBe(true);
    expect(first.parts.map(({ state }) => state)).toEqual(Array(5).fill('asking'));

    const news = () => heard.filter(({ name }) => name === 'sources.changed');
    const told = (count: number) => eventually(() => news().length >= count);
    providers.answer('fast').resolve([torrent('a')]);
    await told(1);
    const second = await sources.ofTitle(dune, me);
    expect(second.items).toMatchObject([{ id: 'f-dune' }, { kind: 'torrent', providers: [{ id: 'fast' }] }]);
    expect(second.parts[0]).toMatchObject({ state: 'answered', count: 1 });

    providers.answer('garbage').reject(new ProviderTrouble('invalid', 'No answer.'));
    providers.answer('busy').reject(new ProviderTrouble('resting', 'It said to wait.', 60));
    providers.answer('slow').resolve([torrent('a', { seeders: 90 }), torrent('b')]);
    providers.answer('hangs').reject(new ProviderTrouble('timeout', 'Too late.'));
    await eventually(() => news().some(({ payload }) => 'searching' in payload && !payload.searching));
    const last = await sources.ofTitle(dune, me);
    expect(last.searching).toBe(false);
    expect(last.items).toHaveLength(3);
    expect(last.items[1]).toMatchObject({ seeders: 90, providers: [{ id: 'fast' }, { id: 'slow' }] });
    expect(last.parts.map(({ state }) => state)).toEqual([
      'answered',
      'late',
      'failed',
      'resting',
      'answered',
    ]);
    expect(last.parts[1]?.message).toBe('Too late.');
    expect(providers.asked).toHaveLength(5);
    expect(news().every(({ accountId }) => accountId === 'me')).toBe(true);
  });

  test('who waits gets what came meanwhile', async () => {
    const { sources } = start();
    providers.names.push('fast');
    providers.answer('fast').resolve([torrent('a')]);
    const { items, searching } = await sources.ofTitle({ ...dune, waitMs: 60_000 }, me);
    expect([items.length, searching]).toEqual([2, false]);
  });

  test('what was found lies sealed in the database, and a restart keeps it', async () => {
    providers.names.push('fast');
    providers.answer('fast').resolve([torrent('a')]);
    await start().sources.ofTitle({ ...dune, waitMs: 60_000 }, me);
    expect(JSON.stringify(await rows())).not.toMatch(/Dune|aaaaaaaa/);
    const { items, parts } = await start().sources.ofTitle(dune, me);
    expect(items[1]).toMatchObject({ kind: 'torrent', name: film });
    expect(parts).toMatchObject([{ state: 'answered', count: 1 }]);
    expect(providers.asked).toEqual(['fast']);
  });

  test('sealed text that was moved to another row opens nowhere', async () => {
    providers.names.push('fast');
    providers.answer('fast').resolve([torrent('a')]);
    const { sources, store } = start();
    await sources.ofTitle({ ...dune, waitMs: 60_000 }, me);
    const [row] = await rows();
    expect(await store.of(row?.subject ?? '')).toHaveLength(1);
    await catalogue.run("UPDATE found_sources SET subject = 'other'");
    expect(await store.of('other')).toEqual([]);
  });

  test('old links are not given out and are asked for again; old torrents are shown meanwhile', async () => {
    providers.names.push('fast');
    providers.answer('fast').resolve([torrent('a'), providerSource.parse({ kind: 'http', name: film, url: 'https://x.example.org/' })]); // prettier-ignore
    await start().sources.ofTitle({ ...dune, waitMs: 60_000 }, me);
    await catalogue.run(`UPDATE found_sources SET found_at = ${Date.now() - 31 * 60_000}`);
    providers.answers.clear();
    const { sources, store } = start();
    const { items, searching } = await sources.ofTitle(dune, me);
    expect(items.map(({ kind }) => kind)).toEqual(['file', 'torrent']);
    expect(searching).toBe(true);
    await store.sweep(Date.now() + 24 * 60 * 60_000);
    expect(await rows()).toEqual([]);
  });

  test('addresses with keys in them stay here', async () => {
    providers.names.push('fast');
    const url = 'https://x.example.org/?apikey=secret';
    providers
      .answer('fast')
      .resolve([
        providerSource.parse({ kind: 'http', name: film, url, headers: { authorization: 'secret' } }),
        providerSource.parse({ kind: 'torrent', name: film, torrentUrl: url }),
      ]);
    const answer = await start().sources.ofTitle({ ...dune, waitMs: 60_000 }, me);
    expect(answer.items).toHaveLength(3);
    expect(JSON.stringify(answer)).not.toMatch(/secret/);
  });

  test('who has an age limit sees files only, and nobody is asked for them', async () => {
    providers.names.push('fast');
    await catalogue.limit('kid', 16, []);
    const { items, parts } = await start().sources.ofTitle(dune, { ...me, accountId: 'kid' });
    expect([items.length, parts, providers.asked]).toEqual([1, [], []]);
    await start().sources.ofTitle(dune, { accountId: 'you', role: 'child', sessionId: null });
    expect(providers.asked).toEqual([]);
  });

  test('torrents are for those who may use them', async () => {
    const { sources } = start();
    providers.names.push('fast');
    providers.answer('fast').resolve([torrent('a')]);
    mayUseTorrents = false;
    expect((await sources.ofTitle({ ...dune, waitMs: 60_000 }, me)).items).toHaveLength(1);
    await expect(sources.torrents({ type: 'movie', externalIds: {}, name: 'x' }, me)).rejects.toMatchObject({ code: 'TORRENTS_NOT_ALLOWED' }); // prettier-ignore
  });

  test('where no provider says how many have it, its trackers are asked, and nobody waits for them', async () => {
    const asked: string[] = [];
    scraped = (link) => {
      asked.push(link);
      return { seeders: 70, leechers: 3 };
    };
    const { sources } = start();
    providers.names.push('fast');
    const trackers = ['udp://tracker.example.org:6969/announce'];
    providers.answer('fast').resolve([torrent('a', { seeders: null, trackers }), torrent('b', { trackers })]);
    const { items } = await sources.ofTitle({ ...dune, waitMs: 60_000 }, me);
    expect(items.slice(1).map((item) => item.kind === 'torrent' && item.seeders)).toContain(null);
    await eventually(() => asked.length === 1 && heard.length >= 2);
    const { items: counted } = await sources.ofTitle(dune, me);
    expect(counted[1]).toMatchObject({ infoHash: 'a'.repeat(40), seeders: 70, leechers: 3 });
    expect(asked).toEqual([expect.stringContaining('a'.repeat(40))]);
  });

  test('a search gives torrents, most seeders first', async () => {
    const { sources } = start();
    providers.names.push('fast');
    providers.answer('fast').resolve([torrent('a'), torrent('b', { seeders: 50 })]);
    const { items } = await sources.torrents({ type: 'movie', externalIds: {}, name: 'dune' }, me);
    expect(items.map(({ seeders }) => seeders)).toEqual([50, 5]);
    await sources.torrents({ type: 'movie', externalIds: {}, name: 'dune' }, me);
    expect(providers.asked).toEqual(['fast']);
  });

  test('of a series an episode is asked for; without one, nobody', async () => {
    const { sources, subjects } = start();
    providers.names.push('fast');
    await sources.ofTitle({ titleId: 't-borgen' }, me);
    expect(providers.asked).toEqual([]);
    expect((await subjects.of('t-borgen', 'e-borgen-2'))?.reference).toMatchObject({
      ...{ type: 'series', name: 'Borgen', season: 1, episode: 2 },
    });
    await sources.ofTitle({ titleId: 't-borgen', episodeId: 'e-borgen-2' }, me);
    expect(providers.asked).toEqual(['fast']);
  });

  test('preferences are a person’s own', async () => {
    const { preferences } = start();
    const wanted = { maxResolution: '720p' as const, maxSize: 5e9, languages: ['de'] };
    await preferences.set('me', wanted);
    await preferences.set('me', wanted);
    expect(await preferences.of('me')).toEqual(wanted);
    const nothing = { maxResolution: null, maxSize: null, languages: [] };
    expect(await preferences.of('you')).toEqual(nothing);
    await catalogue.run(`UPDATE account SET preferences = '{"audioLanguages":["de"]}' WHERE id = 'you'`);
    expect(await preferences.wishes('you')).toEqual({ preferences: nothing, audioLanguages: ['de'] });
  });

  test('wanted are favourites and what was watched lately, as far as no file of it is there', async () => {
    const wanted = new WantedTitles(database);
    await catalogue.limit('kid', 16, []);
    await catalogue.insert('favorite', { account_id: 'me', title_id: 't-zodiac', created_at: 5 });
    await catalogue.run("UPDATE episode SET available = false WHERE id = 'e-borgen-2'");
    expect(await wanted.ofHousehold(1000)).toEqual([
      { accountId: 'me', titleId: 't-zodiac', episodeId: undefined },
      { accountId: 'me', titleId: 't-borgen', episodeId: 'e-borgen-2' },
    ]);
  });

  test('a provider is asked so often a day that nobody waits for, and not more', async () => {
    const { searches, subjects } = start();
    providers.names.push('fast');
    const subject = await subjects.of('t-zodiac', undefined);
    const budget = new DiscoveryBudget(cache);
    for (let times = 0; times < mostADay; times += 1) await budget.take(['fast'], Date.now());
    if (subject) await searches.ahead(subject, 'me');
    expect(providers.asked).toEqual([]);
    expect(await budget.take(['fast', 'slow'], Date.now())).toEqual(new Set(['slow']));
  });
}

async function eventually(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setImmediate(resolve));
}
