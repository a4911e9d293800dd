import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What an administrator has agreed to when a provider was added: the key that signed it is pinned here. */
@Entity('provider_package')
export class ProviderPackageEntity {
  @PrimaryColumn('text', { name: 'provider_id' }) providerId!: string;
  /** Its manifest's id. */
  @Column('text', { name: 'provider_key' }) providerKey!: string;
  @Column('text') version!: string;
  /** Base64; null: nobody signed it. */
  @Column('text', { name: 'public_key', nullable: true }) publicKey!: string | null;
  /** SHA-512 of the code, hexadecimal; its name on the disk begins with it. */
  @Column('text', { name: 'bundle_hash' }) bundleHash!: string;
  @Column('simple-json') hosts!: string[];
  /** Requests a second. */
  @Column('double precision') rate!: number;
}
