import type { RouteInput, RouteReply } from '@hearth/contract/route';
import { type StreamStatus, streamRoutes, type TorrentStreamStatus } from '@hearth/contract/stream';
import { Controller, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendBytes } from '../../common/bytes/send-bytes.js';
import { type Caller, CurrentCaller } from '../../common/http/caller.js';
import { Handle, Input } from '../../common/http/handle.js';
import { UrlSigner } from '../../common/url-signer.js';
import { ByteStreams, type OpenedBytes } from './byte-streams.service.js';
import { TorrentSeek } from './torrent-seek.service.js';
import { TorrentStreams } from './torrent-streams.service.js';

type Routes = typeof streamRoutes;

/** Seconds a signed address works: the longest film with a long pause in it. */
const addressLifetime = 12 * 60 * 60;

/** Streams of torrents for clients other than ours. */
@Controller()
export class TorrentStreamController {
  constructor(
    private readonly streams: TorrentStreams,
    private readonly byteStreams: ByteStreams,
    private readonly seeking: TorrentSeek,
    private readonly signer: UrlSigner,
  ) {}

  @Handle(streamRoutes.start)
  async start(
    @Input() { magnetLink, quality, fileIndex }: RouteInput<Routes['start']>,
    @CurrentCaller() caller: Caller,
  ): Promise<RouteReply<Routes['start']>> {
    const started = await this.streams.start({ link: magnetLink, quality, fileIndex }, caller);
    const { streamId, status, progress, eta, message } = started;
    return { streamId, status, progress, eta, message };
  }

  @Handle(streamRoutes.status)
  status(@Input() { streamId }: RouteInput<Routes['status']>, @CurrentCaller() caller: Caller): StreamStatus {
    return this.streams.status(streamId, caller);
  }

  @Handle(streamRoutes.stop)
  async stop(
    @Input() { streamId }: RouteInput<Routes['stop']>,
    @CurrentCaller() caller: Caller,
  ): Promise<RouteReply<Routes['stop']>> {
    await this.streams.stop(streamId, caller);
    return { streamId, status: 'stopped', message: 'Stopped.' };
  }

  @Handle(streamRoutes.list)
  list(@CurrentCaller() caller: Caller): { items: StreamStatus[] } {
    return { items: this.streams.list(caller) };
  }

  @Handle(streamRoutes.address)
  async address(
    @Input() { id, magnet, fileIndex }: RouteInput<Routes['address']>,
    @CurrentCaller() caller: Caller,
  ): Promise<{ url: string }> {
    const { accountId } = caller;
    if (id !== undefined) await this.byteStreams.mustSee(id, caller);
    const url = this.signer.sign(
      id === undefined ? '/api/stream' : `/api/stream/${id}`,
      accountId,
      addressLifetime,
      magnet,
    );
    const name = id === undefined ? 'file_index' : 'fileIndex';
    return { url: fileIndex === undefined ? url : `${url}&${name}=${fileIndex}` };
  }

  @Handle(streamRoutes.bytes)
  bytes(
    @Input() { id, fileIndex }: RouteInput<Routes['bytes']>,
    @CurrentCaller() caller: Caller,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.send(request, reply, (signal) => this.byteStreams.of(id, fileIndex, caller, signal));
  }

  @Handle(streamRoutes.magnetBytes)
  magnetBytes(
    @Input() { magnet, file_index: fileIndex }: RouteInput<Routes['magnetBytes']>,
    @CurrentCaller() caller: Caller,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.send(request, reply, (signal) => this.byteStreams.ofLink(magnet, fileIndex, caller, signal));
  }

  @Handle(streamRoutes.torrentStatus)
  torrentStatus(
    @Input() { hash }: RouteInput<Routes['torrentStatus']>,
    @CurrentCaller() caller: Caller,
  ): Promise<TorrentStreamStatus> {
    return this.seeking.status(hash, caller);
  }

  @Handle(streamRoutes.seek)
  seek(
    @Input() { hash, seconds, byte, fileIndex }: RouteInput<Routes['seek']>,
    @CurrentCaller() caller: Caller,
  ): Promise<TorrentStreamStatus> {
    return this.seeking.seek({ infoHash: hash, fileIndex }, { seconds, byte }, caller);
  }

  /** Who hangs up while the swarm is asked is waited for by nobody. */
  private async send(
    request: FastifyRequest,
    reply: FastifyReply,
    open: (signal: AbortSignal) => Promise<OpenedBytes>,
  ): Promise<void> {
    const gone = new AbortController();
    const leave = (): void => gone.abort();
    request.raw.socket.setMaxListeners(0).once('close', leave);
    try {
      const { type, source } = await open(gone.signal);
      await sendBytes(request, reply, source, type);
    } catch (error) {
      if (!gone.signal.aborted) throw error;
      void reply.hijack();
    } finally {
      request.raw.socket.off('close', leave);
    }
  }
}
