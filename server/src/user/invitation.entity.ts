import type { Role } from '@hearth/contract/account';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('invitation')
export class InvitationEntity {
  @PrimaryColumn('text') id!: string;
  /** SHA-256 of the code, in hex. */
  @Column('text', { name: 'code_hash' }) codeHash!: string;
  @Column('text') role!: Role;
  @Column('bigint', { name: 'created_at' }) createdAt!: number;
  @Column('bigint', { name: 'expires_at' }) expiresAt!: number;
  @Column('bigint', { name: 'used_at', nullable: true }) usedAt!: number | null;
  @Column('text', { name: 'used_by', nullable: true }) usedBy!: string | null;
}
