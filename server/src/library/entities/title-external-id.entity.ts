import { Column, Entity, PrimaryColumn } from 'typeorm';

/** `title.externalIds` again, to find titles by what other services call them. */
@Entity('title_external_id')
export class TitleExternalId {
  @PrimaryColumn('text', { name: 'title_id' }) titleId!: string;
  /** `imdb`, `tmdb`, `tvdb`, … */
  @PrimaryColumn('text') authority!: string;
  @Column('text', { name: 'external_id' }) externalId!: string;
}
