import type { MatchCandidate } from '@hearth/contract/matching';

/** How a part of the comparison speaks: for the match, against it, or not at all. */
export interface MatchReason {
  readonly tone: 'good' | 'bad' | 'open';
  readonly word:
    | 'nameSame'
    | 'nameNear'
    | 'nameOther'
    | 'yearSame'
    | 'yearNear'
    | 'yearOther'
    | 'yearUnknown'
    | 'runtimeSame'
    | 'runtimeOther';
}

/** From here on two names differ by a word or its spelling, and years by one or two. */
const near = 0.8;

/** Why a candidate may be it, or may not. */
export function matchReasons({ name, year, runtime }: MatchCandidate['likeness']): MatchReason[] {
  const graded = (likeness: number, [same, alike, other]: readonly MatchReason['word'][]): MatchReason[] => {
    const word = likeness === 1 ? same : likeness >= near ? alike : other;
    return word ? [{ tone: likeness === 1 ? 'good' : likeness >= near ? 'open' : 'bad', word }] : [];
  };
  return [
    ...graded(name, ['nameSame', 'nameNear', 'nameOther']),
    ...(year === null
      ? [{ tone: 'open' as const, word: 'yearUnknown' as const }]
      : graded(year, ['yearSame', 'yearNear', 'yearOther'])),
    ...(runtime === null ? [] : graded(runtime, ['runtimeSame', 'runtimeOther', 'runtimeOther'])),
  ];
}
