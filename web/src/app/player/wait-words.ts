import type { SessionStatus } from '@hearth/contract/playback';

/** What to say to someone who waits: a key of the player's messages, and its values. */
export interface WaitWords {
  readonly key:
    | 'waitQueue'
    | 'waitConverting'
    | 'waitStarting'
    | 'waitReading'
    | 'waitSeconds'
    | 'waitPiece'
    | (typeof torrentSteps)[keyof typeof torrentSteps];
  readonly values: Readonly<Record<string, number>>;
}

/** What a torrent’s viewers wait for before anything can be converted. */
const torrentSteps = {
  peers: 'waitPeers',
  metadata: 'waitMetadata',
  'head-piece': 'waitHeadPiece',
} as const;

/** The nearest reason why nothing plays yet; undefined where the server sees none. */
export function waitWords(
  status: Pick<SessionStatus, 'state' | 'progress' | 'etaSeconds' | 'renditions' | 'timeline'> | undefined,
): WaitWords | undefined {
  if (!status) return undefined;
  const positions = status.renditions.flatMap(({ state, queuePosition }) =>
    state === 'queued' && queuePosition !== null ? [queuePosition] : [],
  );
  if (positions.length > 0) return { key: 'waitQueue', values: { position: Math.max(...positions) } };
  const current = status.timeline.findLast(({ endMs }) => endMs === null)?.step;
  if (current === 'peers' || current === 'metadata' || current === 'head-piece')
    return { key: torrentSteps[current], values: {} };
  if (current === 'index') return { key: 'waitReading', values: {} };
  if (status.etaSeconds !== null && status.etaSeconds >= 2)
    return { key: 'waitSeconds', values: { count: Math.round(status.etaSeconds) } };
  if (status.state === 'converting' && status.progress !== null)
    return { key: 'waitConverting', values: { percent: Math.round(status.progress) } };
  if (current === 'encoder-start' || current === 'first-segment' || status.state === 'starting')
    return { key: 'waitStarting', values: {} };
  // After a seek: a piece is waited for, and is nearly there.
  if (status.state === 'converting' && status.etaSeconds !== null) return { key: 'waitPiece', values: {} };
  return undefined;
}
