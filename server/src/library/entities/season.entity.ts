import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A season of a series; number 0 holds the specials, a year the episodes known by date. */
@Entity('season')
export class Season {
  @PrimaryColumn('text') id!: string;
  @Column('text', { name: 'title_id' }) titleId!: string;
  @Column('integer') number!: number;
  @Column('text', { nullable: true }) name!: string | null;
  @Column('text', { nullable: true }) overview!: string | null;
  @Column('text', { name: 'poster_id', nullable: true }) posterId!: string | null;
}
