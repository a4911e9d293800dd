import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Where one person is in one film or episode. `itemId` is the episode’s id, or the title’s for a film. */
@Entity('play_state')
export class PlayStateEntity {
  @PrimaryColumn('text', { name: 'account_id' }) accountId!: string;
  @PrimaryColumn('text', { name: 'item_id' }) itemId!: string;
  @Column('text', { name: 'title_id' }) titleId!: string;
  @Column('text', { name: 'episode_id', nullable: true }) episodeId!: string | null;
  @Column('double precision', { name: 'position_seconds' }) positionSeconds!: number;
  @Column('double precision', { name: 'duration_seconds' }) durationSeconds!: number;
  @Column('boolean') watched!: boolean;
  @Column('integer', { name: 'play_count' }) playCount!: number;
  @Column('bigint', { name: 'updated_at' }) updatedAt!: number;
}
