import type { FilePriority, TorrentFileInfo, TorrentSettings } from '@hearth/contract/torrent';
import type { EngineWishes } from '../engine/torrent-engine.js';
import type { Limits } from './schedule.js';

/** What of a torrent decides what the engine is asked to do with it. */
export interface Candidate {
  readonly infoHash: string;
  readonly paused: boolean;
  /** Somebody wants it as a whole. */
  readonly download: boolean;
  /** It is kept, or on its way there: fetched as a whole, and given on. */
  readonly kept: boolean;
  readonly complete: boolean;
  readonly addedAt: number;
  /** By file index, of those that are wanted; empty while nobody knows what is in it. */
  readonly wanted: ReadonlyMap<number, FilePriority>;
  readonly uploaded: number;
  readonly wantedBytes: number;
  readonly seededSeconds: number;
}

/** Why it does less than was wished for. */
export type Holding = 'queued' | 'schedule' | 'seeded';

export interface Plan {
  readonly wishes: EngineWishes;
  readonly holding: Holding | null;
}

const nothing: ReadonlyMap<number, FilePriority> = new Map();

/** Whether it has been given enough: the ratio or the time that was set is reached; 0 sets none. */
export function isSeeded(
  { uploaded, wantedBytes, seededSeconds }: Pick<Candidate, 'uploaded' | 'wantedBytes' | 'seededSeconds'>,
  { seedRatio, seedMinutes }: Pick<TorrentSettings, 'seedRatio' | 'seedMinutes'>,
): boolean {
  if (seedRatio === 0 && seedMinutes === 0) return true;
  const byRatio = seedRatio > 0 && uploaded >= seedRatio * Math.max(wantedBytes, 1);
  return byRatio || (seedMinutes > 0 && seededSeconds >= seedMinutes * 60);
}

/**
 * What each torrent is to do besides answering those who read: at most `maxActive` are fetched as a whole, the oldest
 * first, and what is complete is given on until it has been given enough. Pure.
 */
export function planWishes(
  candidates: readonly Candidate[],
  settings: Pick<TorrentSettings, 'maxActive' | 'seedRatio' | 'seedMinutes'>,
  limits: Pick<Limits, 'holdsDownloads' | 'holdsSeeding'>,
): Map<string, Plan> {
  const plans = new Map<string, Plan>();
  let active = 0;
  const inOrder = candidates.toSorted((a, b) => a.addedAt - b.addedAt || (a.infoHash < b.infoHash ? -1 : 1));
  for (const one of inOrder) {
    const isWhole = one.download || one.kept;
    const asks = isWhole && !one.paused && !one.complete;
    const plan = (holding: Holding | null, fetches: boolean, seed: boolean): void =>
      void plans.set(one.infoHash, {
        wishes: { paused: one.paused, priorities: fetches ? one.wanted : nothing, seed },
        holding,
      });
    if (asks && limits.holdsDownloads) plan('schedule', false, false);
    else if (asks && active >= settings.maxActive) plan('queued', false, false);
    else if (asks) {
      active++;
      plan(null, true, false);
    } else if (!isWhole || one.paused) plan(null, isWhole, false);
    // What is complete stays wished for: nothing of it may be thrown away.
    else if (isSeeded(one, settings)) plan('seeded', true, false);
    else if (limits.holdsSeeding) plan('schedule', true, false);
    else plan(null, true, true);
  }
  return plans;
}

/** What is fetched of a torrent that is wanted as a whole: all that can be played, and subtitles; or what was chosen (`*`: for all others); and what is kept. */
export function wantedFiles(
  files: readonly Pick<TorrentFileInfo, 'index' | 'playable' | 'kind'>[],
  chosen: Readonly<Record<string, FilePriority>>,
  kept: readonly number[] = [],
): Map<number, FilePriority> {
  const wanted = new Map<number, FilePriority>();
  for (const { index, playable, kind } of files) {
    const priority =
      chosen[String(index)] ?? chosen['*'] ?? (playable || kind === 'subtitle' ? 'normal' : 'skip');
    if (priority !== 'skip') wanted.set(index, priority);
    else if (kept.includes(index)) wanted.set(index, 'normal');
  }
  return wanted;
}
