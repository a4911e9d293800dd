import type { Access } from '@hearth/contract/route';
import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type Caller, setCaller } from '../common/http/caller.js';
import { routeOf } from '../common/http/handle.js';
import { setTicket } from '../common/http/ticket.js';
import { ProblemError } from '../common/problem-error.js';
import { TicketSigner } from '../common/ticket-signer.js';
import { UrlSigner } from '../common/url-signer.js';
import { Secrets } from '../config/secrets.js';
import { readAccessToken } from './access-token.js';
import { SessionService } from './session.service.js';

const signatureQuery = z.object({
  user: z.string(),
  expires: z.coerce.number(),
  signature: z.string(),
  magnet: z.string().optional(),
});

const ticketParams = z.object({ ticket: z.string() });

/** Stands before every route: closed unless the contract says otherwise. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly sessions: SessionService,
    private readonly secrets: Secrets,
    private readonly signer: UrlSigner,
    private readonly tickets: TicketSigner,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    // Sockets have a door of their own, in events/.
    if (context.getType() !== 'http') return true;
    const access = routeOf(context.getHandler())?.access;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (access === 'public') return true;
    setCaller(request, await this.identify(access, request));
    return true;
  }

  private async identify(access: Access | undefined, request: FastifyRequest): Promise<Caller> {
    if (access === undefined) throw new ProblemError('FORBIDDEN');
    if (access === 'signed') return this.bySignature(request);
    if (access === 'ticket') return this.byTicket(request);
    if (access === 'member-or-signed' && signatureQuery.safeParse(request.query).success)
      return this.bySignature(request);
    const caller = await this.byToken(request);
    if (access === 'admin' && caller.role !== 'admin') throw new ProblemError('FORBIDDEN');
    return caller;
  }

  private async byToken(request: FastifyRequest): Promise<Caller> {
    const [, token] = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '') ?? [];
    const claims = token ? await readAccessToken(this.secrets.key('access-token'), token) : null;
    const caller = claims && (await this.sessions.check(claims.accountId, claims.sessionId));
    if (!caller) throw new ProblemError('UNAUTHENTICATED');
    return caller;
  }

  private async bySignature(request: FastifyRequest): Promise<Caller> {
    const query = signatureQuery.safeParse(request.query);
    const path = request.url.split('?')[0] ?? '';
    if (!query.success || !this.signer.verify(path, query.data, query.data.magnet))
      throw new ProblemError('SIGNATURE_INVALID');
    const caller = await this.sessions.checkAccount(query.data.user);
    if (!caller) throw new ProblemError('SIGNATURE_INVALID');
    return caller;
  }

  private async byTicket(request: FastifyRequest): Promise<Caller> {
    const params = ticketParams.safeParse(request.params);
    const ticket = params.success ? this.tickets.read(params.data.ticket) : null;
    const caller = ticket && (await this.sessions.checkAccount(ticket.accountId));
    if (!caller) throw new ProblemError('SIGNATURE_INVALID');
    setTicket(request, ticket);
    return caller;
  }
}
