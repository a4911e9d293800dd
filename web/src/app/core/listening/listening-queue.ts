import type { AlbumCard, Track } from '@hearth/contract/music';

/** A track in the queue, with the album it is played from. */
export interface Entry {
  readonly track: Track;
  readonly album: Pick<AlbumCard, 'id' | 'name' | 'cover' | 'artist'>;
}

/** What is played, one after the other; immutable. */
export class ListeningQueue {
  constructor(
    readonly entries: readonly Entry[] = [],
    readonly index = 0,
  ) {}

  get current(): Entry | undefined {
    return this.entries[this.index];
  }

  get next(): Entry | undefined {
    return this.entries[this.index + 1];
  }

  get hasPrevious(): boolean {
    return this.index > 0;
  }

  at(index: number): ListeningQueue {
    return new ListeningQueue(
      this.entries,
      Math.min(Math.max(0, index), Math.max(0, this.entries.length - 1)),
    );
  }

  /** Behind what is there. */
  with(entries: readonly Entry[]): ListeningQueue {
    return new ListeningQueue([...this.entries, ...entries], this.index);
  }

  /** What plays stays where it is; taken out itself, the one behind it takes its place. */
  without(index: number): ListeningQueue {
    const entries = this.entries.toSpliced(index, 1);
    return new ListeningQueue(
      entries,
      index < this.index ? this.index - 1 : Math.min(this.index, Math.max(0, entries.length - 1)),
    );
  }

  /** The same tracks at fresh addresses: signed ones end. */
  renewed(tracks: readonly Track[]): ListeningQueue {
    const fresh = new Map(tracks.map((track) => [track.id, track]));
    return new ListeningQueue(
      this.entries.map((entry) => ({ ...entry, track: fresh.get(entry.track.id) ?? entry.track })),
      this.index,
    );
  }
}

/** How loud a track is played so that all are as loud as each other: ReplayGain, never above what the person set. */
export function leveled(volume: number, gain: number | null): number {
  return Math.min(1, volume * Math.min(1, 10 ** ((gain ?? 0) / 20)));
}
