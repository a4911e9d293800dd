import type { DeviceSession, Role } from '@hearth/contract/account';
import { Injectable } from '@nestjs/common';
import { IsNull, Not } from 'typeorm';
import type { Caller } from '../common/http/caller.js';
import { newId } from '../common/id.js';
import { notFound, ProblemError } from '../common/problem-error.js';
import { Database } from '../database/database.js';
import { EventBus } from '../events/event-bus.js';
import { AccountEntity } from './account.entity.js';
import { DeviceSessionEntity } from './device-session.entity.js';
import {
  formatRefreshToken,
  hashSecret,
  matchesHash,
  newSecret,
  parseRefreshToken,
  refreshTokenLifetime,
} from './refresh-token.js';

/** What is known of the device that signs in. */
export interface DeviceInfo {
  deviceName: string;
  userAgent: string;
  address: string;
}

export interface OpenedSession {
  session: DeviceSessionEntity;
  account: AccountEntity;
  /** Null for a tab whose browser was given the newest a moment ago. */
  refreshToken: string | null;
}

/** How long a check of session and account may be reused, ms; revoking in this process ends it at once. */
const trustMs = 15_000;
const mostTrusted = 5000;
/** How long the tabs of a browser may be late with the cookie that one of them has renewed, ms. */
const lateTabMs = 30_000;

/** Sign-ins on devices: opened, refreshed, checked and revoked. */
@Injectable()
export class SessionService {
  private readonly trusted = new Map<string, { caller: Caller; until: number }>();
  /** Hashes of tokens that were just renewed, by session. */
  private readonly replaced = new Map<string, { hash: string; until: number }>();
  /** Grows with every change, so that a check that read the state before it is not kept. */
  private revision = 0;

  constructor(
    private readonly database: Database,
    private readonly events: EventBus,
  ) {}

  async open(account: AccountEntity, device: DeviceInfo): Promise<OpenedSession> {
    const secret = newSecret();
    const now = Date.now();
    const session: DeviceSessionEntity = {
      id: newId(),
      accountId: account.id,
      deviceName: device.deviceName.slice(0, 100),
      userAgent: device.userAgent.slice(0, 300),
      address: device.address,
      refreshHash: hashSecret(secret),
      createdAt: now,
      lastSeenAt: now,
      expiresAt: now + refreshTokenLifetime * 1000,
      revokedAt: null,
    };
    await this.database.write(async (manager) => {
      await manager.insert(DeviceSessionEntity, session);
      await manager.update(AccountEntity, { id: account.id }, { lastSeenAt: now });
    });
    return { session, account, refreshToken: formatRefreshToken({ sessionId: session.id, secret }) };
  }

  /**
   * Trades a refresh token for the next one. A token that was used before means that somebody copied it: the whole
   * sign-in ends (RFC 9700 section 4.14.2). But the tabs of a browser share one cookie, and cannot always agree who
   * renews it: whichever comes late is given access, and no token.
   * @throws ProblemError REFRESH_TOKEN_INVALID, ACCOUNT_DISABLED
   */
  async refresh(token: string, address: string, isCookie: boolean): Promise<OpenedSession> {
    const parsed = parseRefreshToken(token);
    if (!parsed) throw new ProblemError('REFRESH_TOKEN_INVALID');
    const outcome = await this.database.write(
      async (manager): Promise<OpenedSession | { stolen: DeviceSessionEntity } | null> => {
        const session = await manager.findOneBy(DeviceSessionEntity, {
          id: parsed.sessionId,
          revokedAt: IsNull(),
        });
        if (!session || session.expiresAt <= Date.now()) return null;
        const isLate = (): boolean => isCookie && this.isLateTab(session.id, parsed.secret);
        const isNewest = matchesHash(parsed.secret, session.refreshHash);
        if (!isNewest && !isLate()) return { stolen: session };
        const account = await manager.findOneByOrFail(AccountEntity, { id: session.accountId });
        if (account.disabled) throw new ProblemError('ACCOUNT_DISABLED');
        if (!isNewest) return { session, account, refreshToken: null };
        const secret = newSecret();
        const now = Date.now();
        const { refreshHash } = session;
        Object.assign(session, {
          refreshHash: hashSecret(secret),
          lastSeenAt: now,
          address,
          expiresAt: now + refreshTokenLifetime * 1000,
        });
        this.noteReplaced(session.id, refreshHash, now);
        // Of two that hold the same token, only the one that still finds its hash may write.
        const { affected } = await manager.update(
          DeviceSessionEntity,
          { id: session.id, refreshHash },
          session,
        );
        if (!affected) return isLate() ? { session, account, refreshToken: null } : { stolen: session };
        await manager.update(AccountEntity, { id: account.id }, { lastSeenAt: now });
        return { session, account, refreshToken: formatRefreshToken({ sessionId: session.id, secret }) };
      },
    );
    if (outcome && 'refreshToken' in outcome) return outcome;
    if (outcome) await this.revoke(outcome.stolen.accountId, outcome.stolen.id);
    throw new ProblemError('REFRESH_TOKEN_INVALID');
  }

  private isLateTab(sessionId: string, secret: string): boolean {
    const known = this.replaced.get(sessionId);
    return known !== undefined && known.until > Date.now() && matchesHash(secret, known.hash);
  }

  private noteReplaced(sessionId: string, hash: string, now: number): void {
    if (this.replaced.size >= mostTrusted) this.replaced.clear();
    this.replaced.set(sessionId, { hash, until: now + lateTabMs });
  }

  /** The caller, while their session lives and their account is not switched off; null otherwise. */
  async check(accountId: string, sessionId: string): Promise<Caller | null> {
    const known = this.trusted.get(sessionId);
    if (known && known.until > Date.now() && known.caller.accountId === accountId) return known.caller;
    const { revision } = this;
    const live = await this.database.read.existsBy(DeviceSessionEntity, {
      id: sessionId,
      accountId,
      revokedAt: IsNull(),
    });
    const account = live
      ? await this.database.read.findOneBy(AccountEntity, { id: accountId, disabled: false })
      : null;
    if (!account) {
      this.trusted.delete(sessionId);
      return null;
    }
    const caller: Caller = { accountId, sessionId, role: account.role };
    this.trust(sessionId, caller, revision);
    return caller;
  }

  /** The caller a signed URL speaks for. */
  async checkAccount(accountId: string): Promise<Caller | null> {
    const key = `account ${accountId}`;
    const known = this.trusted.get(key);
    if (known && known.until > Date.now()) return known.caller;
    const { revision } = this;
    const account = await this.database.read.findOneBy(AccountEntity, { id: accountId, disabled: false });
    if (!account) return null;
    const caller: Caller = { accountId, sessionId: null, role: account.role };
    this.trust(key, caller, revision);
    return caller;
  }

  private trust(key: string, caller: Caller, revision: number): void {
    if (revision !== this.revision) return;
    if (this.trusted.size >= mostTrusted) this.trusted.clear();
    this.trusted.set(key, { caller, until: Date.now() + trustMs });
  }

  async list(caller: Caller): Promise<DeviceSession[]> {
    const sessions = await this.database.read.find(DeviceSessionEntity, {
      where: { accountId: caller.accountId, revokedAt: IsNull() },
      order: { lastSeenAt: 'DESC' },
      take: 100,
    });
    return sessions.map((session) => ({
      id: session.id,
      deviceName: session.deviceName,
      userAgent: session.userAgent,
      address: session.address,
      createdAt: new Date(session.createdAt).toISOString(),
      lastSeenAt: new Date(session.lastSeenAt).toISOString(),
      current: session.id === caller.sessionId,
    }));
  }

  /** What is known of a device; empty texts where nothing is. */
  async device(sessionId: string | null): Promise<Pick<DeviceInfo, 'deviceName' | 'userAgent'>> {
    const session = sessionId && (await this.database.read.findOneBy(DeviceSessionEntity, { id: sessionId }));
    return session || { deviceName: '', userAgent: '' };
  }

  /** @throws ProblemError NOT_FOUND when the session is not this account's or has ended */
  async revoke(accountId: string, sessionId: string): Promise<void> {
    await this.database.write(async (manager) => {
      const { affected } = await manager.update(
        DeviceSessionEntity,
        { id: sessionId, accountId, revokedAt: IsNull() },
        { revokedAt: Date.now() },
      );
      if (!affected) throw notFound('session');
      this.events.publish('session.revoked', { sessionId }, accountId);
    });
    this.forgetChecks();
  }

  /** Ends every sign-in of an account but one. */
  async revokeOthers(accountId: string, keepSessionId: string | null): Promise<void> {
    await this.database.write(async (manager) => {
      const where = { accountId, revokedAt: IsNull(), ...(keepSessionId && { id: Not(keepSessionId) }) };
      const ended = await manager.findBy(DeviceSessionEntity, where);
      await manager.update(DeviceSessionEntity, where, { revokedAt: Date.now() });
      for (const { id } of ended) this.events.publish('session.revoked', { sessionId: id }, accountId);
    });
    this.forgetChecks();
  }

  /** Open connections hear what the new role may, once it counts. */
  changeRole(accountId: string, role: Role): void {
    this.events.changeRole(accountId, role);
  }

  /** Whoever keeps something because of an account's limits hears when they are others. */
  limitsChanged(accountId: string, limited: boolean): void {
    this.events.publish('limits.changed', { limited }, accountId);
  }

  /** Roles and switched-off accounts count at once, not when a check grows old. */
  forgetChecks(): void {
    this.revision += 1;
    this.trusted.clear();
  }
}
