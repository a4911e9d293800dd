import { mediaRoutes } from '@hearth/contract/media';
import { Controller, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendBytes } from '../common/bytes/send-bytes.js';
import { type Caller, CurrentCaller } from '../common/http/caller.js';
import { Handle, Input } from '../common/http/handle.js';
import { PlayableService } from '../library/playable.service.js';
import { LiveSessions } from './live/live-sessions.js';
import { fileType } from './media-type.js';
import { BandwidthService, PacedByteSource } from './stream/bandwidth.service.js';
import { PlayedFiles } from './stream/played-files.service.js';
import { opened } from './stream/stream-problems.js';

@Controller()
export class MediaController {
  constructor(
    private readonly files: PlayedFiles,
    private readonly playables: PlayableService,
    private readonly bandwidth: BandwidthService,
    private readonly live: LiveSessions,
  ) {}

  @Handle(mediaRoutes.mediaFile)
  async file(
    @Input() { id }: { id: string },
    @CurrentCaller() { accountId }: Caller,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const located = await this.files.locate(id, accountId);
    const bucket = await this.bandwidth.bucketOf(accountId);
    const paced = new PacedByteSource(await opened(this.playables.open(located)), bucket, (bytes) => {
      this.live.ofFile(accountId, id)?.sent(bytes);
    });
    await sendBytes(request, reply, paced, fileType(located.file));
  }
}
