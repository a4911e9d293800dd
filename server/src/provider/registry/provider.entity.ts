import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A provider of this server: one that was added, or what the household decided about one that came with it. */
@Entity('provider')
export class ProviderEntity {
  @PrimaryColumn('text') id!: string;
  /** Its manifest's id. */
  @Column('text') key!: string;
  @Column('text') runtime!: string;
  /** JSON; null: the code has it. */
  @Column('text', { nullable: true }) manifest!: string | null;
  /** Sealed. */
  @Column('text', { nullable: true }) address!: string | null;
  /** Sealed JSON. */
  @Column('text') config!: string;
  @Column('boolean') enabled!: boolean;
  @Column('integer') priority!: number;
  /** What it was switched off for. */
  @Column('text', { nullable: true }) refusal!: string | null;
  /** Goes up with each change of what it is or was told. */
  @Column('integer') revision!: number;
  /** Milliseconds since the epoch. */
  @Column('bigint', { name: 'added_at' }) addedAt!: number;
}

/** Somebody switched a provider off for themselves. */
@Entity('provider_hidden')
export class ProviderHiddenEntity {
  @PrimaryColumn('text') id!: string;
  @Column('text', { name: 'provider_id' }) providerId!: string;
  @Column('text', { name: 'account_id' }) accountId!: string;
}

/** How asking a provider went. */
@Entity('provider_record')
export class ProviderRecordEntity {
  @PrimaryColumn('text', { name: 'provider_id' }) providerId!: string;
  /** JSON. */
  @Column('text') record!: string;
}
