/** @param share of the file's bytes, 0–1 @returns seconds */
export type ByteTimeline = (share: number) => number;

interface Groups {
  readonly keyframes: readonly number[];
  /** Bytes from each key frame to the next, of the picture alone or of all. */
  readonly bytes?: readonly number[];
}

/**
 * From the places of the key frames; between two of them, and for what is not counted by them (sound), bytes are taken
 * to lie evenly. @returns null where too little is known
 */
export function timelineOf(
  { keyframes, bytes }: Groups,
  size: number,
  durationSeconds: number,
): ByteTimeline | null {
  const counted = bytes?.slice(0, keyframes.length).reduce((sum, each) => sum + each, 0) ?? 0;
  if (!bytes || keyframes.length < 2 || counted <= 0 || size <= 0) return null;
  const weight = Math.min(1, counted / size);
  let before = 0;
  const places = keyframes.map((seconds, at) => {
    const share = weight * (before / counted) + (1 - weight) * (seconds / durationSeconds);
    before += bytes[at] ?? 0;
    return { seconds, share };
  });
  places.push({ seconds: durationSeconds, share: 1 });
  return (share) => interpolate(places, Math.min(1, Math.max(0, share)));
}

function interpolate(places: readonly { seconds: number; share: number }[], share: number): number {
  let [low, high] = [0, places.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((places[middle]?.share ?? 0) <= share) low = middle;
    else high = middle;
  }
  const [from, to] = [places[low], places[high]];
  if (!from || !to) return 0;
  const part = to.share > from.share ? (share - from.share) / (to.share - from.share) : 0;
  return from.seconds + Math.min(1, Math.max(0, part)) * (to.seconds - from.seconds);
}
