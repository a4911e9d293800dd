import type { Preferences, Role, SharedViewerKind } from '@hearth/contract/account';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A household member. Times in milliseconds since the epoch. */
@Entity('account')
export class AccountEntity {
  @PrimaryColumn('text') id!: string;
  @Column('text') username!: string;
  /** `username` folded for comparison: NFKC, lower case. Unique. */
  @Column('text', { name: 'username_key' }) usernameKey!: string;
  /** PHC string of Argon2id. */
  @Column('text', { name: 'password_hash' }) passwordHash!: string;
  @Column('text') role!: Role;
  @Column('boolean') disabled!: boolean;
  /** Things that play at the same time; null is as many as the server takes. */
  @Column('integer', { name: 'max_streams', nullable: true }) maxStreams!: number | null;
  /** Bits per second of what is played. */
  @Column('bigint', { name: 'max_bitrate', nullable: true }) maxBitrate!: number | null;
  /** Bits per second that are sent. */
  @Column('bigint', { nullable: true }) bandwidth!: number | null;
  /** Youngest age what they see may be rated for, in years; null sees everything, rated or not. */
  @Column('integer', { name: 'max_age', nullable: true }) maxAge!: number | null;
  @Column('simple-json', { name: 'hidden_library_ids' }) hiddenLibraryIds!: string[];
  /** A viewer that nobody signs in as; null for people. */
  @Column('text', { nullable: true }) reserved!: SharedViewerKind | null;
  @Column('simple-json') preferences!: Partial<Preferences>;
  @Column('bigint', { name: 'created_at' }) createdAt!: number;
  @Column('bigint', { name: 'last_seen_at', nullable: true }) lastSeenAt!: number | null;
}

export const usernameKey = (username: string): string => username.normalize('NFKC').trim().toLowerCase();
