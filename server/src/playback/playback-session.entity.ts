import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SessionPlan } from './session-plan.js';

/** One person playing one source on one device; afterwards, an entry of their history. */
@Entity('playback_session')
export class PlaybackSessionEntity {
  @PrimaryColumn('text') id!: string;
  @Column('text', { name: 'account_id' }) accountId!: string;
  @Column('text', { name: 'title_id' }) titleId!: string;
  @Column('text', { name: 'episode_id', nullable: true }) episodeId!: string | null;
  @Column('text', { name: 'file_id', nullable: true }) fileId!: string | null;
  @Column('text', { name: 'device_name' }) deviceName!: string;
  /** The sign-in it plays on. */
  @Column('text', { name: 'device_session_id', nullable: true }) deviceSessionId!: string | null;
  /** What was decided; to be read through `readPlan`, since older versions wrote it differently. */
  @Column('simple-json', { nullable: true }) plan!: SessionPlan | null;
  @Column('text') method!: 'direct' | 'remux' | 'transcode';
  @Column('double precision', { name: 'position_seconds' }) positionSeconds!: number;
  @Column('double precision', { name: 'duration_seconds' }) durationSeconds!: number;
  @Column('boolean') completed!: boolean;
  /** Taken out of the history by its owner. */
  @Column('boolean') hidden!: boolean;
  @Column('bigint', { name: 'started_at' }) startedAt!: number;
  @Column('bigint', { name: 'updated_at' }) updatedAt!: number;
  @Column('bigint', { name: 'ended_at', nullable: true }) endedAt!: number | null;
}
