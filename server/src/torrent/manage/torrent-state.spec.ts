import type { EngineFacts } from '../engine/torrent-engine.js';
import { type StateFacts, torrentState } from './torrent-state.js';

const now = 1_000_000;
const facts = (some: Partial<EngineFacts> = {}): EngineFacts => ({
  ...{ infoHash: 'a'.repeat(40), phase: 'running', error: null, stalledSince: null },
  ...{ peers: 3, seeders: 1, leechers: 2, downloadSpeed: 0, uploadSpeed: 0, downloaded: 0, uploaded: 0 },
  ...{ haveBytes: 0, wantedProgress: 0, fileHaveBytes: [], readers: [] },
  ...some,
});
const reader = { fileIndex: 0, position: 0, readyUntil: 0, windowEnd: 10 };
const usual: StateFacts = {
  ...{ engine: 'running', networkInterface: '', paused: false, known: true, whole: false, complete: false },
  ...{
    holding: null,
    note: null,
    facts: facts(),
    trackers: null,
    lonelySince: null,
    now,
    patienceMs: 30_000,
  },
};
const failed = { state: 'failed' as const };
const alone = facts({ peers: 0, seeders: 0 });
const watched = (some: Partial<EngineFacts> = {}): EngineFacts => facts({ readers: [reader], ...some });

test.each<[string, Partial<StateFacts>, string, RegExp | '']>([
  ['nobody needs it', {}, 'waiting', ''],
  ['the engine rests', { engine: 'idle', facts: undefined }, 'waiting', ''],
  ['switched off', { engine: 'off', facts: undefined, whole: true }, 'waiting', /switched off/],
  ['paused', { paused: true, facts: watched() }, 'paused', ''],
  ['paused while the interface is away', { paused: true, engine: 'held' }, 'paused', ''],
  [
    'the interface is away',
    { engine: 'held', networkInterface: 'wg0', facts: undefined },
    'held',
    /wg0 is away/,
  ],
  [
    'failed',
    { facts: facts({ phase: 'failed', error: 'The disk is full.' }) },
    'failed',
    /^The disk is full.$/,
  ],
  ['failed and paused', { paused: true, facts: facts({ phase: 'failed' }) }, 'failed', /failed/],
  ['the link is new', { known: false, facts: undefined, engine: 'starting' }, 'metadata', /Looking/],
  ['nobody yet', { known: false, facts: alone, lonelySince: now - 5000 }, 'metadata', /Looking/],
  [
    'nobody for long',
    { known: false, facts: alone, lonelySince: now - 30_000 },
    'stalled',
    /Nobody .* for 30 s/,
  ],
  [
    'no tracker answers',
    { known: false, facts: alone, lonelySince: now - 40_000, trackers: [failed, { state: 'blocked' }] },
    'stalled',
    /for 40 s: none of its trackers can be reached/,
  ],
  [
    'a tracker is still asked',
    { known: false, facts: alone, lonelySince: now - 40_000, trackers: [failed, { state: 'waiting' }] },
    'stalled',
    /being asked/,
  ],
  ['somebody is asked', { known: false, facts: facts() }, 'metadata', /Asking/],
  ['checked', { facts: facts({ phase: 'checking' }) }, 'checking', /checked/],
  ['checked while watched', { facts: watched({ phase: 'checking' }) }, 'checking', /checked/],
  ['watched', { facts: watched({ downloadSpeed: 5 }) }, 'streaming', ''],
  ['watched and downloaded', { whole: true, facts: watched() }, 'streaming', ''],
  [
    'watched, and nothing comes',
    { facts: watched({ stalledSince: now - 21_000 }) },
    'stalled',
    /for 21 s.*3 who/,
  ],
  [
    'watched, and nobody has it',
    { facts: watched({ stalledSince: now - 21_000, seeders: 0, peers: 1 }) },
    'stalled',
    /only one connected does not have/,
  ],
  [
    'watched, and nobody is there',
    { facts: watched({ peers: 0 }), lonelySince: now - 1000 },
    'streaming',
    /Nobody/,
  ],
  [
    'watched, and nobody is there for long',
    { facts: watched({ peers: 0, stalledSince: now - 20_000 }), lonelySince: now - 20_000 },
    'stalled',
    /Nobody who has it was found for 20 s/,
  ],
  ['downloaded', { whole: true }, 'downloading', ''],
  ['to be downloaded, before the engine says so', { whole: true, facts: undefined }, 'downloading', ''],
  [
    'downloaded, no peers yet',
    { whole: true, facts: alone, lonelySince: now - 1000 },
    'downloading',
    /Nobody/,
  ],
  ['downloaded, no peers', { whole: true, facts: alone, lonelySince: now - 60_000 }, 'stalled', /for 60 s/],
  ['its turn comes later', { whole: true, holding: 'queued' }, 'waiting', /others/],
  ['not at this hour', { whole: true, holding: 'schedule' }, 'waiting', /schedule/],
  ['complete', { whole: true, complete: true }, 'seeding', ''],
  ['complete, watched', { whole: true, complete: true, facts: watched() }, 'streaming', ''],
  ['given enough', { whole: true, complete: true, holding: 'seeded' }, 'waiting', /Complete/],
  [
    'complete, the engine rests',
    { whole: true, complete: true, engine: 'idle', facts: undefined },
    'waiting',
    '',
  ],
  ['the engine died', { whole: true, engine: 'restarting', facts: undefined }, 'waiting', /starting again/],
  ['too large for the quota', { note: 'Too large.' }, 'waiting', /Too large/],
  ['too large to keep, but watched', { note: 'Too large.', facts: watched() }, 'streaming', ''],
  ['refused', { note: 'It holds a trap.', paused: true, known: false }, 'paused', /trap/],
])('%s', (_, some, state, message) => {
  const found = torrentState({ ...usual, ...some });
  expect(found.state).toBe(state);
  if (message instanceof RegExp) expect(found.message).toMatch(message);
  else expect(found.message).toBe(message);
});
