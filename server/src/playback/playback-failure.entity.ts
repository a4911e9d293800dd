import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Something that did not play on a device although it should have. */
@Entity('playback_failure')
export class PlaybackFailureEntity {
  @PrimaryColumn('text', { name: 'device_session_id' }) deviceSessionId!: string;
  /** Way, media container and codecs: `Delivery.failureKey`. */
  @PrimaryColumn('text', { name: 'failure_key' }) failureKey!: string;
  /** What the player said. */
  @Column('text') reason!: string;
  @Column('bigint', { name: 'failed_at' }) failedAt!: number;
}
