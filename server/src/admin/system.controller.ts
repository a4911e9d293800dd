import { accountRoutes, type Tokens } from '@hearth/contract/account';
import type { RouteInput } from '@hearth/contract/route';
import { type LogEntry, type SystemInfo, systemRoutes, type SystemStatus } from '@hearth/contract/system';
import { Controller, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Handle, Input } from '../common/http/handle.js';
import { LogSink } from '../common/log/logger.js';
import { version } from '../config/version.js';
import { AccountService } from '../user/account.service.js';
import { SignInService } from '../user/sign-in.service.js';
import { buildOpenApi } from './openapi.js';
import { SetupService } from './setup.service.js';
import { StatusService } from './status.service.js';

@Controller()
export class SystemController {
  private document: Record<string, unknown> | undefined;

  constructor(
    private readonly accounts: AccountService,
    private readonly setupService: SetupService,
    private readonly statusService: StatusService,
    private readonly signIn: SignInService,
    private readonly sink: LogSink,
  ) {}

  @Handle(systemRoutes.info)
  async info(): Promise<SystemInfo> {
    return { name: 'Hearth', version, setupCompleted: await this.accounts.setupCompleted() };
  }

  @Handle(accountRoutes.setup)
  async setup(
    @Input() input: RouteInput<typeof accountRoutes.setup>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Tokens> {
    const tokens = await this.setupService.run(input, this.signIn.deviceOf(request, input.deviceName));
    return this.signIn.deliver(tokens, input.cookie, request, reply);
  }

  @Handle(systemRoutes.openapi)
  openapi(): Record<string, unknown> {
    this.document ??= buildOpenApi(version);
    return this.document;
  }

  @Handle(systemRoutes.status)
  status(): Promise<SystemStatus> {
    return this.statusService.status();
  }

  @Handle(systemRoutes.logs)
  logs(@Input() { level, limit }: RouteInput<typeof systemRoutes.logs>): { items: LogEntry[] } {
    return { items: this.sink.latest(level, limit) };
  }
}
