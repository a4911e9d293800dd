import type { PlayMethod, SessionStatus } from '@hearth/contract/playback';
import type { RenditionActivity, WaitStep } from '@hearth/contract/session-activity';
import { ordinal } from './session-words.js';

/** What a session's state follows from. */
export interface SessionFacts {
  readonly method: PlayMethod;
  readonly ended: boolean;
  readonly error: string | null;
  readonly paused: boolean;
  /** Something was sent already. */
  readonly playing: boolean;
  /** ms that the longest wait lasts; null while nobody waits. */
  readonly waitingMs: number | null;
  /** ms since something was waited for the first time; a start may take several requests. */
  readonly startingMs: number;
  /** The step of the start that lasts. */
  readonly step: WaitStep['step'] | null;
  readonly renditions: readonly RenditionActivity[];
}

export type SessionState = Pick<SessionStatus, 'state' | 'progress' | 'etaSeconds' | 'message'>;

/** Share of a start that is behind a viewer when a step begins, %. */
const begun: Partial<Record<WaitStep['step'], number>> = {
  metadata: 2,
  decision: 5,
  peers: 7,
  'head-piece': 10,
  index: 15,
  queue: 25,
  'encoder-start': 40,
  'first-segment': 60,
};

/** Seconds a segment takes where nothing else is known. */
const usualSeconds = 1.5;

const queuedAt = ({ renditions }: SessionFacts): number | null =>
  renditions.reduce<number | null>(
    (last, { queuePosition }) => (queuePosition === null ? last : Math.max(last ?? 0, queuePosition)),
    null,
  );

function stateOf(facts: SessionFacts): SessionStatus['state'] {
  if (facts.ended) return 'ended';
  if (facts.error !== null) return 'error';
  if (!facts.playing) return facts.method === 'direct' ? 'ready' : 'starting';
  if (facts.paused && facts.waitingMs === null) return 'paused';
  const busy = facts.renditions.some(({ state }) => state === 'running' || state === 'queued');
  return busy || facts.waitingMs !== null ? 'converting' : 'ready';
}

function progressOf({ playing, method, step, startingMs }: SessionFacts): number | null {
  if (playing || method === 'direct') return null;
  const floor = begun[step ?? 'decision'] ?? 0;
  // Nears the end without reaching it, however long it takes.
  const along = 1 - Math.exp(-startingMs / 1000 / (2 * usualSeconds));
  return Math.round(floor + (99 - floor) * along);
}

function etaOf(facts: SessionFacts): number | null {
  const { waitingMs } = facts;
  if (waitingMs === null) return null;
  const queue = queuedAt(facts);
  const waited = waitingMs / 1000;
  // Each one in front takes turns; half a minute is what a head may hold its place for.
  if (queue !== null) return queue * 30;
  const speed = facts.renditions.find(({ state }) => state === 'running')?.speed;
  const needed = speed ? 2 / speed + 0.5 : usualSeconds;
  // What has taken longer than expected takes a good part of that again.
  return Math.round(Math.max(0.5, needed - waited, waited * 0.3) * 10) / 10;
}

function messageOf(facts: SessionFacts, state: SessionStatus['state']): string {
  if (state === 'ended') return 'Ended.';
  if (state === 'error') return facts.error ?? '';
  const queue = queuedAt(facts);
  if (queue !== null) return `Waiting for another conversion to finish; you are ${ordinal(queue)}.`;
  if (state === 'starting') return startMessages[facts.step ?? 'decision'] ?? 'Getting ready.';
  if (state === 'paused') return 'Paused.';
  const running = facts.renditions.find((one) => one.state === 'running' && one.speed !== null);
  if (state === 'converting' && running?.speed)
    return `Converting at ${running.speed.toFixed(1)} times the speed of playing.`;
  if (state === 'converting') return 'Converting.';
  return facts.method === 'direct' ? 'Playing as it is.' : 'Playing.';
}

const startMessages: Partial<Record<WaitStep['step'], string>> = {
  decision: 'Getting ready.',
  index: 'Looking where the film can be cut.',
  queue: 'Waiting for another conversion to finish.',
  'encoder-start': 'Starting the conversion.',
  'first-segment': 'Making the first picture.',
};

/** How a session is doing, in a word, in numbers and in a sentence. Pure. */
export function sessionState(facts: SessionFacts): SessionState {
  const state = stateOf(facts);
  const over = state === 'ended' || state === 'error';
  return {
    state,
    progress: over ? null : progressOf(facts),
    etaSeconds: over ? null : etaOf(facts),
    message: messageOf(facts, state),
  };
}
