import { Injectable } from '@nestjs/common';
import { ProblemError } from '../common/problem-error.js';
import { Secrets } from '../config/secrets.js';
import { TokenVerifier, type VerifiedToken } from '../events/token-verifier.js';
import { readAccessToken } from './access-token.js';
import { AccountService, isLimited } from './account.service.js';
import { SessionService } from './session.service.js';

/** Access tokens for the live events, checked as for HTTP requests. */
@Injectable()
export class SessionTokenVerifier extends TokenVerifier {
  constructor(
    private readonly sessions: SessionService,
    private readonly accounts: AccountService,
    private readonly secrets: Secrets,
  ) {
    super();
  }

  override async verify(token: string): Promise<VerifiedToken> {
    const claims = await readAccessToken(this.secrets.key('access-token'), token);
    const caller = claims && (await this.sessions.check(claims.accountId, claims.sessionId));
    if (!caller) throw new ProblemError('UNAUTHENTICATED');
    const limited = isLimited(await this.accounts.limits(caller.accountId));
    return { ...caller, limited, expiresAt: claims.expiresAt };
  }
}
