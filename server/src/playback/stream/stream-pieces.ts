import { Injectable } from '@nestjs/common';
import { notFound } from '../../common/problem-error.js';
import type { Ticket } from '../../common/ticket-signer.js';
import { StreamService } from './stream.service.js';

/** What is sent: its bytes and how it may be kept. */
export interface Piece {
  readonly type: string;
  readonly body: string | Uint8Array;
  readonly cache: string;
}

/** Segments are named by their content: the same address always gives the same bytes. */
const forGood = 'private, max-age=3600, immutable';
/** Playlists follow from the file, which may be replaced. */
const notKept = 'private, no-cache';

const hls = 'application/vnd.apple.mpegurl';
const playlist = (body: string): Piece => ({ type: hls, body, cache: notKept });

/** Which piece a name under a ticket stands for, and how it travels. */
@Injectable()
export class StreamPieces {
  constructor(private readonly streams: StreamService) {}

  async manifest(ticket: Ticket, kind: 'hls' | 'dash', signal: AbortSignal): Promise<Piece> {
    const body = await this.streams.manifest(ticket, kind, signal);
    return kind === 'hls' ? playlist(body) : { type: 'application/dash+xml', body, cache: notKept };
  }

  /** @param name `index.m3u8`, `init.mp4`, `<number>.m4s`, `subtitles.vtt` */
  async of(ticket: Ticket, rendition: string, name: string, signal: AbortSignal): Promise<Piece> {
    if (rendition.startsWith('s')) return this.subtitle(ticket, rendition, name, signal);
    const kind = rendition.startsWith('a') ? 'audio' : 'video';
    if (name === 'index.m3u8') return playlist(await this.streams.playlist(ticket, rendition, signal));
    if (name === 'init.mp4')
      return {
        type: `${kind}/mp4`,
        body: await this.streams.init(ticket, rendition, signal),
        cache: forGood,
      };
    const [, index] = /^(\d+)\.m4s$/.exec(name) ?? [];
    if (index === undefined) throw notFound('piece of this rendition');
    const body = await this.streams.segment(ticket, rendition, Number(index), signal);
    return { type: `${kind}/mp4`, body, cache: forGood };
  }

  private async subtitle(
    ticket: Ticket,
    rendition: string,
    name: string,
    signal: AbortSignal,
  ): Promise<Piece> {
    if (name === 'index.m3u8')
      return playlist(await this.streams.subtitlePlaylist(ticket, rendition, signal));
    if (name !== 'subtitles.vtt') throw notFound('piece of this subtitle');
    const body = await this.streams.subtitleText(ticket, rendition, signal);
    return { type: 'text/vtt; charset=utf-8', body, cache: 'private, max-age=3600' };
  }
}
