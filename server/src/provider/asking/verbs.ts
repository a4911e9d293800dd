import type {
  CatalogQuestion,
  ProviderPage,
  ProviderSource,
  ProviderSubtitle,
  ProviderTitle,
  SubtitleQuestion,
  TitleReference,
} from '@hearth/contract/provider-exchange';
import type { AnswerLifetime, AnyProvider, ProviderCall } from '../provider.js';
import { checkLink, checkPage, checkSources, checkSubtitles, checkTitle } from './check-answers.js';

/** One thing that providers can be asked, and how long what they answer is kept. */
export interface Verb<Question, Answer> {
  readonly name: string;
  readonly ask: (
    provider: AnyProvider,
    question: Question,
    call: ProviderCall,
  ) => Promise<unknown> | undefined;
  /** @throws ProviderTrouble `invalid` */
  readonly check: (given: unknown) => Answer;
  readonly isEmpty: (answer: Answer) => boolean;
  readonly lifetime: Required<AnswerLifetime>;
  /** Seconds that a provider may ask for at most. */
  readonly longestFresh: number;
}

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** What was not found may be there soon. */
export const emptyFresh = 10 * minute;

const catalog: Verb<CatalogQuestion, ProviderPage> = {
  name: 'catalog',
  ask: (provider, question, call) => provider.catalog?.(question, call),
  check: checkPage,
  isEmpty: ({ items }) => items.length === 0,
  lifetime: { fresh: hour, whileRevalidating: 6 * hour, ifError: day },
  longestFresh: day,
};

const title: Verb<TitleReference, ProviderTitle | null> = {
  name: 'title',
  ask: (provider, question, call) => provider.title?.(question, call),
  check: checkTitle,
  isEmpty: (answer) => answer === null,
  lifetime: { fresh: day, whileRevalidating: 6 * day, ifError: 6 * day },
  longestFresh: 7 * day,
};

/** Links die: an old one is only given where there is no newer. */
const links = { fresh: 30 * minute, whileRevalidating: 0, ifError: 30 * minute };

const sources: Verb<TitleReference, ProviderSource[]> = {
  name: 'sources',
  ask: (provider, question, call) => provider.sources?.(question, call),
  check: checkSources,
  isEmpty: ({ length }) => length === 0,
  lifetime: links,
  longestFresh: hour,
};

const subtitles: Verb<SubtitleQuestion, ProviderSubtitle[]> = {
  name: 'subtitles',
  ask: (provider, question, call) => provider.subtitles?.(question, call),
  check: checkSubtitles,
  isEmpty: ({ length }) => length === 0,
  lifetime: links,
  longestFresh: hour,
};

const subtitleLink: Verb<string, string | null> = {
  name: 'subtitleLink',
  ask: (provider, subtitleId, call) => provider.subtitleLink?.(subtitleId, call),
  check: checkLink,
  isEmpty: (answer) => answer === null,
  lifetime: links,
  longestFresh: hour,
};

export const verbs = { catalog, title, sources, subtitles, subtitleLink };
