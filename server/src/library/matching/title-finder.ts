import type { ProviderItem, ProviderTitle, TitleReference } from '@hearth/contract/provider-exchange';
import type { Catalog, ProviderManifest } from '@hearth/contract/provider-manifest';
import { Inject, Injectable } from '@nestjs/common';
import { SealedText } from '../../common/sealed-text.js';
import { type ProviderEntry, ProviderService } from '../../provider/provider.service.js';
import { isNfo, ProviderTrouble } from '../../provider/provider.js';
import { usualFilters } from '../discover/catalog-filters.js';
import { bestMatch, type Scored, type Wanted } from './match-score.js';
import type { Told } from './missing-facts.js';
import { candidatePicture, type MatchCandidate } from './title-match.entity.js';

/** What was found out about a title. */
export interface Finding {
  /** What providers say of it; nothing: nobody is sure. */
  readonly told: Told;
  /** 0–1 */
  readonly confidence: number;
  /** The likeliest first. */
  readonly candidates: readonly MatchCandidate[];
}

/** What one of them says. */
interface Word {
  readonly providerId: string;
  readonly title: ProviderTitle;
}

type Listed = Scored & { readonly providerId: string };

const mostCandidates = 8;
/** Where a person looks for it by another name. */
const mostLookedFor = 24;
/** Beside the one that has it: for ids, and for what that one leaves out. */
const mostOthers = 3;
const ask = { background: true } as const;

/** Asks providers which title one of the library's is, and what they know of it. */
@Injectable()
export class TitleFinder {
  constructor(
    @Inject(ProviderService) private readonly providers: Pick<ProviderService, 'able' | 'list' | 'ask'>,
    private readonly sealed: SealedText,
  ) {}

  /** Those that can find a title by its name, in order. */
  async searchable(): Promise<ProviderEntry[]> {
    return (await this.providers.list()).filter(
      (entry) => isAsked(entry) && entry.manifest.catalogs.some(isSearch),
    );
  }

  /**
   * @param refused those it is not
   * @throws ProviderTrouble where nobody answered: nothing is known of the title then
   */
  async find(wanted: Wanted, refused: readonly MatchCandidate[], signal: AbortSignal): Promise<Finding> {
    const known = await this.describe(wanted, wanted.externalIds, signal, []);
    if (known.length > 0) return { told: await this.told(known), confidence: 1, candidates: [] };
    const listed: Listed[] = [];
    for (const entry of await this.searchable()) {
      const items = await this.search(entry, wanted, signal);
      const isRefused = ({ id }: ProviderItem): boolean =>
        refused.some(({ providerId, itemId }) => providerId === entry.id && itemId === id);
      const { match, ranked } = bestMatch(
        wanted,
        items.filter((item) => !isRefused(item)),
      );
      listed.push(...ranked.map((each) => ({ ...each, providerId: entry.id })));
      if (!match) continue;
      const told = await this.take(wanted.type, entry.id, match.item, signal);
      if (told.titles.length > 0) return { told, confidence: match.confidence, candidates: [] };
    }
    const candidates = this.candidates(listed, mostCandidates);
    return { told: await this.told([]), confidence: candidates[0]?.confidence ?? 0, candidates };
  }

  /** What it may be, for a person who looks for it. @throws ProviderTrouble where nobody answered */
  async lookFor(wanted: Wanted, signal: AbortSignal): Promise<MatchCandidate[]> {
    const answers = await Promise.allSettled(
      (await this.searchable()).map(async (entry) =>
        bestMatch(wanted, await this.search(entry, wanted, signal, {})).ranked.map((each) => ({
          ...each,
          providerId: entry.id,
        })),
      ),
    );
    const [failure] = answers.filter((answer) => answer.status === 'rejected');
    const listed = answers.filter((answer) => answer.status === 'fulfilled');
    if (failure && listed.length === 0) throw failure.reason;
    return this.candidates(
      listed.flatMap(({ value }) => value),
      mostLookedFor,
    );
  }

  /** What a provider says of a title of its own, and what others say of the same. */
  async take(
    type: string,
    providerId: string,
    { id, externalIds }: Pick<ProviderItem, 'id' | 'externalIds'>,
    signal: AbortSignal,
  ): Promise<Told> {
    const title = await this.providers.ask.title(providerId, { type, id, externalIds }, { ...ask, signal });
    if (!title) return this.told([]);
    const ids = { ...title.externalIds, ...externalIds };
    return this.told([{ providerId, title }, ...(await this.describe({ type }, ids, signal, [providerId]))]);
  }

  /**
   * Who is asked, in order, and where what lies beside the files stands among them: in another order another one is
   * believed. Empty: nobody can be asked.
   */
  async standing(): Promise<string> {
    if ((await this.searchable()).length === 0) return '';
    const asked = (await this.providers.list()).filter(
      (entry) => entry.enabled && (isAsked(entry) || isNfo(entry.manifest)),
    );
    return asked.map(({ id }) => id).join(' ');
  }

  /** As the order of providers has it; switched off, what lies beside the files counts least. */
  private async told(words: readonly Word[]): Promise<Told> {
    const entries = await this.providers.list();
    const places = new Map(entries.map(({ id }, place) => [id, place]));
    const placeOf = ({ providerId }: Word): number => places.get(providerId) ?? Infinity;
    const nfo = entries.findIndex(({ manifest }) => isNfo(manifest));
    const nfoPlace = entries[nfo]?.enabled === false ? Infinity : nfo;
    const sorted = words.toSorted((a, b) => placeOf(a) - placeOf(b));
    return {
      titles: sorted.map(({ title }) => title),
      outranking: sorted.filter((word) => placeOf(word) < nfoPlace).map(({ title }) => title),
      nfoYields: entries.some((entry, place) => isAsked(entry) && place < nfoPlace),
    };
  }

  /** What those say who know a title by its ids. Who is away now is left out: the title is looked at again some day. */
  private async describe(
    { type }: Pick<TitleReference, 'type'>,
    externalIds: TitleReference['externalIds'],
    signal: AbortSignal,
    without: readonly string[],
  ): Promise<Word[]> {
    if (Object.keys(externalIds).length === 0) return [];
    const able = (await this.providers.able('metadata', { type, externalIds })).filter(
      ({ id, manifest }) => isReference(manifest) && !without.includes(id),
    );
    const words: Word[] = [];
    for (const { id } of able.slice(0, mostOthers)) {
      const found = await this.providers.ask
        .title(id, { type, externalIds }, { ...ask, signal })
        .catch(unlessStopped(signal));
      if (found && !isAnother(found, externalIds)) words.push({ providerId: id, title: found });
    }
    return words;
  }

  private async search(
    { id, manifest }: ProviderEntry,
    { type, name, year }: Wanted,
    signal: AbortSignal,
    how: { background?: true } = ask,
  ) {
    const catalog = manifest.catalogs.find((each) => each.type === type && isSearch(each));
    if (!catalog) return [];
    const dated =
      year !== null && catalog.extra.some((extra) => extra.name === 'year' && extra.type === 'text');
    const items = async (extra: Record<string, string>) =>
      (await this.providers.ask.catalog(id, { type, id: catalog.id, extra }, { ...how, signal })).items;
    const found = dated ? await items({ search: name, year: String(year) }) : [];
    return found.length > 0 ? found : items({ search: name });
  }

  /** The likeliest of them. */
  private candidates(listed: readonly Listed[], most: number): MatchCandidate[] {
    return listed
      .toSorted((a, b) => b.confidence - a.confidence)
      .slice(0, most)
      .map(({ providerId, confidence, item: { id: itemId, name, year, runtimeSeconds, posterUrl } }) => ({
        ...{ providerId, confidence, itemId, name, year, runtimeSeconds },
        picture: posterUrl === null ? null : this.sealed.seal(posterUrl, candidatePicture),
      }));
  }
}

/** A service that has the asked id for another title is mistaken, or was asked by another of the ids. */
const isAnother = (title: ProviderTitle, externalIds: TitleReference['externalIds']): boolean =>
  Object.entries(externalIds).some(([authority, id]) => (title.externalIds[authority] ?? id) !== id);

const unlessStopped =
  (signal: AbortSignal) =>
  (error: unknown): null => {
    if (signal.aborted || !(error instanceof ProviderTrouble)) throw error;
    return null;
  };

const isAsked = ({ enabled, configured, manifest }: ProviderEntry): boolean =>
  enabled && configured && manifest.runtime !== 'home' && isReference(manifest);

/** Who hands out sources describes copies of its own, and not the title. */
const isReference = ({ hints, resources }: ProviderManifest): boolean =>
  hints.adult !== true &&
  resources.some(({ name }) => name === 'metadata') &&
  !resources.some(({ name }) => name === 'source');

const isSearch = ({ extra }: Catalog): boolean =>
  extra.some(({ name, type }) => name === 'search' && type === 'text') &&
  usualFilters({ extra: extra.filter(({ name }) => name !== 'search') }) !== null;
