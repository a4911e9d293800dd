import { Column, Entity, PrimaryColumn } from 'typeorm';

export type CreditRole = 'actor' | 'director' | 'writer';

/** One person's part in one title. */
@Entity('credit')
export class Credit {
  @PrimaryColumn('text', { name: 'title_id' }) titleId!: string;
  @PrimaryColumn('text', { name: 'person_id' }) personId!: string;
  @PrimaryColumn('text') role!: CreditRole;
  /** Order of billing within the role, from 0. */
  @PrimaryColumn('integer') position!: number;
  @Column('text', { nullable: true }) character!: string | null;
}
