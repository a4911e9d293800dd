import type { PlacedRecord } from '../store/file-record.js';
import type { TrackPlacement } from './place-track.js';

/** A track that is about to be written. */
export interface PlacedTrack {
  readonly id: string;
  readonly record: PlacedRecord;
  readonly placement: TrackPlacement;
}

export const tracksOf = (records: readonly PlacedRecord[]): PlacedTrack[] =>
  records.flatMap((record) =>
    record.placement.kind === 'track' && record.state === 'matched'
      ? [{ id: record.id, record, placement: record.placement }]
      : [],
  );
