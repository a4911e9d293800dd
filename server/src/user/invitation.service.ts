import type { Invitation, Role } from '@hearth/contract/account';
import { Injectable } from '@nestjs/common';
import { IsNull, MoreThan } from 'typeorm';
import { newId } from '../common/id.js';
import { notFound, ProblemError } from '../common/problem-error.js';
import { Database } from '../database/database.js';
import { AccountEntity } from './account.entity.js';
import { InvitationEntity } from './invitation.entity.js';
import { hashSecret, newSecret } from './refresh-token.js';

const hour = 60 * 60 * 1000;

const toInvitation = (entity: InvitationEntity): Invitation => ({
  id: entity.id,
  role: entity.role,
  createdAt: new Date(entity.createdAt).toISOString(),
  expiresAt: new Date(entity.expiresAt).toISOString(),
  usedAt: entity.usedAt === null ? null : new Date(entity.usedAt).toISOString(),
});

const openWith = (code: string) => ({
  codeHash: hashSecret(code),
  usedAt: IsNull(),
  expiresAt: MoreThan(Date.now()),
});

/** Links that let someone make their own account, once. */
@Injectable()
export class InvitationService {
  constructor(private readonly database: Database) {}

  async list(): Promise<Invitation[]> {
    const all = await this.database.read.find(InvitationEntity, { order: { createdAt: 'DESC' }, take: 100 });
    return all.map(toInvitation);
  }

  /** The code is in the answer and nowhere else: only its hash is kept. */
  async create(role: Role, expiresInHours: number): Promise<Invitation> {
    const code = newSecret();
    const now = Date.now();
    const entity: InvitationEntity = {
      id: newId(),
      codeHash: hashSecret(code),
      role,
      createdAt: now,
      expiresAt: now + expiresInHours * hour,
      usedAt: null,
      usedBy: null,
    };
    await this.database.write((manager) => manager.insert(InvitationEntity, entity));
    return { ...toInvitation(entity), code };
  }

  /** @throws ProblemError NOT_FOUND */
  async remove(id: string): Promise<void> {
    const { affected } = await this.database.write((manager) => manager.delete(InvitationEntity, { id }));
    if (!affected) throw notFound('invitation');
  }

  /** @throws ProblemError INVITATION_INVALID */
  async refuseUnlessOpen(code: string): Promise<void> {
    if (!(await this.database.read.existsBy(InvitationEntity, openWith(code))))
      throw new ProblemError('INVITATION_INVALID');
  }

  /**
   * Uses an invitation up and makes its account in one transaction: a taken name does not cost the invitation.
   * @throws ProblemError INVITATION_INVALID, and what `create` throws
   */
  async redeem(code: string, create: (role: Role) => Promise<AccountEntity>): Promise<AccountEntity> {
    return this.database.write(async (manager) => {
      const open = openWith(code);
      const invitation = await manager.findOneBy(InvitationEntity, open);
      if (!invitation) throw new ProblemError('INVITATION_INVALID');
      const { affected } = await manager.update(
        InvitationEntity,
        { ...open, id: invitation.id },
        { usedAt: Date.now() },
      );
      if (!affected) throw new ProblemError('INVITATION_INVALID');
      const account = await create(invitation.role);
      await manager.update(InvitationEntity, { id: invitation.id }, { usedBy: account.id });
      return account;
    });
  }
}
