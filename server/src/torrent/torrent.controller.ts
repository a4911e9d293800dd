import type { RouteInput } from '@hearth/contract/route';
import {
  type BrowserSwarm,
  type Torrent,
  type TorrentAccess,
  type TorrentDetails,
  type TorrentMetadata,
  torrentRoutes,
} from '@hearth/contract/torrent';
import { Controller, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Caller, CurrentCaller } from '../common/http/caller.js';
import { Handle, Input } from '../common/http/handle.js';
import { TorrentAccessService } from './access/torrent-access.service.js';
import { BrowserSwarms } from './browser/browser-swarms.service.js';
import { TorrentService } from './torrent.service.js';
import { readDraft } from './upload.js';

type InputOf<N extends keyof typeof torrentRoutes> = RouteInput<(typeof torrentRoutes)[N]>;

/** Aborts when the client hangs up before it was answered. */
function hangUp(reply: FastifyReply): AbortSignal {
  const ended = new AbortController();
  reply.raw.once('close', () => ended.abort());
  return ended.signal;
}

/** What people do with torrents. */
@Controller()
export class TorrentController {
  constructor(
    private readonly torrents: TorrentService,
    private readonly rights: TorrentAccessService,
    private readonly swarms: BrowserSwarms,
  ) {}

  @Handle(torrentRoutes.access)
  access(@CurrentCaller() { accountId }: Caller): Promise<TorrentAccess> {
    return this.rights.describe(accountId);
  }

  @Handle(torrentRoutes.parse)
  async parse(@Req() request: FastifyRequest, @CurrentCaller() caller: Caller): Promise<TorrentMetadata> {
    await this.torrents.mustBeAllowed(caller.accountId);
    return this.torrents.parse(await readDraft(torrentRoutes.parse, request), caller);
  }

  @Handle(torrentRoutes.swarm)
  swarm(
    @Input() { magnet }: InputOf<'swarm'>,
    @CurrentCaller() caller: Caller,
  ): Promise<{ seeders: number | null; leechers: number | null }> {
    return this.torrents.swarm(magnet, caller);
  }

  @Handle(torrentRoutes.convert)
  async convert(
    @Input() { magnet }: InputOf<'convert'>,
    @CurrentCaller() caller: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const metainfo = await this.torrents.convert(magnet, caller, hangUp(reply));
    void reply.header('Content-Disposition', 'attachment; filename="download.torrent"');
    await reply.type('application/x-bittorrent').send(Buffer.from(metainfo));
  }

  @Handle(torrentRoutes.add)
  async add(@Req() request: FastifyRequest, @CurrentCaller() caller: Caller): Promise<Torrent> {
    await this.torrents.mustBeAllowed(caller.accountId);
    return this.torrents.add(await readDraft(torrentRoutes.add, request), caller);
  }

  @Handle(torrentRoutes.list)
  async list(@CurrentCaller() caller: Caller): Promise<{ items: Torrent[] }> {
    return { items: await this.torrents.list(caller) };
  }

  @Handle(torrentRoutes.info)
  info(@Input() { hash }: InputOf<'info'>, @CurrentCaller() caller: Caller): Promise<TorrentDetails> {
    return this.torrents.details(hash, caller);
  }

  @Handle(torrentRoutes.browserSwarm)
  async browserSwarm(
    @Input() { hash }: InputOf<'browserSwarm'>,
    @CurrentCaller() caller: Caller,
  ): Promise<{ swarm: BrowserSwarm | null }> {
    return { swarm: await this.swarms.of(hash, caller) };
  }

  @Handle(torrentRoutes.remove)
  remove(@Input() { hash, data }: InputOf<'remove'>, @CurrentCaller() caller: Caller): Promise<void> {
    return this.torrents.remove(hash, { data }, caller);
  }

  @Handle(torrentRoutes.pause)
  pause(@Input() { hash }: InputOf<'pause'>, @CurrentCaller() caller: Caller): Promise<Torrent> {
    return this.torrents.pause(hash, caller);
  }

  @Handle(torrentRoutes.resume)
  resume(@Input() { hash }: InputOf<'resume'>, @CurrentCaller() caller: Caller): Promise<Torrent> {
    return this.torrents.resume(hash, caller);
  }

  @Handle(torrentRoutes.change)
  change(@Input() { hash, ...change }: InputOf<'change'>, @CurrentCaller() caller: Caller): Promise<Torrent> {
    return this.torrents.change(hash, change, caller);
  }
}
