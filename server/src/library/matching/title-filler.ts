import type { ProviderEpisode, ProviderTitle } from '@hearth/contract/provider-exchange';
import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { Database } from '../../database/database.js';
import { EventBus } from '../../events/event-bus.js';
import { Credit } from '../entities/credit.entity.js';
import { Episode } from '../entities/episode.entity.js';
import { Image } from '../entities/image.entity.js';
import { Title } from '../entities/title.entity.js';
import { SearchIndexer } from '../search/search-indexer.service.js';
import { writeCredits } from '../store/credit-store.js';
import { writeExternalIds, writeGenres } from '../store/title-store.js';
import { Artwork } from './artwork.js';
import {
  changeOf,
  creditsOf,
  filledIn,
  givenBack,
  missingArtwork,
  missingFacts,
  type PictureField,
  stillTheirs,
  takenBack,
  type Told,
} from './missing-facts.js';
import { type Filled, matchMatter, TitleMatch } from './title-match.entity.js';

/** Puts what providers know into what titles lack. */
@Injectable()
export class TitleFiller {
  constructor(
    private readonly database: Database,
    private readonly artwork: Artwork,
    private readonly searchIndexer: SearchIndexer,
    private readonly events: EventBus,
  ) {}

  /**
   * Takes back what providers said before, puts in what they say now, and writes how it went.
   * @param match without what it filled @param isAnother it was taken for another title before
   * @param asked what was known when they were asked: nothing is done where a person has said something since; without it
   * this is their word
   */
  async fill(
    match: Omit<TitleMatch, 'filled'>,
    told: Told,
    isAnother: boolean,
    asked?: TitleMatch | null,
  ): Promise<void> {
    const before = await this.database.read.findOneBy(Title, { id: match.titleId });
    if (!before) return; // gone meanwhile
    const known = await this.filled(match.titleId);
    const pictures = await this.fetchPictures(startOf(before, known, told, isAnother), told);
    await this.store(match, told, isAnother, pictures, asked).finally(() =>
      this.artwork.discard(pictures.map(({ image }) => image)),
    );
  }

  private store(
    match: Omit<TitleMatch, 'filled'>,
    told: Told,
    isAnother: boolean,
    pictures: readonly Fetched[],
    asked: TitleMatch | null | undefined,
  ): Promise<void> {
    return this.database.writeAlone(matchMatter, async (manager) => {
      const title = await manager.findOneBy(Title, { id: match.titleId });
      if (!title) return;
      const now = await manager.findOneBy(TitleMatch, { titleId: match.titleId });
      if (asked !== undefined && !isAsBefore(asked, now)) return;
      const start = startOf(title, await this.filled(match.titleId), told, isAnother);
      const { bare, theirs } = start;
      const facts = joined(missingFacts(bare, told), await insertPictures(manager, bare, pictures));
      // Who is away today does not take back what they said.
      const filled = isAnother ? facts : joined(theirs, facts);
      const { titles } = told;
      const credits = await fillCredits(manager, title, titles, theirs.credits === true, isAnother);
      const hasEpisodes = await fillEpisodes(manager, title.id, titles);
      await manager.save(TitleMatch, { ...match, filled: { ...filled, credits: credits !== 'own' } });
      const change = changeOf(title, filledIn(bare, filled));
      if (Object.keys(change).length > 0 || credits === 'changed' || hasEpisodes)
        await this.write(manager, Object.assign(title, change), change);
    });
  }

  /** What providers put into it before; a picture of the house that is gone is nothing to give back. */
  private async filled(titleId: string): Promise<Filled> {
    const { filled = {} } = (await this.database.read.findOneBy(TitleMatch, { titleId })) ?? {};
    const { posterId, backdropId, ...instead } = filled.instead ?? {};
    const ids = [posterId, backdropId].filter((id) => typeof id === 'string');
    if (ids.length === 0) return filled;
    const here = new Set((await this.database.read.findBy(Image, { id: In(ids) })).map(({ id }) => id));
    const pictures = Object.entries({ posterId, backdropId }).filter(([, id]) => here.has(id ?? ''));
    return { ...filled, instead: { ...instead, ...Object.fromEntries(pictures) } };
  }

  private async write(manager: EntityManager, title: Title, change: Partial<Title>): Promise<void> {
    await manager.update(Title, title.id, { ...change, updatedAt: Date.now() });
    await writeGenres(manager, [], [title]);
    await writeExternalIds(manager, [title]);
    await this.searchIndexer.titlesChanged([title.id]);
    this.events.publish('library.changed', { libraryId: title.libraryId, titleIds: [title.id] });
  }

  private async fetchPictures({ bare, theirs }: Start, told: Told): Promise<Fetched[]> {
    const fetched: Fetched[] = [];
    for (const { field, url } of missingArtwork(bare, told, theirs)) {
      const image = await this.artwork.fetch(url, field === 'posterId' ? 'poster' : 'backdrop');
      if (image) fetched.push({ field, image, instead: bare[field] });
    }
    return fetched;
  }
}

/** Choosing and refreshing write when it was; refusing is a state. */
const isAsBefore = (before: TitleMatch | null, now: TitleMatch | null): boolean =>
  before?.state === now?.state && before?.checkedAt === now?.checkedAt;

/** What filling begins with. */
interface Start {
  /** Without what providers said, but for what stays theirs. */
  readonly bare: Title;
  readonly theirs: Filled;
}

function startOf(title: Title, filled: Filled, { nfoYields }: Told, isAnother: boolean): Start {
  const still = stillTheirs(title, filled);
  const start = nfoYields ? { title, theirs: still } : givenBack(title, still);
  const bare = takenBack(start.title, start.theirs, isAnother);
  return { bare, theirs: isAnother ? { credits: start.theirs.credits === true } : start.theirs };
}

const joined = (before: Filled, now: Filled): Filled => {
  const instead = { ...before.instead, ...now.instead };
  return {
    ...{ ...before, ...now, externalIds: { ...before.externalIds, ...now.externalIds } },
    ...(Object.keys(instead).length > 0 && { instead }),
  };
};

interface Fetched {
  readonly field: PictureField;
  readonly image: Image;
  /** What the title had there when it was fetched. */
  readonly instead: string | null;
}

/** Where the title still has what it had. */
async function insertPictures(
  manager: EntityManager,
  title: Title,
  fetched: readonly Fetched[],
): Promise<Filled> {
  let filled: Filled = {};
  for (const { field, image, instead } of fetched) {
    if (title[field] !== instead) continue;
    await manager.insert(Image, image);
    filled = joined(filled, {
      [field]: image.id,
      ...(instead !== null && { instead: { [field]: instead } }),
    });
  }
  return filled;
}

/** @param areTheirs those it has came from providers, too */
async function fillCredits(
  manager: EntityManager,
  title: Title,
  titles: readonly ProviderTitle[],
  areTheirs: boolean,
  isAnother: boolean,
): Promise<'own' | 'kept' | 'changed'> {
  if (!areTheirs && (await manager.existsBy(Credit, { titleId: title.id }))) return 'own';
  const credits = creditsOf(titles);
  if (credits.people.length === 0 && !isAnother) return 'kept';
  await manager.delete(Credit, { titleId: title.id });
  await writeCredits(manager, new Map([[title, credits]]), new Set());
  return 'changed';
}

async function fillEpisodes(
  manager: EntityManager,
  titleId: string,
  titles: readonly ProviderTitle[],
): Promise<boolean> {
  const told = titles.find(({ episodes }) => episodes.length > 0)?.episodes ?? [];
  if (told.length === 0) return false;
  const byNumber = new Map(told.map((episode) => [`${episode.season} ${episode.episode}`, episode]));
  let isFilled = false;
  for (const episode of await manager.findBy(Episode, { titleId })) {
    const missing = missingOf(episode, byNumber.get(`${episode.seasonNumber} ${episode.number}`));
    if (Object.keys(missing).length === 0) continue;
    await manager.update(Episode, episode.id, missing);
    isFilled = true;
  }
  return isFilled;
}

const missingOf = (here: Episode, told: ProviderEpisode | undefined): Partial<Episode> => ({
  ...(here.name === null && told?.name && { name: told.name }),
  ...(here.overview === null && told?.overview && { overview: told.overview }),
  ...(here.airDate === null && told?.airDate && { airDate: told.airDate.slice(0, 10) }),
});
