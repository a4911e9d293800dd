import { mediaRoutes } from '@hearth/contract/media';
import { Controller, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ByteSource } from '../common/bytes/byte-source.js';
import { sendBytes } from '../common/bytes/send-bytes.js';
import { type Caller, CurrentCaller } from '../common/http/caller.js';
import { Handle, Input } from '../common/http/handle.js';
import { ProblemError } from '../common/problem-error.js';
import { systemErrorCode } from '../common/system-error.js';
import { PlayableService } from '../library/playable.service.js';
import { LiveSessions } from './live/live-sessions.js';
import { fileType } from './media-type.js';
import { BandwidthService, PacedByteSource } from './stream/bandwidth.service.js';
import { PlayedFiles } from './stream/played-files.service.js';

/** A file that is listed but cannot be opened is away, not unknown: its disk may return. */
async function opened(source: Promise<ByteSource>): Promise<ByteSource> {
  try {
    return await source;
  } catch (cause) {
    if (cause instanceof ProblemError) throw cause;
    throw new ProblemError('SOURCE_UNAVAILABLE', {
      detail: `The file cannot be read (${systemErrorCode(cause) ?? 'unknown reason'}).`,
    });
  }
}

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
