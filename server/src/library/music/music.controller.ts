import { musicRoutes } from '@hearth/contract/music';
import type { RouteInput, RouteReply } from '@hearth/contract/route';
import { Controller, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { FileByteSource } from '../../common/bytes/file-byte-source.js';
import { sendBytes } from '../../common/bytes/send-bytes.js';
import { type Caller, CurrentCaller } from '../../common/http/caller.js';
import { Handle, Input } from '../../common/http/handle.js';
import { MusicPagesService } from './music-pages.service.js';
import { TrackAudioService } from './track-audio.service.js';

type Routes = typeof musicRoutes;

@Controller()
export class MusicController {
  constructor(
    private readonly pages: MusicPagesService,
    private readonly audio: TrackAudioService,
  ) {}

  @Handle(musicRoutes.albums)
  albums(
    @Input() query: RouteInput<Routes['albums']>,
    @CurrentCaller() { accountId }: Caller,
  ): Promise<RouteReply<Routes['albums']>> {
    return this.pages.albums(query, accountId);
  }

  @Handle(musicRoutes.album)
  album(
    @Input() { id }: RouteInput<Routes['album']>,
    @CurrentCaller() { accountId }: Caller,
  ): Promise<RouteReply<Routes['album']>> {
    return this.pages.album(id, accountId);
  }

  @Handle(musicRoutes.artists)
  artists(
    @Input() query: RouteInput<Routes['artists']>,
    @CurrentCaller() { accountId }: Caller,
  ): Promise<RouteReply<Routes['artists']>> {
    return this.pages.artists(query, accountId);
  }

  @Handle(musicRoutes.artist)
  artist(
    @Input() { id }: RouteInput<Routes['artist']>,
    @CurrentCaller() { accountId }: Caller,
  ): Promise<RouteReply<Routes['artist']>> {
    return this.pages.artist(id, accountId);
  }

  @Handle(musicRoutes.genres)
  genres(@CurrentCaller() { accountId }: Caller): Promise<RouteReply<Routes['genres']>> {
    return this.pages.genres(accountId);
  }

  @Handle(musicRoutes.audio)
  async converted(
    @Input() { id }: { id: string },
    @CurrentCaller() { accountId }: Caller,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { path, contentType } = await this.audio.playable(id, accountId);
    await sendBytes(request, reply, await FileByteSource.open(path), contentType);
  }
}
