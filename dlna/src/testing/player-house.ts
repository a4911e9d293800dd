import { Player } from '../control/player.js';
import type { PlayerMedia } from '../control/player-state.js';
import { FakeRenderer, type Habits } from './fake-renderer.js';
import { HandClock } from './hand-clock.js';

export interface Item {
  readonly name: string;
  readonly seconds: number;
  readonly kind?: 'film' | 'music' | 'photo' | 'conversion';
  readonly broken?: boolean;
}

export const film: Item = { name: 'film', seconds: 600 };
export const sequel: Item = { name: 'sequel', seconds: 500 };
export const song: Item = { name: 'song', seconds: 100, kind: 'music' };
export const second: Item = { name: 'second', seconds: 90, kind: 'music' };
export const third: Item = { name: 'third', seconds: 80, kind: 'music' };

/** A player, its renderer, and what the host hears. */
export async function house(habits: Habits = {}) {
  const clock = new HandClock();
  const lengths = new Map<string, number>();
  const left: string[] = [];
  const media = (item: Item, from: number): Promise<PlayerMedia> => {
    if (item.broken) return Promise.reject(new Error('The file is gone'));
    const restarts = item.kind === 'conversion';
    const resourceId = `res-${item.name}${restarts && from > 0 ? `-${from}` : ''}`;
    const uri = `http://10.0.0.1:8097/media/${resourceId}.mp4`;
    lengths.set(uri, item.seconds - (restarts ? from : 0));
    return Promise.resolve({
      ...{ uri, resourceId, metadata: `<DIDL-Lite>${item.name}</DIDL-Lite>`, contentFeatures: '*' },
      ...{ durationSeconds: item.seconds, offsetSeconds: restarts ? from : 0, seekable: !restarts },
      ...{ still: item.kind === 'photo', gapless: item.kind === 'music' },
    });
  };
  const fetched = (uri: string): void => player.fetched(/res-[^.]+/.exec(uri)?.[0] ?? '');
  const make = (): FakeRenderer => new FakeRenderer(clock, habits, fetched, (uri) => lengths.get(uri) ?? 300);
  const device = make();
  const player: Player<Item> = new Player<Item>(
    device,
    {
      media,
      left: (item, seconds) => void left.push(`${item.name} ${Math.round(seconds)}`),
      changed: () => undefined,
    },
    clock,
  );
  await player.connect();
  /** Runs a command to its end, time passing as it needs. */
  const done = async (command: Promise<void>): Promise<void> => {
    let settled = false;
    const watched = command.finally(() => (settled = true));
    watched.catch(() => undefined);
    await clock.until(() => settled);
    await watched;
  };
  return { clock, device, player, left, done, make };
}
