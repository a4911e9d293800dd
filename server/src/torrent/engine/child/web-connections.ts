import type { Torrent } from 'webtorrent';
import WebConn from 'webtorrent/lib/webconn.js';
import type { Layout } from './layout.js';

/** Fetches part of a file from a web server. */
export type FetchRange = (
  url: string,
  start: number,
  end: number,
) => Promise<{ readonly bytes: Uint8Array; /** After redirects. */ readonly url: string }>;

/** Where a web seed has one file (BEP 19): names are data, so each part of them is encoded. */
export function webSeedUrl(base: string, path: string, isOnlyFile: boolean): string {
  if (isOnlyFile && !base.endsWith('/')) return base;
  const encoded = path
    .split(/[/\\]/)
    .map((part) => encodeURIComponent(part))
    .join('/');
  return `${base}${base.endsWith('/') ? '' : '/'}${encoded}`;
}

/**
 * A web server that has the files. WebTorrent's own asks for padding, which no server has (BEP 47), breaks names with
 * `#` and `?`, and follows the same redirect again for every piece; archives then never complete.
 */
export class WebConnection extends WebConn {
  /** Where a redirect led, for the next pieces. */
  private readonly targets = new Map<string, string>();

  constructor(
    private readonly base: string,
    private readonly of: { readonly torrent: Torrent; readonly layout: Layout },
    private readonly fetchRange: FetchRange,
  ) {
    super(base, of.torrent);
  }

  override async httpRequest(
    piece: number,
    offset: number,
    length: number,
    callback: (error: Error | null, bytes?: Uint8Array) => void,
  ): Promise<void> {
    try {
      const bytes = new Uint8Array(length);
      const parts = this.of.layout.partsOf(piece);
      await Promise.all(
        parts.map(async (part) => {
          const from = Math.max(offset, part.offset);
          const to = Math.min(offset + length, part.offset + part.length);
          if (to <= from || this.of.layout.files[part.file]?.padding) return;
          const position = part.position + from - part.offset;
          bytes.set(await this.fetchPart(part.file, position, to - from), from - offset);
        }),
      );
      callback(null, bytes);
    } catch (error) {
      callback(error instanceof Error ? error : new Error(String(error)));
    }
  }

  private async fetchPart(index: number, position: number, length: number): Promise<Uint8Array> {
    const { torrent, layout } = this.of;
    const original = webSeedUrl(this.base, torrent.files[index]?.path ?? '', layout.files.length === 1);
    const remembered = this.targets.get(original);
    try {
      const { bytes, url } = await this.fetchRange(remembered ?? original, position, position + length - 1);
      if (bytes.length !== length) throw new Error(`The web seed sent ${bytes.length} of ${length} bytes`);
      if (url !== original) this.targets.set(original, url);
      return bytes;
    } catch (error) {
      if (remembered === undefined) throw error;
      // Such targets are good for a while only.
      this.targets.delete(original);
      return this.fetchPart(index, position, length);
    }
  }
}
