import { readStored, store } from '../core/storage';
import type { NotedPosition } from './resume';

/** How loud and how large it is on this device. */
export interface Habits {
  /** 0–1 */
  readonly volume: number;
  readonly muted: boolean;
  /** Of the ordinary size of subtitles, in percent. */
  readonly subtitleSize: number;
}

const habitsKey = 'hearth.player';
const notedKey = 'hearth.player.position';
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** What was stored, faults replaced by what is usual: another version, or a person, may have written it. */
export function parseHabits(value: unknown): Habits {
  const { volume, muted, subtitleSize } = isRecord(value) ? value : {};
  return {
    volume: typeof volume === 'number' && volume >= 0 && volume <= 1 ? volume : 1,
    muted: muted === true,
    subtitleSize:
      typeof subtitleSize === 'number' && subtitleSize >= 50 && subtitleSize <= 250 ? subtitleSize : 100,
  };
}

/** The noted place, or undefined when there is none worth trusting. */
export function parseNoted(value: unknown): NotedPosition | undefined {
  if (!isRecord(value)) return undefined;
  const { target, position, at } = value;
  if (typeof target !== 'string' || typeof position !== 'number' || typeof at !== 'number') return undefined;
  return { target, position, at };
}

export function readHabits(): Habits {
  const stored = readStored<unknown>(habitsKey, { safeParse: (data) => ({ success: true, data }) });
  return parseHabits(stored);
}

export function keepHabits(change: Partial<Habits>): void {
  store(habitsKey, { ...readHabits(), ...change });
}

/** The last place this browser knows of, for reloads that overtake the server. */
export function readNoted(): NotedPosition | undefined {
  return parseNoted(readStored<unknown>(notedKey, { safeParse: (data) => ({ success: true, data }) }));
}

export function notePosition(target: string, position: number): void {
  store(notedKey, { target, position, at: Date.now() } satisfies NotedPosition);
}
