/** What the engine's own parser says; besides the engine only tests ask it, whether it reads as we do. */
declare module 'parse-torrent' {
  interface ParsedFile {
    readonly length: number;
    readonly offset: number;
    readonly name: string;
    readonly path: string;
  }
  export default function parseTorrent(torrent: Uint8Array | string): Promise<{
    readonly infoHash: string;
    readonly name?: string;
    readonly private?: boolean;
    readonly announce: readonly string[];
    readonly urlList: readonly string[];
    readonly files?: readonly ParsedFile[];
    readonly pieces?: readonly string[];
    readonly pieceLength?: number;
    readonly length?: number;
    readonly info?: { readonly files?: readonly { readonly attr?: Uint8Array }[] };
  }>;
}
