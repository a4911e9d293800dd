import type { Tokens } from '@hearth/contract/account';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { refreshTokenLifetime } from './refresh-token.js';

const name = 'hearth_refresh';
/** Only the routes that need it ever see it; other sites never send it. */
const attributes = { path: '/api/auth', httpOnly: true, sameSite: 'strict' } as const;

export const readRefreshCookie = (request: FastifyRequest): string | undefined => request.cookies[name];

/** For browsers: the refresh token moves from the body into the cookie, where no script can read it. */
export function moveToCookie(tokens: Tokens, request: FastifyRequest, reply: FastifyReply): Tokens {
  reply.setCookie(name, tokens.refreshToken, {
    ...attributes,
    secure: request.protocol === 'https',
    maxAge: refreshTokenLifetime,
  });
  return { ...tokens, refreshToken: '' };
}

export function clearRefreshCookie(reply: FastifyReply): void {
  reply.clearCookie(name, attributes);
}
