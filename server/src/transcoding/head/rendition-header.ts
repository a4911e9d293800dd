import { writeInit } from '../cmaf/init-segment.js';
import { readInit } from '../cmaf/init-segment.js';
import type { Track } from '../cmaf/track.js';
import type { MediaInput } from '../media-input.js';
import type { Rendition } from '../rendition.js';
import type { SegmentTable } from '../timeline/segment-table.js';
import type { VideoEncoder } from './encoder.js';
import type { HeadTools } from './head-tools.js';
import { encodedTrack, headerArguments } from './header-source.js';
import { parameterSets } from './parameter-sets.js';

/** Headers of encodes by the arguments that made them: one ffmpeg a size and encoder, not one a film. */
const encoded = new Map<string, Promise<Track>>();
const mostKept = 200;

/** The init segment of a rendition: made once, the same for all heads. */
export class RenditionHeader {
  private track: Promise<Track> | undefined;
  private readonly copied = Promise.withResolvers<Track>();

  constructor(
    private readonly input: MediaInput,
    private readonly rendition: Rendition,
    private readonly table: SegmentTable,
    private readonly tools: HeadTools,
    private readonly encoder: () => VideoEncoder,
  ) {}

  /** @param head what a head that has begun will say; for a copy, where only a head can know, begins one */
  async init(head: () => Promise<Track> | undefined): Promise<Uint8Array> {
    const { store } = this.tools;
    const key = { contentKey: this.input.contentKey, renditionId: this.rendition.id, piece: 'init' as const };
    const stored = await store.get(key);
    if (stored) return stored;
    const bytes = writeInit(await this.known(head()));
    await store.put(key, bytes);
    return bytes;
  }

  /**
   * A head's own header. @returns parameter sets its key frames must carry, because the rendition's header has others:
   * another encoder took over, and players keep the header they have
   */
  async accept(track: Track): Promise<Buffer> {
    this.copied.resolve(track);
    const own = parameterSets(track);
    if (own.length === 0 || this.rendition.action === 'copy') return Buffer.alloc(0);
    const announced = parameterSets(await this.announced(track));
    return own.equals(announced) ? Buffer.alloc(0) : own;
  }

  private async announced(track: Track): Promise<Track> {
    const key = { contentKey: this.input.contentKey, renditionId: this.rendition.id, piece: 'init' as const };
    const stored = await this.tools.store.get(key);
    // Nobody asked for a header yet: this one will be it.
    if (!stored && !this.track) this.track = Promise.resolve(track);
    return stored ? readInit(stored).track : this.known();
  }

  private known(coming?: Promise<Track>): Promise<Track> {
    this.track ??= this.read(coming).catch((error: unknown) => {
      this.track = undefined;
      throw error;
    });
    return this.track;
  }

  /** A head that has begun says it for nothing: an encoder more would take the processor from the first picture. */
  private read(coming: Promise<Track> | undefined): Promise<Track> {
    const { rendition } = this;
    if (rendition.action === 'copy') return this.copied.promise;
    return coming?.catch(() => this.encodedTrack(rendition)) ?? this.encodedTrack(rendition);
  }

  private async encodedTrack(rendition: Extract<Rendition, { action: 'encode' }>): Promise<Track> {
    const make = (encoder: VideoEncoder): Promise<Track> => {
      const args = headerArguments(rendition, this.table, encoder);
      const key = [this.tools.ffmpeg, ...args].join('\n');
      const known = encoded.get(key);
      if (known) return known;
      const made = encodedTrack(this.tools.ffmpeg, args);
      encoded.set(key, made);
      for (const oldest of encoded.keys()) if (encoded.size > mostKept) encoded.delete(oldest);
      made.catch(() => encoded.delete(key));
      return made;
    };
    const encoder = this.encoder();
    // Where hardware cannot even do this, the head will find out and go on in software.
    return encoder.hardware ? make(encoder).catch(() => make(this.tools.software)) : make(encoder);
  }
}
