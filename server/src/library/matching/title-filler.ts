import type { ProviderEpisode, ProviderTitle } from '@hearth/contract/provider-exchange';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
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
  missingArtwork,
  missingFacts,
  stillTheirs,
  takenBack,
} from './missing-facts.js';
import { type Filled, TitleMatch } from './title-match.entity.js';

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
   */
  async fill(
    match: Omit<TitleMatch, 'filled'>,
    titles: readonly ProviderTitle[],
    isAnother: boolean,
  ): Promise<void> {
    const before = await this.database.read.findOneBy(Title, { id: match.titleId });
    const known = await this.database.read.findOneBy(TitleMatch, { titleId: match.titleId });
    if (!before) return; // gone meanwhile
    const wanted = takenBack(before, stillTheirs(before, known?.filled ?? {}), isAnother);
    const pictures = await this.fetchPictures(wanted, titles);
    await this.database.write(async (manager) => {
      const title = await manager.findOneBy(Title, { id: match.titleId });
      if (!title) return;
      const theirs = stillTheirs(title, known?.filled ?? {});
      const bare = takenBack(title, theirs, isAnother);
      const facts = { ...missingFacts(bare, titles), ...(await insertPictures(manager, bare, pictures)) };
      // Who is away today does not take back what they said.
      const filled = isAnother ? facts : joined(theirs, facts);
      const credits = await fillCredits(manager, title, titles, theirs.credits === true, isAnother);
      const hasEpisodes = await fillEpisodes(manager, title.id, titles);
      await manager.save(TitleMatch, { ...match, filled: { ...filled, credits: credits !== 'own' } });
      const change = changeOf(title, filledIn(bare, filled));
      if (Object.keys(change).length > 0 || credits === 'changed' || hasEpisodes)
        await this.write(manager, Object.assign(title, change), change);
    });
  }

  private async write(manager: EntityManager, title: Title, change: Partial<Title>): Promise<void> {
    await manager.update(Title, title.id, { ...change, updatedAt: Date.now() });
    await writeGenres(manager, [], [title]);
    await writeExternalIds(manager, [title]);
    await this.searchIndexer.titlesChanged([title.id]);
    this.events.publish('library.changed', { libraryId: title.libraryId, titleIds: [title.id] });
  }

  private async fetchPictures(title: Title, titles: readonly ProviderTitle[]): Promise<Image[]> {
    const fetched: Image[] = [];
    for (const { field, url } of missingArtwork(title, titles)) {
      const image = await this.artwork.fetch(url, field === 'posterId' ? 'poster' : 'backdrop');
      if (image) fetched.push(image);
    }
    return fetched;
  }
}

const joined = (before: Filled, now: Filled): Filled => ({
  ...before,
  ...now,
  externalIds: { ...before.externalIds, ...now.externalIds },
});

/** Where the title still has none. */
async function insertPictures(
  manager: EntityManager,
  title: Title,
  images: readonly Image[],
): Promise<Filled> {
  const filled: Filled = {};
  for (const image of images) {
    const field = image.kind === 'poster' ? 'posterId' : 'backdropId';
    if (title[field] !== null) continue;
    await manager.insert(Image, image);
    filled[field] = image.id;
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
