import { discoverRoutes } from '@hearth/contract/discover';
import type { RouteInput } from '@hearth/contract/route';
import { Controller, Headers, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { knows } from '../../common/http/etag.js';
import { Handle, Input } from '../../common/http/handle.js';
import { RemoteImages } from './remote-images.service.js';

/** Seconds: as long as its URL lives. */
const cacheLifetime = 24 * 3600;

@Controller()
export class RemoteImageController {
  constructor(private readonly images: RemoteImages) {}

  @Handle(discoverRoutes.image)
  async image(
    @Input() { picture, width }: RouteInput<typeof discoverRoutes.image>,
    @Headers('if-none-match') known: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer | undefined> {
    const { data, etag } = await this.images.serve(picture, width);
    reply.header('Cache-Control', `private, max-age=${cacheLifetime}, immutable`).header('ETag', etag);
    if (knows(known, etag)) return void reply.status(304);
    reply.type('image/webp');
    return data;
  }
}
