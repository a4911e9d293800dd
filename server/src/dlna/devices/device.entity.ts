import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A television, console or player that came over DLNA. Times in milliseconds since the epoch. */
@Entity('device')
export class DeviceEntity {
  @PrimaryColumn('text') id!: string;
  @Column('text') name!: string;
  /** IPv4 it came from last. */
  @Column('text') address!: string;
  /** Lower case with colons; null where the kernel does not know it (loopback, another subnet). */
  @Column('text', { nullable: true }) mac!: string | null;
  /** Of the renderer at the same address, without `uuid:`. */
  @Column('text', { nullable: true }) udn!: string | null;
  /** As it calls itself. */
  @Column('text') product!: string;
  /** The profile it was recognised by last. */
  @Column('text', { name: 'profile_id' }) profileId!: string;
  /** An administrator's choice, which wins. */
  @Column('text', { name: 'fixed_profile_id', nullable: true }) fixedProfileId!: string | null;
  @Column('text') viewer!: 'household' | 'kids' | 'person';
  @Column('text', { name: 'account_id', nullable: true }) accountId!: string | null;
  @Column('text') access!: 'allowed' | 'denied';
  /** An administrator said something of it: it is never forgotten to make room. */
  @Column('boolean') settled!: boolean;
  @Column('bigint', { name: 'first_seen_at' }) firstSeenAt!: number;
  @Column('bigint', { name: 'last_seen_at' }) lastSeenAt!: number;
}
