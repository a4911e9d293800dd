import { Injectable } from '@nestjs/common';

/** A screen asked for bytes of something; `open` of the media source says so, for every resource, as often as it likes. */
export interface CastFetch {
  readonly resourceId: string;
  /** IPv4 of who asks. */
  readonly address: string;
  /** Of a conversion, once it has begun: where, since copied pictures begin at a key frame. */
  readonly startSeconds?: number;
}

/** Where the media source tells who fetches what: a renderer that fetches what it was sent does play it. */
@Injectable()
export class CastFetchesService {
  private readonly listeners = new Set<(fetch: CastFetch) => void>();

  noticed(fetch: CastFetch): void {
    for (const listener of this.listeners) listener(fetch);
  }

  /** @returns how to stop listening */
  listen(listener: (fetch: CastFetch) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}
