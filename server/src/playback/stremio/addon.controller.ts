import { addonRoutes } from '@hearth/contract/addon';
import type { RouteInput } from '@hearth/contract/route';
import type { TitleType } from '@hearth/contract/title';
import { Controller, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Caller, CurrentCaller } from '../../common/http/caller.js';
import { Handle, Input } from '../../common/http/handle.js';
import { CurrentTicket } from '../../common/http/ticket.js';
import type { Ticket } from '../../common/ticket-signer.js';
import { version } from '../../config/version.js';
import { AddonCatalogs } from './addon-catalogs.service.js';
import { manifest, preview } from './addon-meta.js';
import { AddonTickets } from './addon-tickets.service.js';
import { type AddonGuest, AddonService } from './addon.service.js';

type Question = Pick<RouteInput<typeof addonRoutes.ask>, 'resource' | 'type' | 'id'>;

/** The home library as an add-on: apps that know nothing of Hearth ask, so that every answer is for any origin. */
@Controller()
export class AddonController {
  constructor(
    private readonly tickets: AddonTickets,
    private readonly catalogs: AddonCatalogs,
    private readonly addon: AddonService,
  ) {}

  @Handle(addonRoutes.address)
  async address(@CurrentCaller() { accountId }: Caller, @Req() request: FastifyRequest) {
    const url = `${origin(request)}/api/stremio/${await this.tickets.of(accountId)}/manifest.json`;
    return { url, appUrl: url.replace(/^https?:/, 'stremio:') };
  }

  @Handle(addonRoutes.manifest)
  async manifest(@CurrentTicket() ticket: Ticket, @Res({ passthrough: true }) reply: FastifyReply) {
    await this.admit(ticket, reply);
    const genres = (type: TitleType) => this.catalogs.genres(type, ticket.accountId);
    return manifest(version, { movie: await genres('movie'), series: await genres('series') });
  }

  @Handle(addonRoutes.ask)
  async ask(
    @Input() question: RouteInput<typeof addonRoutes.ask>,
    @CurrentTicket() ticket: Ticket,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Record<string, unknown>> {
    await this.admit(ticket, reply);
    return this.answer(question, new URLSearchParams(), guest(ticket, request));
  }

  @Handle(addonRoutes.askMore)
  async askMore(
    @Input() question: RouteInput<typeof addonRoutes.askMore>,
    @CurrentTicket() ticket: Ticket,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Record<string, unknown>> {
    await this.admit(ticket, reply);
    // As it was sent: the path's own decoding would turn a `%26` within a value into one that parts values.
    const raw = request.url.split('?')[0]?.split('/').at(-1) ?? '';
    return this.answer(question, new URLSearchParams(raw.replace(/\.json$/, '')), guest(ticket, request));
  }

  private async admit(ticket: Ticket, reply: FastifyReply): Promise<void> {
    reply.header('Access-Control-Allow-Origin', '*');
    await this.tickets.check(ticket);
  }

  private async answer({ resource, type, id }: Question, extra: URLSearchParams, to: AddonGuest) {
    if (resource === 'meta') return this.addon.meta(type, id, to);
    if (resource === 'stream') return this.addon.streams(type, id, to);
    const skip = Math.max(0, Math.trunc(Number(extra.get('skip') ?? 0)) || 0);
    const filter = {
      search: extra.get('search')?.slice(0, 200) ?? '',
      genre: extra.get('genre') ?? '',
      skip,
    };
    const titles = await this.catalogs.page(type, filter, to.accountId);
    return { metas: titles.map((title) => preview(title, to.absolute)) };
  }
}

/** Where the app reached this server. */
const origin = ({ protocol, host }: FastifyRequest): string => `${protocol}://${host}`;

const guest = ({ accountId }: Ticket, request: FastifyRequest): AddonGuest => ({
  accountId,
  absolute: (address) => origin(request) + address,
});
