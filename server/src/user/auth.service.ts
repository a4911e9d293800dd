import type { Tokens } from '@hearth/contract/account';
import { Injectable } from '@nestjs/common';
import type { Caller } from '../common/http/caller.js';
import { ProblemError } from '../common/problem-error.js';
import { Secrets } from '../config/secrets.js';
import { accessTokenLifetime, issueAccessToken } from './access-token.js';
import { AccountEntity, usernameKey } from './account.entity.js';
import { AccountService, toAccount } from './account.service.js';
import { AttemptLimiter } from './attempt-limiter.js';
import { clientNetwork } from './client-network.js';
import { InvitationService } from './invitation.service.js';
import { hashPassword, verifyPassword } from './password-hash.js';
import { type DeviceInfo, type OpenedSession, SessionService } from './session.service.js';

interface Credentials {
  username: string;
  password: string;
}

const minute = 60_000;

/** Signing in, staying signed in, and what stands in the way of guessing. */
@Injectable()
export class AuthService {
  /** One person's typos, from one place. */
  private readonly perName = new AttemptLimiter({
    free: 5,
    firstBlockMs: 30_000,
    longestBlockMs: 15 * minute,
  });
  /** One place that tries many names. */
  private readonly perNetwork = new AttemptLimiter({
    free: 20,
    firstBlockMs: minute,
    longestBlockMs: 60 * minute,
  });
  private decoyHash: Promise<string> | undefined;

  constructor(
    private readonly accounts: AccountService,
    private readonly sessions: SessionService,
    private readonly invitations: InvitationService,
    private readonly secrets: Secrets,
  ) {}

  /** @throws ProblemError SETUP_ALREADY_DONE */
  async setup(draft: Credentials, device: DeviceInfo): Promise<Tokens> {
    return this.signIn(await this.accounts.createFirstAdministrator(draft), device);
  }

  /**
   * Unknown names cost as much time and are locked out like known ones, so nobody learns who lives here.
   * @throws ProblemError INVALID_CREDENTIALS, ACCOUNT_LOCKED, ACCOUNT_DISABLED
   */
  async login({ username, password }: Credentials, device: DeviceInfo): Promise<Tokens> {
    const network = clientNetwork(device.address);
    const name = `${usernameKey(username)} ${network}`;
    this.refuseIfBlocked(name, network);
    const account = await this.accounts.findByName(username);
    const matches = await verifyPassword(password, account?.passwordHash ?? (await this.decoy()));
    // Guesses sent all at once passed the first look together, and waited in line for their turn.
    this.refuseIfBlocked(name, network);
    if (!account || !matches) {
      this.perName.fail(name);
      this.perNetwork.fail(network);
      throw new ProblemError('INVALID_CREDENTIALS');
    }
    if (account.disabled) throw new ProblemError('ACCOUNT_DISABLED');
    this.perName.succeed(name);
    return this.signIn(account, device);
  }

  /** @throws ProblemError REFRESH_TOKEN_INVALID, ACCOUNT_DISABLED */
  async refresh(token: string, address: string, isCookie: boolean): Promise<Tokens> {
    return this.tokens(await this.sessions.refresh(token, address, isCookie));
  }

  async logout(caller: Caller): Promise<void> {
    if (caller.sessionId) await this.sessions.revoke(caller.accountId, caller.sessionId);
  }

  /** @throws ProblemError INVALID_CREDENTIALS, ACCOUNT_LOCKED */
  async changePassword(caller: Caller, current: string, next: string): Promise<void> {
    const account = await this.accounts.get(caller.accountId);
    const key = `change ${account.id}`;
    const retryAfter = this.perName.retryAfter(key);
    if (retryAfter > 0) throw new ProblemError('ACCOUNT_LOCKED', { retryAfter });
    if (!(await verifyPassword(current, account.passwordHash))) {
      this.perName.fail(key);
      throw new ProblemError('INVALID_CREDENTIALS');
    }
    this.perName.succeed(key);
    await this.accounts.update(account.id, { password: next }, caller.sessionId);
  }

  /** @throws ProblemError INVITATION_INVALID, USERNAME_TAKEN, ACCOUNT_LOCKED */
  async acceptInvitation(code: string, draft: Credentials, device: DeviceInfo): Promise<Tokens> {
    this.refuseIfBlocked('', clientNetwork(device.address));
    try {
      return await this.signIn(await this.redeem(code, draft), device);
    } catch (error) {
      this.perNetwork.fail(clientNetwork(device.address));
      throw error;
    }
  }

  /** Hashes before the transaction, so that nobody who signs in holds up who writes; and only for a code that is good. */
  private async redeem(code: string, { username, password }: Credentials): Promise<AccountEntity> {
    await this.invitations.refuseUnlessOpen(code);
    const passwordHash = await hashPassword(password);
    return this.invitations.redeem(code, (role) => this.accounts.insert({ username, role }, passwordHash));
  }

  private refuseIfBlocked(name: string, network: string): void {
    const retryAfter = Math.max(this.perName.retryAfter(name), this.perNetwork.retryAfter(network));
    if (retryAfter > 0) throw new ProblemError('ACCOUNT_LOCKED', { retryAfter });
  }

  private async signIn(account: AccountEntity, device: DeviceInfo): Promise<Tokens> {
    return this.tokens(await this.sessions.open(account, device));
  }

  private async tokens({ account, session, refreshToken }: OpenedSession): Promise<Tokens> {
    const key = this.secrets.key('access-token');
    const accessToken = await issueAccessToken(key, account.id, session.id, account.role);
    const user = toAccount(account);
    return { accessToken, refreshToken: refreshToken ?? '', expiresIn: accessTokenLifetime, user };
  }

  private decoy(): Promise<string> {
    this.decoyHash ??= hashPassword('nobody has this password');
    return this.decoyHash;
  }
}
