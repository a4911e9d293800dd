/** Why something is no torrent that could be read. */
export type MalformedReason =
  | 'not-a-link'
  | 'v2-only'
  | 'not-bencoded'
  | 'not-canonical'
  | 'missing-field'
  | 'bad-field'
  | 'piece-count-mismatch';

/** Why a torrent that could be read is not taken. */
export type RefusedReason =
  | 'too-large'
  | 'too-deep'
  | 'too-many-parts'
  | 'too-many-files'
  | 'too-many-pieces'
  | 'piece-length'
  | 'path-traversal';

export type TorrentFault = MalformedReason | RefusedReason;

const REFUSED: ReadonlySet<TorrentFault> = new Set<RefusedReason>([
  'too-large', 'too-deep', 'too-many-parts', 'too-many-files', 'too-many-pieces', 'piece-length', 'path-traversal',
]); // prettier-ignore

/** A link or a `.torrent` that is not taken; the message is for people and repeats nothing of its content. */
export class TorrentInvalid extends Error {
  constructor(
    readonly reason: TorrentFault,
    message: string,
  ) {
    super(message);
    this.name = 'TorrentInvalid';
  }

  /** The problem (contract/src/problem.ts) that a caller is told. */
  get code(): 'TORRENT_INVALID' | 'TORRENT_REFUSED' {
    return REFUSED.has(this.reason) ? 'TORRENT_REFUSED' : 'TORRENT_INVALID';
  }
}
