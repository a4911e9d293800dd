import { addonRoutes } from '@hearth/contract/addon';
import { Controller, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendBytes } from '../../common/bytes/send-bytes.js';
import { type Caller, CurrentCaller } from '../../common/http/caller.js';
import { Handle, Input } from '../../common/http/handle.js';
import { AddonPlays } from './addon-plays.service.js';

/** The bytes that the add-on's streams lead to. */
@Controller()
export class AddonFileController {
  constructor(private readonly plays: AddonPlays) {}

  @Handle(addonRoutes.file)
  async file(
    @Input() { id }: { id: string },
    @CurrentCaller() { accountId }: Caller,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const app = { address: request.ip, userAgent: request.headers['user-agent'] ?? '' };
    const { source, mediaType } = await this.plays.open(id, accountId, app);
    await sendBytes(request, reply, source, mediaType);
  }
}
