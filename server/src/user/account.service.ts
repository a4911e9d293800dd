import type { Account, AccountLimits, Preferences, Role, SharedViewer } from '@hearth/contract/account';
import { preferences, sharedViewerKind } from '@hearth/contract/account';
import { Injectable } from '@nestjs/common';
import { type EntityManager, In, IsNull, Not } from 'typeorm';
import { newId } from '../common/id.js';
import { notFound, ProblemError } from '../common/problem-error.js';
import { Database } from '../database/database.js';
import { AccountEntity, usernameKey } from './account.entity.js';
import { hashPassword } from './password-hash.js';
import { SessionService } from './session.service.js';

export interface AccountDraft {
  username: string;
  password: string;
  role: Role;
}

export interface AccountChange {
  role?: Role | undefined;
  disabled?: boolean | undefined;
  password?: string | undefined;
  limits?: { [K in keyof AccountLimits]?: AccountLimits[K] | undefined } | undefined;
}

const iso = (time: number | null): string | null => (time === null ? null : new Date(time).toISOString());

export const limitsOf = (account: AccountEntity): AccountLimits => ({
  maxStreams: account.maxStreams,
  maxBitrate: account.maxBitrate,
  bandwidth: account.bandwidth,
  maxAge: account.maxAge,
  hiddenLibraryIds: account.hiddenLibraryIds,
});

/** Whether something is kept from the account. */
export const isLimited = ({ maxAge, hiddenLibraryIds }: AccountLimits): boolean =>
  maxAge !== null || hiddenLibraryIds.length > 0;

export function toAccount(entity: AccountEntity): Account {
  return {
    id: entity.id,
    username: entity.username,
    role: entity.role,
    disabled: entity.disabled,
    createdAt: new Date(entity.createdAt).toISOString(),
    lastSeenAt: iso(entity.lastSeenAt),
    preferences: preferences.parse(entity.preferences),
    limits: limitsOf(entity),
  };
}

/** Who is not a person has neither role nor password, and stays. @throws ProblemError FORBIDDEN */
function refuseIfShared({ reserved }: AccountEntity): void {
  if (reserved)
    throw new ProblemError('FORBIDDEN', { detail: 'Of a shared viewer only the limits can be changed.' });
}

/** How long limits may be reused, ms: every segment asks for them. Changing them in this process counts at once. */
const limitsTrustMs = 15_000;

/** The matter of who may rule: decided by one at a time. */
const administrators = 'administrators';

/** The people of the household. */
@Injectable()
export class AccountService {
  /** Once an administrator exists, one always does. */
  private setupDone = false;
  private readonly knownLimits = new Map<string, { limits: AccountLimits; until: number }>();

  constructor(
    private readonly database: Database,
    private readonly sessions: SessionService,
  ) {}

  /** True once there is an administrator. */
  async setupCompleted(): Promise<boolean> {
    this.setupDone ||= await this.database.read.existsBy(AccountEntity, { role: 'admin' });
    return this.setupDone;
  }

  /** People, the first one first. */
  async list(): Promise<Account[]> {
    const people = await this.database.read.find(AccountEntity, {
      where: { reserved: IsNull() },
      order: { createdAt: 'ASC', id: 'ASC' },
    });
    return people.map(toAccount);
  }

  /** Whom the screens see as that belong to nobody in particular. */
  async sharedViewers(): Promise<SharedViewer[]> {
    const viewers = await this.database.read.findBy(AccountEntity, { reserved: Not(IsNull()) });
    return sharedViewerKind.options.flatMap((id) =>
      viewers.filter((viewer) => viewer.reserved === id).map((viewer) => ({ id, limits: limitsOf(viewer) })),
    );
  }

  /** A person, or a shared viewer. @throws ProblemError NOT_FOUND */
  async get(id: string): Promise<AccountEntity> {
    const account = await this.database.read.findOneBy(AccountEntity, { id });
    if (!account) throw notFound('account');
    return account;
  }

  /** User names by account id. */
  async names(ids: readonly string[]): Promise<Map<string, string>> {
    const found = await this.database.read.findBy(AccountEntity, { id: In([...new Set(ids)]) });
    return new Map(found.map(({ id, username }) => [id, username]));
  }

  /** @throws ProblemError NOT_FOUND */
  async limits(id: string): Promise<AccountLimits> {
    const known = this.knownLimits.get(id);
    if (known && known.until > Date.now()) return known.limits;
    const limits = limitsOf(await this.get(id));
    this.knownLimits.set(id, { limits, until: Date.now() + limitsTrustMs });
    return limits;
  }

  /** Somebody who may sign in: nobody does as a shared viewer. */
  findByName(username: string): Promise<AccountEntity | null> {
    const where = { usernameKey: usernameKey(username), reserved: IsNull() };
    return this.database.read.findOneBy(AccountEntity, where);
  }

  /**
   * Makes the first administrator; of two that race, one is refused.
   * @throws ProblemError SETUP_ALREADY_DONE
   */
  async createFirstAdministrator(draft: Omit<AccountDraft, 'role'>): Promise<AccountEntity> {
    if (await this.setupCompleted()) throw new ProblemError('SETUP_ALREADY_DONE');
    const passwordHash = await hashPassword(draft.password);
    return this.database.writeAlone(administrators, async (manager) => {
      if (await manager.existsBy(AccountEntity, { role: 'admin' }))
        throw new ProblemError('SETUP_ALREADY_DONE');
      return this.insertWith(manager, { ...draft, role: 'admin' }, passwordHash);
    });
  }

  /** @throws ProblemError USERNAME_TAKEN */
  async create(draft: AccountDraft): Promise<AccountEntity> {
    return this.insert(draft, await hashPassword(draft.password));
  }

  /** @throws ProblemError USERNAME_TAKEN */
  insert(draft: Omit<AccountDraft, 'password'>, passwordHash: string): Promise<AccountEntity> {
    return this.database.write((manager) => this.insertWith(manager, draft, passwordHash));
  }

  async setPreferences(id: string, change: Partial<Preferences>): Promise<Account> {
    return this.database.write(async (manager) => {
      const account = await manager.findOneByOrFail(AccountEntity, { id });
      account.preferences = { ...account.preferences, ...change };
      return toAccount(await manager.save(account));
    });
  }

  /**
   * A new password or a switched-off account ends its sign-ins, but for `keepSessionId`.
   * @throws ProblemError NOT_FOUND, LAST_ADMINISTRATOR; FORBIDDEN for more of a shared viewer than its limits
   */
  async update(id: string, change: AccountChange, keepSessionId: string | null = null): Promise<Account> {
    const passwordHash = change.password === undefined ? undefined : await hashPassword(change.password);
    const updated = await this.database.writeAlone(administrators, async (manager) => {
      const account = await manager.findOneBy(AccountEntity, { id });
      if (!account) throw notFound('account');
      const { role, disabled, password } = change;
      if (role !== undefined || disabled !== undefined || password !== undefined) refuseIfShared(account);
      const losesPower = (change.role !== undefined && change.role !== 'admin') || change.disabled === true;
      if (losesPower) await this.refuseIfLastAdministrator(manager, account);
      if (change.role !== undefined) this.sessions.changeRole(id, change.role);
      account.role = change.role ?? account.role;
      account.disabled = change.disabled ?? account.disabled;
      account.passwordHash = passwordHash ?? account.passwordHash;
      Object.assign(account, change.limits);
      if (change.limits) this.sessions.limitsChanged(id, isLimited(limitsOf(account)));
      if (passwordHash !== undefined || change.disabled) await this.sessions.revokeOthers(id, keepSessionId);
      return toAccount(await manager.save(account));
    });
    this.sessions.forgetChecks();
    this.knownLimits.delete(id);
    return updated;
  }

  /** @throws ProblemError NOT_FOUND, LAST_ADMINISTRATOR, FORBIDDEN */
  async remove(id: string): Promise<void> {
    await this.database.writeAlone(administrators, async (manager) => {
      const account = await manager.findOneBy(AccountEntity, { id });
      if (!account) throw notFound('account');
      refuseIfShared(account);
      await this.refuseIfLastAdministrator(manager, account);
      await this.sessions.revokeOthers(id, null);
      await manager.delete(AccountEntity, { id });
    });
    this.knownLimits.delete(id);
    this.sessions.forgetChecks();
  }

  private async insertWith(
    manager: EntityManager,
    draft: Omit<AccountDraft, 'password'>,
    passwordHash: string,
  ): Promise<AccountEntity> {
    const key = usernameKey(draft.username);
    if (await manager.existsBy(AccountEntity, { usernameKey: key })) throw new ProblemError('USERNAME_TAKEN');
    const account = manager.create(AccountEntity, {
      id: newId(),
      username: draft.username,
      usernameKey: key,
      passwordHash,
      role: draft.role,
      disabled: false,
      maxStreams: null,
      maxBitrate: null,
      bandwidth: null,
      maxAge: null,
      hiddenLibraryIds: [],
      reserved: null,
      preferences: {},
      createdAt: Date.now(),
      lastSeenAt: null,
    });
    await manager.insert(AccountEntity, account);
    return account;
  }

  private async refuseIfLastAdministrator(manager: EntityManager, account: AccountEntity): Promise<void> {
    if (account.role !== 'admin' || account.disabled) return;
    const administrators = await manager.countBy(AccountEntity, { role: 'admin', disabled: false });
    if (administrators <= 1) throw new ProblemError('LAST_ADMINISTRATOR');
  }
}
