import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** `<session id>.<secret>`; only the secret's hash is stored. */
export interface RefreshToken {
  sessionId: string;
  secret: string;
}

/** Seconds: a device that is not used for 60 days signs in again. */
export const refreshTokenLifetime = 60 * 24 * 60 * 60;

export const newSecret = (): string => randomBytes(32).toString('base64url');

export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex');

export const formatRefreshToken = ({ sessionId, secret }: RefreshToken): string => `${sessionId}.${secret}`;

export function parseRefreshToken(text: string): RefreshToken | null {
  const [, sessionId, secret] = /^([A-Za-z0-9]{1,64})\.([\w-]{20,128})$/.exec(text) ?? [];
  return sessionId && secret ? { sessionId, secret } : null;
}

export function matchesHash(secret: string, hash: string): boolean {
  const actual = Buffer.from(hashSecret(secret));
  const expected = Buffer.from(hash);
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}
