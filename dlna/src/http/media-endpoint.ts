import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../clock.port.js';
import type { Guest } from '../guest.js';
import type { MediaSource, OpenedBytes, OpenedConversion, OpenedMedia } from '../media-source.port.js';
import { artProtocolInfo, protocolInfoOf, subtitleProtocolInfo } from '../protocol/protocol-info.js';
import { refuse } from './answer.js';
import { artSizeOf, isSubtitleFormat, natureOf } from './media-kind.js';
import {
  planMedia,
  type BytesPlan,
  type ConversionPlan,
  type Servable,
  type StreamPart,
} from './media-plan.js';
import { mediaRequestOf } from './media-request.js';
import type { Route } from './route.js';
import { bytesOf, type Closable, sendStream } from './send-stream.js';
import { keepAsking } from './standing-leave.js';
import { exactly } from './constant-stream.js';
import { ParkedRuns, SteadyRun } from './steady-run.js';
import { Transfer } from './transfer.js';

type ResourceRoute = Extract<Route, { kind: 'media' | 'art' | 'subtitle' }>;
type Opened = OpenedMedia | Uint8Array;

interface Found {
  readonly what: Servable;
  readonly opened: Opened;
}

/** Films, music, photos, pictures and subtitles: GET and HEAD. */
export class MediaEndpoint {
  readonly #source: MediaSource;
  readonly #clock: Clock;
  readonly #runs: ParkedRuns;

  constructor(source: MediaSource, clock: Clock) {
    this.#source = source;
    this.#clock = clock;
    this.#runs = new ParkedRuns(clock);
  }

  async handle(
    request: IncomingMessage,
    response: ServerResponse,
    route: ResourceRoute,
    guest: Guest,
  ): Promise<void> {
    const found = await this.#find(route, guest);
    if (!found) return refuse(response, 404, 'Not found');
    const { what, opened } = found;
    const plan = planMedia(mediaRequestOf(request), what, guest.profile);
    if (plan.kind === 'refuse') return refuse(response, plan.status, plan.why, plan.headers);
    if ('kind' in opened && opened.mayGoOn) keepAsking(response, opened.mayGoOn, this.#clock);
    if (plan.kind === 'bytes' && !('kind' in opened && opened.kind === 'conversion'))
      return this.#sendBytes(request, response, plan, opened, route.id, guest);
    if (plan.kind === 'conversion' && 'kind' in opened && opened.kind === 'conversion')
      return this.#sendConversion(request, response, plan, opened, route.id, guest);
    throw new Error(`A ${plan.kind} plan for something else`);
  }

  async #find(route: ResourceRoute, guest: Guest): Promise<Found | undefined> {
    if (route.kind === 'media') return this.#findMedia(route.id, guest);
    if (route.kind === 'art') {
      const size = artSizeOf(route.size, guest.profile.art);
      const opened = size && (await this.#source.art(route.id, size, guest));
      const { mime, fourthField } = artProtocolInfo(size ?? 'tn', guest.profile);
      return (
        opened && {
          opened,
          what: { nature: 'image', mime, features: fourthField, size: opened.byteLength },
        }
      );
    }
    if (!isSubtitleFormat(route.extension)) return undefined;
    const opened = await this.#source.subtitle(route.id, route.extension, guest);
    const { mime, fourthField } = subtitleProtocolInfo(route.extension);
    return (
      opened && { opened, what: { nature: 'text', mime, features: fourthField, size: opened.byteLength } }
    );
  }

  async #findMedia(id: string, guest: Guest): Promise<Found | undefined> {
    const opened = await this.#source.open(id, guest);
    if (!opened) return undefined;
    const { format, durationSeconds, captions } = opened;
    const kind = opened.kind === 'bytes' ? 'original' : 'converted';
    const { mime, fourthField } = protocolInfoOf(
      opened.offer ?? { kind, format, durationSeconds },
      guest.profile,
    );
    const { localAddress, localPort } = guest.facts;
    return {
      opened,
      what: {
        nature: natureOf(mime),
        mime,
        features: fourthField,
        durationSeconds,
        ...(opened.kind === 'bytes'
          ? { size: opened.size, modified: opened.modified }
          : { constantBitrate: opened.offer?.constantBitrate }),
        ...(captions && {
          captionUrl: `http://${localAddress}:${localPort}/subtitle/${captions.resourceId}.srt`,
        }),
      },
    };
  }

  async #sendBytes(
    request: IncomingMessage,
    response: ServerResponse,
    plan: BytesPlan,
    opened: OpenedBytes | Uint8Array,
    resourceId: string,
    guest: Guest,
  ): Promise<void> {
    const { from, to } = plan;
    response.writeHead(plan.status, { ...plan.headers, 'Content-Length': to - from + 1 });
    if (request.method === 'HEAD' || to < from) return void response.end();
    if (opened instanceof Uint8Array) return void response.end(opened.subarray(from, to + 1));
    const stream = opened.read(from, to);
    const transfer = new Transfer(
      { resourceId, unit: 'bytes', from, length: opened.size },
      ...([response, this.#source, guest, this.#clock] as const),
    );
    await this.#send(response, stream, bytesOf(stream), transfer);
  }

  async #sendConversion(
    request: IncomingMessage,
    response: ServerResponse,
    plan: ConversionPlan,
    opened: OpenedConversion,
    resourceId: string,
    guest: Guest,
  ): Promise<void> {
    const { fromSeconds, framing, part } = plan;
    // No Transfer-Encoding for those that choke on it: the end of the connection is the end of the film.
    if (framing === 'close') response.useChunkedEncodingByDefault = false;
    if (request.method === 'HEAD') {
      response.writeHead(plan.status, plan.headers);
      return void response.end();
    }
    // No encoder for somebody who has left.
    if (response.destroyed) return;
    const { source, chunks } = part
      ? await this.#part(opened, fromSeconds, part, `${guest.deviceId} ${guest.viewerId} ${resourceId}`)
      : await whole(opened, fromSeconds);
    response.writeHead(plan.status, plan.headers);
    const facts = { resourceId, unit: 'seconds', length: opened.durationSeconds ?? 0 } as const;
    const transfer = new Transfer(
      { ...facts, from: part?.seconds ?? fromSeconds },
      ...([response, this.#source, guest, this.#clock] as const),
    );
    await this.#send(response, source, chunks, transfer);
  }

  /** Out of a conversion that this device left there a moment ago, or a new one. @param key of the film on this device */
  async #part(
    opened: OpenedConversion,
    fromSeconds: number,
    { start, from, length }: StreamPart,
    key: string,
  ): Promise<{ source: Closable; chunks: AsyncIterable<Uint8Array> }> {
    const run = (await this.#runs.take(key, from)) ?? new SteadyRun(await opened.start(fromSeconds), start);
    this.#runs.read(key, run);
    let isParked = false;
    const destroy = (): void => {
      if (!isParked) this.#runs.park(key, run);
      isParked = true;
    };
    const source = { destroy, on: () => undefined };
    return { source, chunks: exactly(run.read(from), from, length) };
  }

  async #send(
    response: ServerResponse,
    source: Closable,
    chunks: AsyncIterable<Uint8Array>,
    transfer: Transfer,
  ): Promise<void> {
    // Gone while the host was looking: its close has been and will not come again.
    if (response.destroyed) {
      source.on('error', () => undefined);
      return void source.destroy();
    }
    transfer.begin();
    const closed = new Promise<void>((resolve) => response.once('close', () => resolve()));
    try {
      await sendStream(response, source, chunks, transfer.add);
      await closed;
    } finally {
      transfer.end();
    }
  }
}

async function whole(
  opened: OpenedConversion,
  fromSeconds: number,
): Promise<{ source: Closable; chunks: AsyncIterable<Uint8Array> }> {
  const source = await opened.start(fromSeconds);
  return { source, chunks: bytesOf(source) };
}
