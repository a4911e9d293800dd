import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One sign-in on one device: the family of its refresh tokens, of which only the newest is valid. */
@Entity('device_session')
export class DeviceSessionEntity {
  @PrimaryColumn('text') id!: string;
  @Column('text', { name: 'account_id' }) accountId!: string;
  @Column('text', { name: 'device_name' }) deviceName!: string;
  @Column('text', { name: 'user_agent' }) userAgent!: string;
  @Column('text') address!: string;
  /** SHA-256 of the newest refresh token's secret, in hex. */
  @Column('text', { name: 'refresh_hash' }) refreshHash!: string;
  @Column('bigint', { name: 'created_at' }) createdAt!: number;
  @Column('bigint', { name: 'last_seen_at' }) lastSeenAt!: number;
  @Column('bigint', { name: 'expires_at' }) expiresAt!: number;
  @Column('bigint', { name: 'revoked_at', nullable: true }) revokedAt!: number | null;
}
