import { mediaRoutes } from '@hearth/contract/media';
import { Controller, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendBytes } from '../../common/bytes/send-bytes.js';
import { type Caller, CurrentCaller } from '../../common/http/caller.js';
import { Handle, Input } from '../../common/http/handle.js';
import { AudienceService } from '../../library/audience/audience.service.js';
import { ThumbnailsService } from './thumbnails.service.js';

@Controller()
export class ThumbnailsController {
  constructor(
    private readonly thumbnails: ThumbnailsService,
    private readonly audiences: AudienceService,
  ) {}

  @Handle(mediaRoutes.thumbnailTrack)
  async track(
    @Input() { id }: { id: string },
    @CurrentCaller() caller: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.audiences.mustSeeFile(id, caller.accountId);
    const text = await this.thumbnails.track(id, caller.accountId);
    await reply.type('text/vtt; charset=utf-8').header('Cache-Control', 'private, max-age=3600').send(text);
  }

  @Handle(mediaRoutes.thumbnailSprite)
  async sprite(
    @Input() { id, sprite }: { id: string; sprite: string },
    @CurrentCaller() caller: Caller,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.audiences.mustSeeFile(id, caller.accountId);
    await sendBytes(request, reply, await this.thumbnails.sprite(id, sprite), 'image/jpeg');
  }
}
