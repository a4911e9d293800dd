import { mediaRoutes } from '@hearth/contract/media';
import type { RouteInput } from '@hearth/contract/route';
import { Controller, Headers, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { knows } from '../../common/http/etag.js';
import { Handle, Input } from '../../common/http/handle.js';
import { ImageService } from './image.service.js';

/** Seconds: the URL changes before that, or the picture behind it does. */
const cacheLifetime = 24 * 3600;

@Controller()
export class ImageController {
  constructor(private readonly images: ImageService) {}

  /** One picture; browsers keep it, and ask again with its ETag. */
  @Handle(mediaRoutes.image)
  async image(
    @Input() { id, width }: RouteInput<typeof mediaRoutes.image>,
    @Headers('if-none-match') known: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer | undefined> {
    const { data, etag } = await this.images.serve(id, width);
    reply.header('Cache-Control', `private, max-age=${cacheLifetime}, immutable`).header('ETag', etag);
    if (knows(known, etag)) return void reply.status(304);
    reply.type('image/webp');
    return data;
  }
}
