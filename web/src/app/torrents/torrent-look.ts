import type { Torrent, TorrentState } from '@hearth/contract/torrent';
import type { IconName } from '../ui/icon-names';

export type Tone = 'good' | 'wait' | 'bad' | 'accent' | 'plain';

/** How a state is drawn; its words are the messages’ of the same key. */
export interface TorrentLook {
  readonly icon: IconName;
  readonly tone: Tone;
  readonly word: Exclude<TorrentState, 'failed'> | 'failedState';
}

const looks: Readonly<Record<TorrentState, TorrentLook>> = {
  metadata: { icon: 'manage_search', tone: 'wait', word: 'metadata' },
  checking: { icon: 'sync', tone: 'wait', word: 'checking' },
  waiting: { icon: 'play_circle', tone: 'plain', word: 'waiting' },
  streaming: { icon: 'play_arrow-fill', tone: 'accent', word: 'streaming' },
  downloading: { icon: 'arrow_downward', tone: 'accent', word: 'downloading' },
  seeding: { icon: 'check_circle', tone: 'good', word: 'seeding' },
  paused: { icon: 'pause', tone: 'plain', word: 'paused' },
  stalled: { icon: 'timer', tone: 'wait', word: 'stalled' },
  failed: { icon: 'error', tone: 'bad', word: 'failedState' },
  held: { icon: 'vpn_lock', tone: 'wait', word: 'held' },
};

export function lookOf(state: TorrentState): TorrentLook {
  return looks[state];
}

export const torrentFilters = ['every', 'active', 'whole', 'trouble'] as const;
export type TorrentFilter = (typeof torrentFilters)[number];

const states: Readonly<Record<Exclude<TorrentFilter, 'every' | 'whole'>, readonly TorrentState[]>> = {
  active: ['metadata', 'checking', 'streaming', 'downloading'],
  trouble: ['stalled', 'failed', 'held'],
};

/** Those that `filter` and `text` (in the name, capitals or not) leave. */
export function filtered<T extends Pick<Torrent, 'name' | 'state' | 'progress' | 'guess'>>(
  torrents: readonly T[],
  filter: TorrentFilter,
  text: string,
): readonly T[] {
  const wanted = text.trim().toLocaleLowerCase();
  return torrents.filter(
    (one) =>
      (filter === 'every' ||
        (filter === 'whole' ? one.progress >= 100 : states[filter].includes(one.state))) &&
      `${one.name} ${one.guess.title}`.toLocaleLowerCase().includes(wanted),
  );
}

/** Whether it can be paused; else it can go on. */
export function pausable({ state }: Pick<Torrent, 'state'>): boolean {
  return state !== 'paused' && state !== 'failed';
}
