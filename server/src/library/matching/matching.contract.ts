import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  providerItem,
  type ProviderItem,
  providerTitle,
  type TitleReference,
} from '@hearth/contract/provider-exchange';
import { providerManifest } from '@hearth/contract/provider-manifest';
import type { Image as ShownImage } from '@hearth/contract/image';
import { Logger, LogSink } from '../../common/log/logger.js';
import type { Database } from '../../database/database.js';
import { SealedText } from '../../common/sealed-text.js';
import { UrlSigner } from '../../common/url-signer.js';
import { EventBus } from '../../events/event-bus.js';
import type { JobContext } from '../../jobs/job-queue.js';
import { homeKeys, ProviderTrouble } from '../../provider/provider.js';
import type { ProviderEntry, ProviderService } from '../../provider/provider.service.js';
import { AudienceService } from '../audience/audience.service.js';
import { insert, title } from '../catalogue/catalogue-fixture.contract.js';
import { KnownTitles } from '../discover/known-titles.service.js';
import { Credit } from '../entities/credit.entity.js';
import { Episode } from '../entities/episode.entity.js';
import { Image } from '../entities/image.entity.js';
import { Title } from '../entities/title.entity.js';
import { SignedImages } from '../images/signed-images.service.js';
import { createSearchIndex } from '../search/create-search-index.js';
import { SearchIndexer } from '../search/search-indexer.service.js';
import { Artwork } from './artwork.js';
import { CandidateViews } from './candidate-views.js';
import { keepBetterWords } from './outranked-words.js';
import { MatchJob } from './match-job.js';
import { MatchingService } from './matching.service.js';
import { TitleFiller } from './title-filler.js';
import { TitleFinder } from './title-finder.js';
import { TitleMatch } from './title-match.entity.js';
import { UnsureTitles } from './unsure-titles.service.js';

const search = { id: 'search', name: 'Search', extra: [{ name: 'search', isRequired: true }] };
const manifest = providerManifest.parse({
  ...{ schema: 1, id: 'org.example.titles', name: 'Titles', version: '1.0.0', runtime: 'builtin' },
  types: ['movie', 'series'],
  resources: ['catalog', 'metadata'],
  catalogs: [
    { ...search, type: 'movie' },
    { ...search, type: 'series' },
  ],
});

const picture = (url: string): ShownImage => ({ url, width: 2, height: 3, blurhash: null, color: null });

const beside: ProviderEntry = {
  ...{ id: 'nfo', priority: 0, enabled: true, hidden: false, configured: true },
  manifest: providerManifest.parse({ ...manifest, id: homeKeys.nfo, runtime: 'home', catalogs: [] }),
};

/** Somebody else's, which says it is that. */
const impostor: ProviderEntry = {
  ...{ ...beside, id: 'impostor', enabled: false },
  manifest: { ...beside.manifest, runtime: 'sandbox' },
};

/** Knows two films called the same and one series. */
class Titles implements Pick<ProviderService, 'list' | 'able'> {
  isAway = false;
  nfo: 'above' | 'below' | 'off' = 'above';
  asked = 0;
  /** What happens while they are asked. */
  meanwhile = (): Promise<unknown> => Promise.resolve();
  items: readonly ProviderItem[] = [
    {
      id: 'm27',
      type: 'movie',
      name: 'Metropolis',
      year: 1927,
      posterUrl: 'https://example.org/m27.jpg?key=k',
      externalIds: { imdb: 'tt0017136' },
    },
    { id: 'm01', type: 'movie', name: 'Metropolis', year: 2001, externalIds: { imdb: 'tt0293416' } },
    { id: 's', type: 'series', name: 'Borgen', year: 2010, externalIds: { tvdb: '99' } },
  ].map((each) => providerItem.parse(each));

  readonly ask: ProviderService['ask'] = {
    catalog: (_id, { type }) =>
      this.meanwhile().then(() =>
        this.answer(() => ({ items: this.items.filter((item) => item.type === type), next: null })),
      ),
    title: (_id, question) => this.answer(() => this.full(question)),
    sources: () => Promise.resolve([]),
    subtitles: () => Promise.resolve([]),
    subtitleLink: () => Promise.resolve(null),
  };

  list(): Promise<ProviderEntry[]> {
    const nfo = { ...beside, enabled: this.nfo !== 'off' };
    return Promise.resolve(this.nfo === 'above' ? [impostor, nfo, this.entry] : [impostor, this.entry, nfo]);
  }

  able(): Promise<ProviderEntry[]> {
    return Promise.resolve([this.entry]);
  }

  private readonly entry: ProviderEntry = {
    ...{ id: 'titles', manifest, enabled: true, priority: 0, hidden: false, configured: true },
  };

  private answer<T>(make: () => T): Promise<T> {
    this.asked++;
    return this.isAway
      ? Promise.reject(new ProviderTrouble('failed', 'It is away.'))
      : Promise.resolve(make());
  }

  private full({ id, externalIds }: TitleReference) {
    const item = this.items.find(
      (each) =>
        each.id === id ||
        Object.entries(each.externalIds).some(([authority, own]) => externalIds[authority] === own),
    );
    if (!item) return null;
    return providerTitle.parse({
      ...item,
      description: `About ${item.id}.`,
      genres: ['Drama'],
      posterUrl: `https://example.org/${item.id}.jpg`,
      credits: [{ name: `Maker of ${item.id}`, role: 'director' }],
      episodes:
        item.type === 'series'
          ? [{ id: 'e', season: 1, episode: 1, name: 'Decency', airDate: '2010-09-26' }]
          : [],
    });
  }
}

/** What providers make of a library. Registers its own tests. */
export function matchingContract(open: () => Promise<Database>): void {
  const providers = new Titles();
  let directory: string;
  let database: Database;
  let job: MatchJob;
  let matching: MatchingService;
  let unsure: UnsureTitles;
  /** What happens while a picture is fetched. */
  let pictured = (): Promise<unknown> => Promise.resolve();

  const context: JobContext = {
    ...{ jobId: 'job', signal: new AbortController().signal },
    ...{ progress: () => undefined, breathe: () => Promise.resolve() },
  };
  const round = () => job.definition.handler({}, context);
  const waiting = async (cursor?: string) =>
    (await unsure.list({ limit: 50, cursor }, 'mia')).items.map(({ titleId }) => titleId);
  const titleOf = (id: string) => database.read.findOneByOrFail(Title, { id });
  const makers = async (titleId: string) =>
    (await database.read.sql<{ name: string }[]>`
      SELECT person.name FROM credit JOIN person ON person.id = credit.person_id WHERE credit.title_id = ${titleId}`).map(({ name }) => name); // prettier-ignore

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'hearth-matching-'));
    database = await open();
    const events = new EventBus(database, new Logger(new LogSink('error', () => undefined), 'test'));
    const sealed = new SealedText([randomBytes(32)]);
    const finder = new TitleFinder(providers, sealed);
    const artwork = new Artwork(
      database,
      { picture: (url) => pictured().then(() => Buffer.from(url)) },
      { dataDirectory: directory },
    );
    const indexer = new SearchIndexer(database, createSearchIndex(database));
    matching = new MatchingService(database, finder, new TitleFiller(database, artwork, indexer, events));
    const jobs = { register: () => undefined, enqueue: () => Promise.resolve('job') };
    job = new MatchJob(jobs, database, events, finder, matching, artwork);
    const pictures = {
      lookup: () => Promise.resolve((url: string | null | undefined) => (url ? picture(url) : null)),
    };
    const images = new SignedImages(database, new UrlSigner(randomBytes(32)));
    unsure = new UnsureTitles(
      database,
      events,
      images,
      new CandidateViews(providers, pictures, sealed),
      finder,
    );
    await database.write(async (manager) => {
      await insert(manager, 'account', { id: 'mia', username: 'mia', username_key: 'mia', password_hash: '!', role: 'member', preferences: '{}', created_at: 0 });
      await insert(manager, 'library', { id: 'library', name: 'L', kind: 'movies', created_at: 0 });
      await insert(manager, 'title', title('Metropolis', 'movie', 1, { id: 'dated', identity: 'metropolis|1927', year: 1927, overview: 'Mine.' }));
      await insert(manager, 'title', title('Metropolis', 'movie', 2, { id: 'undated', identity: 'metropolis|', year: null }));
      await insert(manager, 'title', title('Borgen', 'series', 3, { id: 'series', year: 2010 }));
      await insert(manager, 'title', title('Nobody lists it', 'movie', 4, { id: 'unlisted', year: 1999 }));
      await insert(manager, 'library_folder', { id: 'folder', library_id: 'library', path: '/films', available: true });
      await insert(manager, 'media_file', { id: 'file', library_id: 'library', folder_id: 'folder', relative_path: 'Metropolis.mkv', size: 1, modified_ms: 0, state: 'matched', title_id: 'undated', available: true, added_at: 0, scanned_at: 0 });
      await insert(manager, 'season', { id: 'season', title_id: 'series', number: 1 });
      await insert(manager, 'episode', { id: 'episode', title_id: 'series', season_id: 'season', season_number: 1, number: 1, available: true, added_at: 0 });
    }); // prettier-ignore
  });
  afterAll(() => rm(directory, { recursive: true }));

  test('a round takes what is sure, fills in what is missing, and leaves the rest to a person', async () => {
    await round();
    expect(await titleOf('dated')).toMatchObject({ overview: 'Mine.', genres: ['Drama'], externalIds: { imdb: 'tt0017136' } });
    expect(await makers('dated')).toEqual(['Maker of m27']);
    expect(await database.read.findOneBy(Episode, { id: 'episode' })).toMatchObject({ name: 'Decency', airDate: '2010-09-26' });
    const { posterId } = await titleOf('series');
    expect(await database.read.findOneBy(Image, { id: posterId ?? '' })).toMatchObject({ kind: 'poster', folderId: null });
    const states = (await database.read.find(TitleMatch, { order: { titleId: 'ASC' } })).map(({ titleId, state }) => [titleId, state]);
    expect(states).toEqual([['dated', 'matched'], ['series', 'matched'], ['undated', 'unsure'], ['unlisted', 'unsure']]);
    const { items: [first], total, nextCursor } = await unsure.list({ limit: 1 }, 'mia');
    expect([total, first?.titleId, first?.fileName]).toEqual([2, 'undated', 'Metropolis.mkv']);
    expect(first?.candidates).toMatchObject([
      { providerName: 'Titles', itemId: 'm27', poster: { url: 'https://example.org/m27.jpg?key=k' }, likeness: { name: 1, year: null, runtime: null } },
      { providerName: 'Titles', itemId: 'm01', poster: null },
    ]);
    expect(await waiting(nextCursor ?? '')).toEqual(['unlisted']);
    const kept = await database.read.sql<{ candidates: string }[]>`SELECT candidates FROM title_match WHERE title_id = 'undated'`;
    expect(JSON.stringify(kept)).not.toContain('example.org');
  }); // prettier-ignore

  test('what is none of its candidates waits no more, until there are others', async () => {
    await unsure.refuse('unlisted', true);
    expect(await waiting()).toEqual(['undated']);
    await unsure.refuse('unlisted', false);
    expect(await waiting()).toEqual(['undated', 'unlisted']);
    await unsure.refuse('unlisted', true);
    const { asked } = await database.read.findOneByOrFail(TitleMatch, { titleId: 'unlisted' });
    await matching.match('unlisted', asked, context.signal);
    expect(await waiting()).toEqual(['undated']);
    await database.write((manager) => manager.update(TitleMatch, 'unlisted', { candidates: [] }));
    await matching.match('unlisted', asked, context.signal);
    expect(await waiting()).toEqual(['undated', 'unlisted']);
    await expect(unsure.refuse('dated', true)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('what a person says while providers are asked stands', async () => {
    const { asked } = await database.read.findOneByOrFail(TitleMatch, { titleId: 'undated' });
    providers.meanwhile = () => unsure.refuse('undated', true);
    await matching.match('undated', asked, context.signal);
    expect(await waiting()).toEqual(['unlisted']);
    providers.meanwhile = () => Promise.resolve();
  });

  test('what a person refused is never taken without them, also beside others and when these are gone', async () => {
    const { asked } = await database.read.findOneByOrFail(TitleMatch, { titleId: 'undated' });
    const all = providers.items;
    const become = async (items: readonly ProviderItem[]) => {
      providers.items = items;
      await matching.match('undated', asked, context.signal);
      const { state, candidates } = await database.read.findOneByOrFail(TitleMatch, { titleId: 'undated' });
      return [state, ...candidates.map(({ itemId }) => itemId)];
    };
    const [m27, ...others] = all.filter(({ type }) => type === 'movie');
    const fresh = others.flatMap((item) => ['m02', 'm03'].map((id) => ({ ...item, id })));
    expect(await become(others)).toEqual(['refused', 'm27', 'm01']);
    expect(await become([...all, ...fresh])).toEqual(['unsure', 'm02', 'm03', 'm27', 'm01']);
    expect(await become(m27 ? [m27] : [])).toEqual(['refused', 'm27', 'm01']);
    await unsure.refuse('undated', false);
    expect(await become(all)).toEqual(['unsure', 'm27', 'm01']);
  });

  test('a person looks for it by another name', async () => {
    const found = await unsure.lookFor('unlisted', { name: 'Metropolis', year: 2001 }, 'mia');
    expect(found.map(({ itemId, likeness }) => [itemId, likeness.name, likeness.year])).toEqual([
      ['m01', 1, 1],
      ['m27', 1, 0.4],
    ]);
  });

  test('what is settled is not asked for again, and is found by the ids it was given', async () => {
    const { asked } = providers;
    await round();
    expect(providers.asked).toBe(asked);
    const item = { type: 'movie', externalIds: { imdb: 'tt0017136' } };
    const twin = { type: 'series', externalIds: { imdb: 'tt0017136' } };
    const events = new EventBus(database, new Logger(new LogSink('error', () => undefined), 'test'));
    const known = await new KnownTitles(database, new AudienceService(database, events)).lookup(
      [item, twin],
      'mia',
    );
    expect([known(item), known(twin)]).toEqual(['dated', null]);
  });

  test('the order says whom to believe: an NFO, or who stands above it; moved back, its words are back', async () => {
    const believed = async (nfo: Titles['nfo']) => {
      providers.nfo = nfo;
      await round();
      return (await titleOf('dated')).overview;
    };
    expect(await believed('below')).toBe('About m27.');
    expect(await believed('above')).toBe('Mine.');
    expect(await believed('off')).toBe('About m27.');
    // A scan that reads the same words as before, beside what is believed.
    const files = async (overview: string) => {
      const old = await titleOf('dated');
      const now = Object.assign(new Title(), old, { overview });
      await database.write((manager) => keepBetterWords(manager, new Map([[now, old]])));
      return now.overview;
    };
    expect([await files('Mine.'), await files('Rewritten.')]).toEqual(['About m27.', 'Rewritten.']);
    expect(await believed('above')).toBe('Mine.');
  });

  test('a person’s choice is taken, and changes everything that came from providers', async () => {
    await matching.choose('undated', { providerId: 'titles', itemId: 'm27' });
    await matching.choose('undated', { providerId: 'titles', itemId: 'm01' });
    expect(await titleOf('undated')).toMatchObject({
      overview: 'About m01.',
      externalIds: { imdb: 'tt0293416' },
    });
    expect(await makers('undated')).toEqual(['Maker of m01']);
    expect(await waiting()).toEqual(['unlisted']);
    await round();
    expect(await database.read.findOneBy(TitleMatch, { titleId: 'undated' })).toMatchObject({
      state: 'chosen',
    });
    const shown = await database.read.find(Image);
    expect((await readdir(join(directory, 'artwork'))).sort()).toEqual(
      shown.map(({ id }) => `${id}.webp`).sort(),
    );
    await expect(matching.choose('undated', { providerId: 'titles', itemId: 'x' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  test('a picture of a title that went while it was fetched does not stay on the disk', async () => {
    await database.write((manager) => insert(manager, 'title', title('Metropolis', 'movie', 5, { id: 'passing' }))); // prettier-ignore
    pictured = () => database.write((manager) => manager.delete(Title, 'passing'));
    await matching.choose('passing', { providerId: 'titles', itemId: 'm27' });
    pictured = () => Promise.resolve();
    const shown = await database.read.find(Image);
    expect((await readdir(join(directory, 'artwork'))).sort()).toEqual(
      shown.map(({ id }) => `${id}.webp`).sort(),
    );
  });

  test('who is away takes nothing back; a title with another name is another title', async () => {
    await database.write((manager) => manager.sql`UPDATE title_match SET checked_at = 0`);
    providers.isAway = true;
    await round();
    expect(await titleOf('undated')).toMatchObject({ overview: 'About m01.' });
    providers.isAway = false;
    await database.write((manager) =>
      manager.update(Title, 'undated', { identity: 'unheard of|', name: 'Unheard of' }),
    );
    await round();
    expect(await titleOf('undated')).toMatchObject({
      overview: null,
      externalIds: {},
      genres: [],
      posterId: null,
    });
    expect(await database.read.countBy(Credit, { titleId: 'undated' })).toBe(0);
    expect(await titleOf('dated')).toMatchObject({ overview: 'Mine.', genres: ['Drama'] });
  });
}
