import { mediaRoutes } from '@hearth/contract/media';
import { Controller, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Handle, Input } from '../../common/http/handle.js';
import { CurrentTicket } from '../../common/http/ticket.js';
import type { Ticket } from '../../common/ticket-signer.js';
import { StreamPieces } from './stream-pieces.js';
import { StreamSender } from './stream-sender.js';

/** Playlists and segments under a ticket. */
@Controller()
export class StreamController {
  constructor(
    private readonly pieces: StreamPieces,
    private readonly sender: StreamSender,
  ) {}

  @Handle(mediaRoutes.multivariant)
  multivariant(
    @CurrentTicket() ticket: Ticket,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.sender.send(request, reply, ticket, (signal) => this.pieces.manifest(ticket, 'hls', signal));
  }

  @Handle(mediaRoutes.dashManifest)
  manifest(
    @CurrentTicket() ticket: Ticket,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.sender.send(request, reply, ticket, (signal) => this.pieces.manifest(ticket, 'dash', signal));
  }

  @Handle(mediaRoutes.renditionPiece)
  piece(
    @Input() { rendition, piece }: { rendition: string; piece: string },
    @CurrentTicket() ticket: Ticket,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.sender.send(request, reply, ticket, (signal) =>
      this.pieces.of(ticket, rendition, piece, signal),
    );
  }
}
