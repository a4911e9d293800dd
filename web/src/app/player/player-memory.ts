import { z } from 'zod';
import { readStored, store } from '../core/storage';
import type { NotedPosition } from './resume';

const habits = z.object({
  volume: z.number().min(0).max(1).default(1),
  muted: z.boolean().default(false),
  /** Of the ordinary size of subtitles, in percent. */
  subtitleSize: z.number().min(50).max(250).default(100),
});
export type Habits = z.infer<typeof habits>;

const noted = z.object({ target: z.string(), position: z.number(), at: z.number() });
const habitsKey = 'hearth.player';
const notedKey = 'hearth.player.position';

/** How loud and how large it is on this device. */
export function readHabits(): Habits {
  return readStored(habitsKey, habits) ?? { volume: 1, muted: false, subtitleSize: 100 };
}

export function keepHabits(change: Partial<Habits>): void {
  store(habitsKey, { ...readHabits(), ...change });
}

/** The last place this browser knows of, for reloads that overtake the server. */
export function readNoted(): NotedPosition | undefined {
  return readStored(notedKey, noted);
}

export function notePosition(target: string, position: number): void {
  store(notedKey, { target, position, at: Date.now() } satisfies NotedPosition);
}
