import type { RecordState } from './job-record.js';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Row of table `job`; the shape of `JobRecord`. */
@Entity('job')
export class JobEntity {
  @PrimaryColumn('text')
  id!: string;

  @Column('text')
  name!: string;

  @Column('text', { nullable: true })
  key!: string | null;

  @Column('text')
  label!: string;

  @Column('text')
  payload!: string;

  @Column('text')
  state!: RecordState;

  @Column('integer')
  priority!: number;

  @Column('double precision', { nullable: true })
  progress!: number | null;

  @Column('text')
  message!: string;

  @Column('integer')
  attempts!: number;

  @Column('text', { nullable: true })
  error!: string | null;

  @Column('bigint', { name: 'run_at' })
  runAt!: number;

  @Column('bigint', { name: 'created_at' })
  createdAt!: number;

  @Column('bigint', { name: 'started_at', nullable: true })
  startedAt!: number | null;

  @Column('bigint', { name: 'ended_at', nullable: true })
  endedAt!: number | null;
}
