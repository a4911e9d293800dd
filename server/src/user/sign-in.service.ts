import type { Tokens } from '@hearth/contract/account';
import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { describeUserAgent } from './describe-user-agent.js';
import { refreshTokenLifetime } from './refresh-token.js';
import type { DeviceInfo } from './session.service.js';

const cookieName = 'hearth_refresh';
/** Only the routes that need it ever see it; other sites never send it. */
const cookieAttributes = { path: '/api/auth', httpOnly: true, sameSite: 'strict' } as const;

/** The HTTP side of signing in: which device asks, and how it keeps its refresh token. */
@Injectable()
export class SignInService {
  deviceOf(request: FastifyRequest, deviceName?: string): DeviceInfo {
    const userAgent = request.headers['user-agent'] ?? '';
    return { deviceName: deviceName ?? describeUserAgent(userAgent), userAgent, address: request.ip };
  }

  /** For browsers the refresh token moves from the body into a cookie, where no script can read it. */
  deliver(tokens: Tokens, asCookie: boolean, request: FastifyRequest, reply: FastifyReply): Tokens {
    if (!asCookie || tokens.refreshToken === '') return tokens;
    reply.setCookie(cookieName, tokens.refreshToken, {
      ...cookieAttributes,
      secure: request.protocol === 'https',
      maxAge: refreshTokenLifetime,
    });
    return { ...tokens, refreshToken: '' };
  }

  refreshTokenOf(request: FastifyRequest): string | undefined {
    return request.cookies[cookieName];
  }

  forget(reply: FastifyReply): void {
    reply.clearCookie(cookieName, cookieAttributes);
  }
}
