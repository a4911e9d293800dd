import type { TorrentDetails } from '@hearth/contract/torrent';

/** A key of the page’s messages, and its values. */
interface Say {
  readonly key:
    | 'stepTrackersNone' | 'stepTrackersSome' | 'stepTrackersWithout' | 'stepPeersNone' | 'stepPeersSome'
    | 'stepPeersSeeders' | 'stepContentsNo' | 'stepContentsYes' | 'stepDataYes' | 'stepDataNo'
    | 'stepDataIdle' | 'stepDataWhole' | 'stepReadyAhead' | 'stepReadyNone' | 'stepReadyNobody'; // prettier-ignore
  readonly values: Readonly<Record<string, number>>;
}

/** One step on the way from a link to a picture. */
export interface WaitingStep {
  readonly name: 'stepTrackers' | 'stepPeers' | 'stepContents' | 'stepData' | 'stepReady';
  readonly state: 'done' | 'current' | 'later';
  readonly say: Say;
}

type Facts = Readonly<
  Pick<TorrentDetails, 'peers' | 'seeders' | 'downloadSpeed' | 'progress' | 'download' | 'kept'>
> & {
  readonly trackers: readonly TorrentDetails['trackers'][number][];
  readonly files: readonly unknown[];
  readonly readers: readonly TorrentDetails['readers'][number][];
};

const say = (key: Say['key'], values: Say['values'] = {}): Say => ({ key, values });

/** Where a torrent is on its way; the first step that is not done is the one that is waited for. */
export function waitingSteps(torrent: Facts): WaitingStep[] {
  const steps = [trackers(torrent), peers(torrent), contents(torrent), data(torrent), ready(torrent)];
  // Whatever was reached without it was not needed: peers come by other ways than trackers.
  const reached = steps.findLastIndex(({ done }) => done);
  const current = steps.findIndex(({ done }, index) => !done && index > reached);
  return steps.map(({ name, done, say }, index) => ({
    name,
    say,
    state: done || index < reached ? 'done' : index === current ? 'current' : 'later',
  }));
}

function trackers({ trackers }: Facts) {
  const count = trackers.filter(({ state }) => state === 'working').length;
  const whole = trackers.length;
  const words =
    whole === 0
      ? say('stepTrackersWithout')
      : count === 0
        ? say('stepTrackersNone')
        : say('stepTrackersSome', { count, whole });
  return { name: 'stepTrackers' as const, done: count > 0, say: words };
}

function peers({ peers: count, seeders }: Facts) {
  const words =
    count === 0
      ? say('stepPeersNone')
      : seeders === null
        ? say('stepPeersSome', { count })
        : say('stepPeersSeeders', { count, seeders });
  return { name: 'stepPeers' as const, done: count > 0, say: words };
}

function contents({ files }: Facts) {
  const count = files.length;
  return {
    name: 'stepContents' as const,
    done: count > 0,
    say: count > 0 ? say('stepContentsYes', { count }) : say('stepContentsNo'),
  };
}

function data({ downloadSpeed, progress, readers, download, kept, files }: Facts) {
  const name = 'stepData' as const;
  if (files.length > 0 && progress >= 100) return { name, done: true, say: say('stepDataWhole') };
  if (downloadSpeed > 0) return { name, done: true, say: say('stepDataYes', { speed: downloadSpeed }) };
  const wanted = readers.length > 0 || download || kept === 'pending';
  return { name, done: false, say: say(wanted ? 'stepDataNo' : 'stepDataIdle') };
}

function ready({ readers }: Facts) {
  const name = 'stepReady' as const;
  if (readers.length === 0) return { name, done: false, say: say('stepReadyNobody') };
  const size = Math.min(...readers.map(({ position, readyUntil }) => Math.max(0, readyUntil - position)));
  return size > 0
    ? { name, done: true, say: say('stepReadyAhead', { size }) }
    : { name, done: false, say: say('stepReadyNone') };
}
