import { Entity, PrimaryColumn } from 'typeorm';

/** `title.genres` again, for filters. */
@Entity('title_genre')
export class TitleGenre {
  @PrimaryColumn('text', { name: 'title_id' }) titleId!: string;
  @PrimaryColumn('text') genre!: string;
}
