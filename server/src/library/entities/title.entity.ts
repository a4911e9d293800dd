import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { StoredTitleType } from '../torrent/title-type.js';

/** What people talk about: a movie or a series. */
@Entity('title')
export class Title {
  @PrimaryColumn('text') id!: string;
  @Column('text', { name: 'library_id' }) libraryId!: string;
  @Column('text') type!: StoredTitleType;
  /** Normalised name and year; unique per library and type, so that two scans find the same title. */
  @Column('text') identity!: string;
  @Column('text') name!: string;
  /** The name without its leading article, lower case, without diacritics. */
  @Column('text', { name: 'sort_name' }) sortName!: string;
  /** First letter of the sort name in upper case; `#` for anything but a letter. */
  @Column('text') letter!: string;
  @Column('text', { name: 'original_name', nullable: true }) originalName!: string | null;
  @Column('integer', { nullable: true }) year!: number | null;
  @Column('integer', { name: 'end_year', nullable: true }) endYear!: number | null;
  @Column('text', { nullable: true }) overview!: string | null;
  @Column('text', { nullable: true }) tagline!: string | null;
  @Column('text', { nullable: true }) studio!: string | null;
  /** 0–10 */
  @Column('double precision', { nullable: true }) rating!: number | null;
  @Column('text', { name: 'content_rating', nullable: true }) contentRating!: string | null;
  /** Least age it is rated for, in years; null where it is not, or nobody understands how. Follows `contentRating`. */
  @Column('integer', { name: 'min_age', nullable: true }) minAge!: number | null;
  @Column('double precision', { name: 'runtime_seconds', nullable: true }) runtimeSeconds!: number | null;
  @Column('simple-json') genres!: string[];
  /** By provider: `{ imdb: 'tt…', tmdb: '…' }`. */
  @Column('simple-json', { name: 'external_ids' }) externalIds!: Record<string, string>;
  /** Property names that a person set: no scan changes them. */
  @Column('simple-json', { name: 'locked_fields' }) lockedFields!: string[];
  @Column('text', { name: 'poster_id', nullable: true }) posterId!: string | null;
  @Column('text', { name: 'backdrop_id', nullable: true }) backdropId!: string | null;
  @Column('text', { name: 'logo_id', nullable: true }) logoId!: string | null;
  /** False while every file of it is gone. */
  @Column('boolean', { default: true }) available!: boolean;
  /** Largest picture height among its versions, in pixels. */
  @Column('integer', { name: 'max_height', nullable: true }) maxHeight!: number | null;
  @Column('boolean', { default: false }) hdr!: boolean;
  @Column('integer', { name: 'random_key' }) randomKey!: number;
  @Column('bigint', { name: 'added_at' }) addedAt!: number;
  @Column('bigint', { name: 'updated_at' }) updatedAt!: number;
}
