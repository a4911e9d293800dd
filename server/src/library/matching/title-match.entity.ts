import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Title } from '../entities/title.entity.js';

/** A title that a provider listed for one of the library's, and how likely it is the same. */
export interface MatchCandidate {
  readonly providerId: string;
  /** The provider's own id. */
  readonly itemId: string;
  readonly name: string;
  readonly year: number | null;
  readonly runtimeSeconds: number | null;
  /** Its picture's address, sealed for `candidatePicture`: it may hold a key. */
  readonly picture: string | null;
  /** 0–1 */
  readonly confidence: number;
  /** A person said it is not this one: it is never taken without asking them. */
  readonly refused?: boolean;
}

/**
 * What providers put into a title, by its property. `credits`: they named people; `instead`: what an NFO or a picture
 * beside the file had said, where a provider is believed before it.
 */
export type Filled = Partial<Pick<Title, FilledField>> & {
  credits?: boolean;
  instead?: Partial<Pick<Title, FilledField>>;
};
export type FilledField = (typeof filledFields)[number];
export const filledFields = [
  'overview', 'tagline', 'studio', 'rating', 'originalName', 'endYear', 'runtimeSeconds', 'genres', 'externalIds', 'posterId', 'backdropId',
] as const; // prettier-ignore

/** What is written about matches one after the other: a person's word and what a round found out. */
export const matchMatter = 'title match';

export const candidatePicture = 'match-candidate';

/** `matched`: taken; `unsure`: a person has to choose; `unknown`: nobody has it; `chosen`: a person did; `refused`: it is none of its candidates. */
export type MatchState = 'matched' | 'unsure' | 'unknown' | 'chosen' | 'refused';

/** What providers made of a title. */
@Entity('title_match')
export class TitleMatch {
  @PrimaryColumn('text', { name: 'title_id' }) titleId!: string;
  /** What it was called when they were asked. */
  @Column('text') identity!: string;
  @Column('text') state!: MatchState;
  /** 0–1 */
  @Column('double precision') confidence!: number;
  /** Ids of the providers that were asked, in their order. */
  @Column('text') asked!: string;
  @Column('simple-json') candidates!: MatchCandidate[];
  @Column('simple-json') filled!: Filled;
  @Column('bigint', { name: 'checked_at' }) checkedAt!: number;
}
