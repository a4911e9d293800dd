import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { ProblemError } from '../common/problem-error.js';
import { WorkLimit } from '../common/work-limit.js';

const derive = promisify(argon2);

/** OWASP's smallest recommended Argon2id setting: 19 MiB, 2 passes; about 40 ms here. */
const cost = { memory: 19_456, passes: 2, parallelism: 1 } as const;
const phc = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

const encode = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '');

/**
 * At most two at once: each takes 19 MiB, and nobody may fill the memory by signing in. In line, some seconds of work;
 * more is nobody's household.
 */
const limit = new WorkLimit(2, {
  mostWaiting: 100,
  refusal: () => new ProblemError('RATE_LIMITED', { retryAfter: 5 }),
});

/** @returns a PHC string, `$argon2id$v=19$m=…,t=…,p=…$salt$hash` */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16);
  const message = password.normalize('NFKC');
  const hash = await limit.run(() => derive('argon2id', { message, nonce, tagLength: 32, ...cost }));
  return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${encode(nonce)}$${encode(hash)}`;
}

/** Compares in constant time, with the cost that the stored hash was made with. False for a hash it cannot read. */
export async function verifyPassword(password: string, stored: string): Promise<boolean> {
  const [, memory, passes, parallelism, salt, hash] = phc.exec(stored) ?? [];
  if (!salt || !hash) return false;
  const expected = Buffer.from(hash, 'base64');
  const actual = await limit.run(() =>
    derive('argon2id', {
      message: password.normalize('NFKC'),
      nonce: Buffer.from(salt, 'base64'),
      tagLength: expected.length,
      memory: Number(memory),
      passes: Number(passes),
      parallelism: Number(parallelism),
    }),
  );
  return timingSafeEqual(actual, expected);
}
