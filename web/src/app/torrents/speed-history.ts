/** Speeds of one torrent over the last minute, oldest first, bytes a second. */
export interface Speeds {
  readonly down: readonly number[];
  readonly up: readonly number[];
}

/** How many values are kept: one a second. */
export const speedCapacity = 60;
const none: Speeds = { down: [], up: [] };

interface Measured {
  readonly infoHash: string;
  readonly downloadSpeed: number;
  readonly uploadSpeed: number;
}

/** `past` with the speeds of the moment at the end; torrents that are gone are forgotten. */
export function sampled(
  past: ReadonlyMap<string, Speeds>,
  now: readonly Measured[],
): ReadonlyMap<string, Speeds> {
  return new Map(
    now.map(({ infoHash, downloadSpeed, uploadSpeed }) => {
      const { down, up } = past.get(infoHash) ?? none;
      return [
        infoHash,
        {
          down: [...down.slice(1 - speedCapacity), downloadSpeed],
          up: [...up.slice(1 - speedCapacity), uploadSpeed],
        },
      ];
    }),
  );
}
