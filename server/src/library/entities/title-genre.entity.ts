import type { TitleType } from '@hearth/contract/title';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** `title.genres` again, for filters; with the type, so that the films of a genre are found without reading titles. */
@Entity('title_genre')
export class TitleGenre {
  @PrimaryColumn('text', { name: 'title_id' }) titleId!: string;
  @PrimaryColumn('text') genre!: string;
  @Column('text') type!: TitleType;
}
