import { Readable } from 'node:stream';
import type {
  ArtSize,
  Listing,
  ListRequest,
  MediaObject,
  MediaSource,
  MediaView,
  PlayWord,
  OpenedMedia,
  SendReport,
  SourceChange,
} from '../media-source.port.js';
import { matches } from '../protocol/criterion-match.js';
import type { Criterion } from '../protocol/search-criteria.js';

const valuesOf =
  (object: MediaObject) =>
  (property: string): readonly string[] => {
    if (property === '@id') return [object.id];
    if (property === '@parentID') return [object.parentId];
    if (property === 'dc:title') return [object.title];
    return property === 'upnp:class' ? [object.class] : [];
  };

/** A media source out of a test's hands, which remembers what it was told. */
export class MemorySource implements MediaSource {
  readonly objects = new Map<string, MediaObject>();
  readonly media = new Map<string, OpenedMedia>();
  readonly pictures = new Map<string, Uint8Array>();
  readonly texts = new Map<string, Uint8Array>();
  readonly bookmarks: (readonly [id: string, seconds: number])[] = [];
  readonly words: (readonly [id: string, word: PlayWord])[] = [];
  readonly reports: SendReport[] = [];
  readonly requests: ListRequest[] = [];
  /** Set: every method that may fails with it. */
  failure: Error | undefined;
  readonly #listeners = new Set<(change: SourceChange) => void>();
  #updateId = 1;

  readonly views: Readonly<Record<MediaView, string>> = {
    allVideo: 'v$all',
    allAudio: 'a$all',
    allImages: 'i$all',
    videoFolders: 'v$folders',
    musicArtists: 'a$artists',
    musicAlbums: 'a$albums',
    musicGenres: 'a$genres',
    playlists: 'p$all',
    imageFolders: 'i$folders',
  };

  add(...objects: readonly MediaObject[]): this {
    for (const object of objects) this.objects.set(object.id, object);
    return this;
  }

  change(...containerIds: readonly string[]): void {
    this.#updateId++;
    for (const listener of this.#listeners) listener({ containerIds });
  }

  async object(id: string): Promise<MediaObject | undefined> {
    return this.#or(this.objects.get(id));
  }

  async children(id: string, request: ListRequest): Promise<Listing | undefined> {
    this.requests.push(request);
    if (this.objects.get(id)?.type !== 'container') return this.#or(undefined);
    return this.#or(
      page(
        [...this.objects.values()].filter(({ parentId }) => parentId === id),
        request,
      ),
    );
  }

  async search(id: string, criterion: Criterion | null, request: ListRequest): Promise<Listing | undefined> {
    if (this.objects.get(id)?.type !== 'container') return this.#or(undefined);
    const found = [...this.objects.values()].filter(
      (object) => this.#isBelow(object, id) && matches(criterion, valuesOf(object)),
    );
    return this.#or(page(found, request));
  }

  updateId(): number {
    return this.#updateId;
  }

  onChange(listener: (change: SourceChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async open(resourceId: string): Promise<OpenedMedia | undefined> {
    return this.#or(this.media.get(resourceId));
  }

  async subtitle(resourceId: string, format: string): Promise<Uint8Array | undefined> {
    return this.#or(this.texts.get(`${resourceId}.${format}`));
  }

  async art(resourceId: string, size: ArtSize): Promise<Uint8Array | undefined> {
    return this.#or(this.pictures.get(`${resourceId}.${size}`));
  }

  async bookmark(objectId: string, seconds: number): Promise<void> {
    this.bookmarks.push([objectId, seconds]);
    await this.#or(undefined);
  }

  async left(objectId: string, word: PlayWord): Promise<void> {
    this.words.push([objectId, word]);
    await this.#or(undefined);
  }

  sent(report: SendReport): void {
    this.reports.push(report);
  }

  #isBelow(object: MediaObject, id: string): boolean {
    const parent = this.objects.get(object.parentId);
    return object.parentId === id || (parent !== undefined && this.#isBelow(parent, id));
  }

  #or<T>(value: T): Promise<T> {
    return this.failure ? Promise.reject(this.failure) : Promise.resolve(value);
  }
}

const page = (objects: readonly MediaObject[], { start, count }: ListRequest): Listing => ({
  objects: objects.slice(start, start + count),
  total: objects.length,
});

/** A file of so many bytes, each of them its place modulo 251. */
export function patternFile(
  size: number,
  more: Partial<Extract<OpenedMedia, { kind: 'bytes' }>> = {},
): OpenedMedia {
  return {
    kind: 'bytes',
    format: { container: 'matroska', video: { codec: 'h264' }, audio: { codec: 'aac', channels: 2 } },
    size,
    durationSeconds: 100,
    modified: new Date('2026-01-02T03:04:05Z'),
    read: (from, to) => Readable.from(patternChunks(from, to)),
    ...more,
  };
}

export const patternByte = (at: number): number => at % 251;

function* patternChunks(from: number, to: number): Generator<Buffer> {
  for (let at = from; at <= to; at += 65_536) {
    const chunk = Buffer.alloc(Math.min(65_536, to - at + 1));
    for (let index = 0; index < chunk.length; index++) chunk[index] = patternByte(at + index);
    yield chunk;
  }
}
