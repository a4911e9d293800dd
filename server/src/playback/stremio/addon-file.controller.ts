import { addonRoutes } from '@hearth/contract/addon';
import { Controller, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendBytes } from '../../common/bytes/send-bytes.js';
import { type Caller, CurrentCaller } from '../../common/http/caller.js';
import { Handle, Input } from '../../common/http/handle.js';
import { fileType } from '../media-type.js';
import { PlayedFiles } from '../stream/played-files.service.js';
import { AddonPlays } from './addon-plays.service.js';

/** The bytes that the add-on's streams lead to. */
@Controller()
export class AddonFileController {
  constructor(
    private readonly files: PlayedFiles,
    private readonly plays: AddonPlays,
  ) {}

  @Handle(addonRoutes.file)
  async file(
    @Input() { id }: { id: string },
    @CurrentCaller() { accountId }: Caller,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { file } = await this.files.locate(id, accountId);
    const app = { address: request.ip, userAgent: request.headers['user-agent'] ?? '' };
    await sendBytes(request, reply, await this.plays.open(id, accountId, app), fileType(file));
  }
}
