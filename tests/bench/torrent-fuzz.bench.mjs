/**
 * Torrents and magnet links that are wrong somewhere, `--rounds` (5000) of each, from `--seed` on: each must be refused
 * with a reason or read as the engine's own parser reads it. The slowest one, the memory beside before, and how the
 * reasons are spread. Bombs of 8 MB besides, and half a million lines of a block list. Needs the built server.
 */
import { parseArgs } from 'node:util';
import parseTorrent from 'parse-torrent';
import { AddressSet, RangeCollector } from '../../server/dist/torrent/lists/address-set.js';
import { parseBlockList } from '../../server/dist/torrent/lists/parse-block-list.js';
import { cleanMetainfo } from '../../server/dist/torrent/metainfo/clean-metainfo.js';
import { describe } from '../../server/dist/torrent/metainfo/describe.js';
import { parseLink } from '../../server/dist/torrent/metainfo/parse-link.js';
import { parseMetainfo } from '../../server/dist/torrent/metainfo/parse-metainfo.js';
import {
  mutatedLink,
  mutatedTorrent,
  seededRandom,
} from '../../server/dist/torrent/metainfo/testing/mutations.js';
import { TorrentInvalid } from '../../server/dist/torrent/metainfo/torrent-invalid.js';
import { table, target } from './table.mjs';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '5000' }, seed: { type: 'string', default: '1' } },
});
const rounds = Number(values.rounds);
const random = seededRandom(Number(values.seed));
const faults = new Map();
const slowest = { torrent: 0, link: 0, bomb: 0 };
let disagreements = 0;

/** @returns what was read; null where it was refused with a reason. Anything else ends the bench. */
function read(kind, parse) {
  const began = performance.now();
  let reason = 'read';
  try {
    const torrent = parse();
    describe(torrent);
    return torrent;
  } catch (error) {
    if (!(error instanceof TorrentInvalid)) throw error;
    reason = error.reason;
    return null;
  } finally {
    slowest[kind] = Math.max(slowest[kind], performance.now() - began);
    faults.set(`${kind}: ${reason}`, (faults.get(`${kind}: ${reason}`) ?? 0) + 1);
  }
}

const memory = () => {
  globalThis.gc?.();
  return process.memoryUsage().rss / 1024 / 1024;
};

// The patterns of names are compiled when they are first used.
for (let warm = 0; warm < 300; warm++) read('torrent', () => parseMetainfo(mutatedTorrent(random)));
for (const key of Object.keys(slowest)) slowest[key] = 0;
const before = memory();
for (let round = 0; round < rounds; round++) {
  const bytes = mutatedTorrent(random);
  const metainfo = read('torrent', () => parseMetainfo(bytes));
  if (metainfo) {
    const clean = cleanMetainfo(metainfo, { trackers: [], webSeeds: [] });
    if ((await parseTorrent(clean)).infoHash !== metainfo.infoHash) disagreements++;
  }
  const link = mutatedLink(random);
  read('link', () => parseLink(link));
}
const eightMegabytes = 8 * 1024 * 1024;
for (const unit of ['l', 'd1:a', 'le', 'i1e', '0:', 'd0:', '1:a']) {
  const bomb = Buffer.alloc(eightMegabytes, unit);
  read('bomb', () => parseMetainfo(bomb));
  read('bomb', () =>
    parseMetainfo(Buffer.concat([Buffer.from('d4:infol'), bomb.subarray(0, eightMegabytes - 20)])),
  );
}
const grown = memory() - before;

const lines = Array.from({ length: 500_000 }, (_, index) => {
  const place = (index * 7919) % 500_000;
  const start = [1 + (place >> 15), (place >> 7) & 255, (place & 127) * 2, 0].join('.');
  return `organisation ${index}:${start}-${start}`;
}).join('\n');
const list = Buffer.from(lines);
const beganList = performance.now();
const ranges = new RangeCollector();
await parseBlockList(list, ranges);
const set = await AddressSet.of(ranges);
const listMs = performance.now() - beganList;
const beganLookups = performance.now();
for (let lookup = 0; lookup < 100_000; lookup++) set.has('1.200.100.0');
const lookupUs = (performance.now() - beganLookups) / 100;

table(
  ['reason', 'times'],
  [...faults].sort(([a], [b]) => a.localeCompare(b)),
);
target(`${disagreements} infohashes that the engine reads otherwise, target 0`, disagreements === 0);
target(`slowest torrent ${slowest.torrent.toFixed(1)} ms, target ≤ 100`, slowest.torrent <= 100);
target(`slowest link ${slowest.link.toFixed(1)} ms, target ≤ 100`, slowest.link <= 100);
target(`slowest bomb of 8 MB ${slowest.bomb.toFixed(1)} ms, target ≤ 250`, slowest.bomb <= 250);
target(`memory ${grown.toFixed(0)} MiB above before, target ≤ 150`, grown <= 150);
target(`block list of 500 000 lines ${listMs.toFixed(0)} ms, target ≤ 1500`, listMs <= 1500);
target(`one lookup in it ${lookupUs.toFixed(2)} µs, target ≤ 5`, lookupUs <= 5);
