import { Column, Entity, PrimaryColumn } from 'typeorm';

/** An episode of a series. Those known by date have season = year and number = month × 100 + day. */
@Entity('episode')
export class Episode {
  @PrimaryColumn('text') id!: string;
  @Column('text', { name: 'title_id' }) titleId!: string;
  @Column('text', { name: 'season_id' }) seasonId!: string;
  /** As in its season, for sorting without a join. */
  @Column('integer', { name: 'season_number' }) seasonNumber!: number;
  @Column('integer') number!: number;
  @Column('integer', { name: 'absolute_number', nullable: true }) absoluteNumber!: number | null;
  @Column('text', { nullable: true }) name!: string | null;
  @Column('text', { nullable: true }) overview!: string | null;
  /** `YYYY-MM-DD` */
  @Column('text', { name: 'air_date', nullable: true }) airDate!: string | null;
  @Column('double precision', { name: 'runtime_seconds', nullable: true }) runtimeSeconds!: number | null;
  @Column('text', { name: 'still_id', nullable: true }) stillId!: string | null;
  @Column('boolean', { default: true }) available!: boolean;
  @Column('bigint', { name: 'added_at' }) addedAt!: number;
}
