import { mediaRoutes } from '@hearth/contract/media';
import { Controller, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendBytes } from '../../common/bytes/send-bytes.js';
import { type Caller, CurrentCaller } from '../../common/http/caller.js';
import { Handle, Input } from '../../common/http/handle.js';
import { ThumbnailsService } from './thumbnails.service.js';

@Controller()
export class ThumbnailsController {
  constructor(private readonly thumbnails: ThumbnailsService) {}

  @Handle(mediaRoutes.thumbnailTrack)
  async track(
    @Input() { id }: { id: string },
    @CurrentCaller() caller: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const text = await this.thumbnails.track(id, caller.accountId);
    await reply.type('text/vtt; charset=utf-8').header('Cache-Control', 'private, max-age=3600').send(text);
  }

  @Handle(mediaRoutes.thumbnailSprite)
  async sprite(
    @Input() { id, sprite }: { id: string; sprite: string },
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sendBytes(request, reply, await this.thumbnails.sprite(id, sprite), 'image/jpeg');
  }
}
