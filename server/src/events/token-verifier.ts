import type { Caller } from '../common/http/caller.js';

export interface VerifiedToken extends Caller {
  /** Whether something is kept from the account. */
  readonly limited: boolean;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** Tells whose an access token is. The side of the accounts provides it, as this token, from any module. */
export abstract class TokenVerifier {
  /** @throws ProblemError UNAUTHENTICATED for anything but a valid token of a living session */
  abstract verify(token: string): Promise<VerifiedToken>;
}
