import { mediaRoutes } from '@hearth/contract/media';
import { Controller, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { FileByteSource } from '../common/bytes/file-byte-source.js';
import { sendBytes } from '../common/bytes/send-bytes.js';
import { SlicedByteSource } from '../common/bytes/sliced-byte-source.js';
import { type Caller, CurrentCaller } from '../common/http/caller.js';
import { Handle, Input } from '../common/http/handle.js';
import { AudienceService } from '../library/audience/audience.service.js';
import { PlayableService } from '../library/playable.service.js';
import { opened } from './stream/stream-problems.js';
import { SubtitleService } from './subtitle.service.js';

interface Wanted {
  id: string;
  track: string;
  format: 'vtt' | 'ass' | 'pgs';
}

const mediaTypes = { ass: 'text/x-ssa; charset=utf-8', pgs: 'application/octet-stream' };

/** Subtitles, and the fonts they are set in. */
@Controller()
export class SubtitleController {
  constructor(
    private readonly subtitles: SubtitleService,
    private readonly audiences: AudienceService,
    private readonly playables: PlayableService,
  ) {}

  @Handle(mediaRoutes.subtitle)
  async subtitle(
    @Input() { id, track, format }: Wanted,
    @CurrentCaller() { accountId }: Caller,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.audiences.mustSeeFile(id, accountId);
    const soFar = await this.subtitles.soFar(id, track, format);
    void reply.header('Cache-Control', soFar === null ? 'private, max-age=3600' : 'no-store');
    if (soFar !== null) {
      await reply.type(format === 'vtt' ? 'text/vtt; charset=utf-8' : mediaTypes.ass).send(soFar);
      return;
    }
    if (format === 'vtt') {
      await reply.type('text/vtt; charset=utf-8').send(await this.subtitles.text(id, track));
      return;
    }
    const path = await this.subtitles.original(id, track, format);
    await sendBytes(request, reply, await opened(FileByteSource.open(path)), mediaTypes[format]);
  }

  @Handle(mediaRoutes.font)
  async font(
    @Input() { id, index }: { id: string; index: number },
    @CurrentCaller() { accountId }: Caller,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.audiences.mustSeeFile(id, accountId);
    const { located, span, type } = await this.subtitles.font(id, index);
    const file = await opened(this.playables.open(located));
    const source = new SlicedByteSource(file, span.start, span.size);
    await sendBytes(request, reply, source, type);
  }
}
