import type { TorrentState, TorrentTracker } from '@hearth/contract/torrent';
import type { EngineFacts, EngineHealth } from '../engine/torrent-engine.js';
import type { Holding } from './wish-plan.js';

/** How the way out is: `idle`: nothing asked for the engine. */
export type EngineStanding = EngineHealth['state'] | 'idle' | 'held' | 'off';

export interface StateFacts {
  readonly engine: EngineStanding;
  /** The interface that everything must go through; empty: any. */
  readonly networkInterface: string;
  readonly paused: boolean;
  /** What is in it is known. */
  readonly known: boolean;
  /** Wanted as a whole. */
  readonly whole: boolean;
  readonly complete: boolean;
  readonly holding: Holding | null;
  /** What its people should read in any case. */
  readonly note: string | null;
  readonly facts: EngineFacts | undefined;
  /** As far as they were asked lately; null: not known. */
  readonly trackers: readonly Pick<TorrentTracker, 'state'>[] | null;
  /** Since when nobody is connected; null while somebody is. Milliseconds since the epoch, as `now`. */
  readonly lonelySince: number | null;
  readonly now: number;
  /** How long somebody may be looked for, ms. */
  readonly patienceMs: number;
}

export interface StateOf {
  readonly state: TorrentState;
  readonly message: string;
}

const seconds = (ms: number): string => `${Math.max(1, Math.round(ms / 1000))} s`;

/** Why nobody is there to fetch from. */
function whyLonely({ trackers, lonelySince, now }: StateFacts): string {
  const since = lonelySince === null ? '' : ` for ${seconds(now - lonelySince)}`;
  if (
    trackers &&
    trackers.length > 0 &&
    trackers.every(({ state }) => state === 'failed' || state === 'blocked')
  )
    return `Nobody is there${since}: none of its trackers can be reached.`;
  if (trackers?.some(({ state }) => state === 'waiting')) return 'Its trackers are being asked who has it.';
  return `Nobody who has it was found${since}.`;
}

/** Peers, but nothing from them. */
function whyDry({ facts, now }: StateFacts, since: number): string {
  const { seeders, peers } = facts ?? { seeders: null, peers: 0 };
  const waiting = `Nothing has come for ${seconds(now - since)}`;
  const who = peers === 1 ? 'The only one connected does' : `The ${peers} who are connected do`;
  return seeders === 0
    ? `${waiting}. ${who} not have what is missing.`
    : `${waiting}. ${who} not send anything.`;
}

/** States that do not depend on what the swarm does. */
function settled({ engine, paused, facts, networkInterface, note }: StateFacts): StateOf | undefined {
  if (facts?.phase === 'failed') return { state: 'failed', message: facts.error ?? 'It failed.' };
  if (paused) return { state: 'paused', message: note ?? '' };
  if (engine === 'held') {
    const message = `The network interface ${networkInterface} is away: nothing is exchanged until it is back.`;
    return { state: 'held', message };
  }
  if (engine === 'off') return { state: 'waiting', message: 'Torrents are switched off.' };
  return undefined;
}

function whileMetadata(input: StateFacts): StateOf {
  const { facts, lonelySince, now, patienceMs } = input;
  if ((facts?.peers ?? 0) > 0) return { state: 'metadata', message: 'Asking others what is in it.' };
  const isLong = lonelySince !== null && now - lonelySince >= patienceMs;
  return isLong
    ? { state: 'stalled', message: whyLonely(input) }
    : { state: 'metadata', message: 'Looking for somebody who knows what is in it.' };
}

/** It wants pieces: for those who watch, or for itself. */
function whileFetching(input: StateFacts, state: 'streaming' | 'downloading'): StateOf {
  const { facts, lonelySince, now, patienceMs } = input;
  if (!facts) return { state, message: '' };
  if (facts.peers === 0 && lonelySince !== null && facts.downloadSpeed === 0) {
    const isLong = now - lonelySince >= patienceMs || facts.stalledSince !== null;
    return { state: isLong ? 'stalled' : state, message: whyLonely(input) };
  }
  if (facts.stalledSince !== null) return { state: 'stalled', message: whyDry(input, facts.stalledSince) };
  return { state, message: '' };
}

function whileIdle({ whole, complete, holding, engine, facts, note }: StateFacts): StateOf {
  if (note !== null) return { state: 'waiting', message: note };
  if (whole && complete && holding === null && facts) return { state: 'seeding', message: '' };
  if (holding === 'seeded')
    return { state: 'waiting', message: 'Complete; it has been given to others as wished.' };
  if (holding === 'queued') return { state: 'waiting', message: 'It waits for others to be complete.' };
  if (holding === 'schedule') return { state: 'waiting', message: 'The schedule pauses it now.' };
  if (whole && engine === 'restarting') return { state: 'waiting', message: 'The engine is starting again.' };
  return { state: 'waiting', message: '' };
}

/** What people are shown of a torrent, and why it waits. Pure. */
export function torrentState(input: StateFacts): StateOf {
  const { facts, known, whole, complete, holding, engine } = input;
  const fixed = settled(input);
  if (fixed) return fixed;
  if (engine === 'restarting' && !facts)
    return { state: 'waiting', message: 'The engine is starting again.' };
  if (!known) return whileMetadata(input);
  if (facts?.phase === 'checking')
    return { state: 'checking', message: 'What is on the disk is being checked.' };
  if (facts && facts.readers.length > 0) return whileFetching(input, 'streaming');
  if (whole && !complete && holding === null) return whileFetching(input, 'downloading');
  return whileIdle(input);
}
