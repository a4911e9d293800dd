import type { Role } from '@hearth/contract/account';
import { role } from '@hearth/contract/account';
import { jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';

/** Seconds. */
export const accessTokenLifetime = 15 * 60;

const claims = z.object({ sub: z.string(), sid: z.string(), role, exp: z.number() });

export interface AccessClaims {
  accountId: string;
  sessionId: string;
  role: Role;
  /** Milliseconds since the epoch. */
  expiresAt: number;
}

/** A signed JWT (HS256) that says who is asking, from which sign-in, for a quarter of an hour. */
export function issueAccessToken(
  key: Buffer,
  accountId: string,
  sessionId: string,
  as: Role,
): Promise<string> {
  return new SignJWT({ sid: sessionId, role: as })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setSubject(accountId)
    .setIssuedAt()
    .setExpirationTime(`${accessTokenLifetime}s`)
    .sign(key);
}

/** @returns null for anything but a token of ours that has not expired */
export async function readAccessToken(key: Buffer, token: string): Promise<AccessClaims | null> {
  try {
    const { payload } = await jwtVerify(token, key, { algorithms: ['HS256'] });
    const parsed = claims.parse(payload);
    return { accountId: parsed.sub, sessionId: parsed.sid, role: parsed.role, expiresAt: parsed.exp * 1000 };
  } catch {
    // Malformed, forged or expired: to the caller all the same.
    return null;
  }
}
