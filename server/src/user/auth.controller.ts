import { accountRoutes, type DeviceSession, type Tokens } from '@hearth/contract/account';
import type { RouteInput } from '@hearth/contract/route';
import { Controller, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Caller, CurrentCaller } from '../common/http/caller.js';
import { Handle, Input } from '../common/http/handle.js';
import { ProblemError } from '../common/problem-error.js';
import { AuthService } from './auth.service.js';
import { SessionService } from './session.service.js';
import { SignInService } from './sign-in.service.js';

type LoginInput = RouteInput<typeof accountRoutes.login>;
type RefreshInput = RouteInput<typeof accountRoutes.refresh>;
type AcceptInput = RouteInput<typeof accountRoutes.acceptInvitation>;
type PasswordInput = RouteInput<typeof accountRoutes.changePassword>;

@Controller()
export class AuthController {
  constructor(
    private readonly auth: AuthService,
    private readonly sessions: SessionService,
    private readonly signIn: SignInService,
  ) {}

  @Handle(accountRoutes.login)
  async login(
    @Input() input: LoginInput,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Tokens> {
    const tokens = await this.auth.login(input, this.signIn.deviceOf(request, input.deviceName));
    return this.signIn.deliver(tokens, input.cookie, request, reply);
  }

  @Handle(accountRoutes.refresh)
  async refresh(
    @Input() input: RefreshInput,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Tokens> {
    const token = input.refreshToken ?? this.signIn.refreshTokenOf(request);
    if (!token) throw new ProblemError('REFRESH_TOKEN_INVALID');
    const isCookie = input.refreshToken === undefined && input.cookie;
    const tokens = await this.auth.refresh(token, request.ip, isCookie);
    return this.signIn.deliver(tokens, input.cookie, request, reply);
  }

  @Handle(accountRoutes.logout)
  async logout(
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.auth.logout(caller);
    this.signIn.forget(reply);
  }

  @Handle(accountRoutes.acceptInvitation)
  async accept(
    @Input() input: AcceptInput,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Tokens> {
    const tokens = await this.auth.acceptInvitation(
      input.code,
      input,
      this.signIn.deviceOf(request, input.deviceName),
    );
    return this.signIn.deliver(tokens, input.cookie, request, reply);
  }

  @Handle(accountRoutes.changePassword)
  changePassword(@Input() input: PasswordInput, @CurrentCaller() caller: Caller): Promise<void> {
    return this.auth.changePassword(caller, input.currentPassword, input.newPassword);
  }

  @Handle(accountRoutes.sessions)
  async list(@CurrentCaller() caller: Caller): Promise<{ items: DeviceSession[] }> {
    return { items: await this.sessions.list(caller) };
  }

  @Handle(accountRoutes.revokeSession)
  revoke(@Input() { id }: { id: string }, @CurrentCaller() caller: Caller): Promise<void> {
    return this.sessions.revoke(caller.accountId, id);
  }
}
