/** Names one cached piece: the content, what was made of it, and `init` or the segment's number. */
export interface SegmentKey {
  readonly contentKey: string;
  readonly renditionId: string;
  readonly piece: 'init' | number;
}

/** Keeps what encoders made. Bounded by bytes: what nobody asked for longest goes first. */
export interface SegmentStore {
  /** The bytes, or undefined where they were never made or have gone. */
  get(key: SegmentKey): Promise<Uint8Array | undefined>;
  /** Whole or not at all. @throws SegmentStoreFull when nothing can be freed */
  put(key: SegmentKey, bytes: Uint8Array): Promise<void>;
  has(key: SegmentKey): Promise<boolean>;
  /** Forgets everything of one content, as when its file was replaced. */
  forget(contentKey: string): Promise<void>;
}

/** The disk keeps nothing more even after everything else was thrown out. */
export class SegmentStoreFull extends Error {
  override readonly name = 'SegmentStoreFull';
}
