import { type Download, downloadRoutes } from '@hearth/contract/download';
import type { RouteInput } from '@hearth/contract/route';
import { Controller, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendBytes } from '../../common/bytes/send-bytes.js';
import { type Caller, CurrentCaller } from '../../common/http/caller.js';
import { Handle, Input } from '../../common/http/handle.js';
import { AudienceService } from '../../library/audience/audience.service.js';
import { DownloadsService } from './downloads.service.js';
import { VersionsService } from './versions.service.js';

@Controller()
export class DownloadsController {
  constructor(
    private readonly downloads: DownloadsService,
    private readonly made: VersionsService,
    private readonly audiences: AudienceService,
  ) {}

  @Handle(downloadRoutes.list)
  async list(@CurrentCaller() { accountId }: Caller): Promise<{ items: Download[] }> {
    return { items: await this.downloads.list(accountId) };
  }

  @Handle(downloadRoutes.create)
  create(
    @Input() { fileId, quality }: RouteInput<typeof downloadRoutes.create>,
    @CurrentCaller() { accountId }: Caller,
  ): Promise<Download> {
    return this.downloads.create(fileId, quality, accountId);
  }

  @Handle(downloadRoutes.remove)
  remove(@Input() { id }: { id: string }, @CurrentCaller() { accountId }: Caller): Promise<void> {
    return this.downloads.remove(id, accountId);
  }

  @Handle(downloadRoutes.versions)
  versions(@CurrentCaller() { accountId }: Caller): Promise<{ items: Download[]; bytes: number }> {
    return this.downloads.allVersions(accountId);
  }

  @Handle(downloadRoutes.optimise)
  optimise(
    @Input() { fileId, quality }: RouteInput<typeof downloadRoutes.optimise>,
    @CurrentCaller() { accountId }: Caller,
  ): Promise<Download> {
    return this.downloads.optimise(fileId, quality, accountId);
  }

  @Handle(downloadRoutes.removeVersion)
  removeVersion(@Input() { id }: { id: string }): Promise<void> {
    return this.made.remove(id);
  }

  @Handle(downloadRoutes.bytes)
  async bytes(
    @Input() { id }: { id: string },
    @CurrentCaller() { accountId }: Caller,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const version = await this.made.find(id);
    if (version) await this.audiences.mustSeeFile(version.fileId, accountId);
    await sendBytes(request, reply, await this.made.open(id), 'video/mp4');
  }
}
