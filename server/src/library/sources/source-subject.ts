import { createHash } from 'node:crypto';
import type { TitleReference } from '@hearth/contract/provider-exchange';

/** What sources are asked for. */
export interface SourceSubject {
  /** 22 letters: equal questions have one. */
  readonly key: string;
  readonly reference: TitleReference;
  /** The library's title; null for what is in no library. */
  readonly titleId: string | null;
  readonly episodeId: string | null;
  /** How long what was found counts as new, ms. */
  readonly freshMs: number;
}

/** Links are made for those who ask; a search may be older. */
export const linksFreshMs = 30 * 60_000;
const searchFreshMs = 60 * 60_000;

/** 22 letters that stand for a text. */
export const shortHash = (text: string): string =>
  createHash('sha256').update(text).digest('base64url').slice(0, 22);

const named = (
  name: string,
  reference: TitleReference,
  rest: Partial<Omit<SourceSubject, 'reference'>> = {},
): SourceSubject => ({
  ...{ key: shortHash(name), reference, titleId: null, episodeId: null, freshMs: linksFreshMs },
  ...rest,
});

/** A film of the library, or an episode. */
export const titleSubject = (
  titleId: string,
  episodeId: string | null,
  reference: TitleReference,
): SourceSubject => named(`title ${titleId} ${episodeId ?? ''}`, reference, { titleId, episodeId });

/** Something that is in no library. */
export const referenceSubject = (reference: TitleReference): SourceSubject =>
  named(`reference ${canonical(reference)}`, reference);

export const searchSubject = (reference: TitleReference): SourceSubject =>
  named(`search ${canonical(reference)}`, reference, { freshMs: searchFreshMs });

/** Equal for equal questions, whatever the order of their parts. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
