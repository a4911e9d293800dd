import { describe, expect, test } from '@jest/globals';
import { type ContractStage, contractFiles, torrentEngineContract } from '../torrent-engine.contract.js';
import { engineSettings, engineTorrent } from './engine-builders.js';
import { FakeEngine } from './fake-engine.js';

const infoHash = 'a'.repeat(40);
const pieceLength = 65_536;

function stage(): ContractStage {
  const engine = new FakeEngine();
  const metainfo = Buffer.from('what is in it');
  engine.provide({ infoHash, metainfo, pieceLength, files: contractFiles.map(({ bytes }) => bytes) });
  const size = contractFiles.reduce((sum, { bytes }) => sum + bytes.length, 0);
  let forgotten = 0;
  return {
    engine,
    swarm: {
      infoHash,
      metainfo,
      pieceLength,
      found: { trackers: [], peers: [] },
      given: () => {
        const counts = Array.from({ length: Math.ceil(size / pieceLength) }, () => 0);
        for (const piece of engine.fetched(infoHash).slice(forgotten))
          counts[piece] = (counts[piece] ?? 0) + 1;
        return Promise.resolve(counts);
      },
      forgetGiven: () => {
        forgotten = engine.fetched(infoHash).length;
        return Promise.resolve();
      },
      allow: (pieces) => {
        if (pieces === null) engine.supply(infoHash);
        else engine.withhold(infoHash, pieces);
        return Promise.resolve();
      },
    },
    kill: () => {
      engine.crash();
      setImmediate(() => engine.recover());
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  };
}

describe('a fake', () => {
  torrentEngineContract(() => Promise.resolve(stage()));
});

test('gives up when nothing comes for too long', async () => {
  const engine = new FakeEngine({ stallMs: 20 });
  await engine.start(engineSettings());
  await engine.add(engineTorrent({ infoHash }));
  engine.provide({ infoHash, metainfo: new Uint8Array(), pieceLength: 4, files: [Buffer.from('a film')] });
  engine.withhold(infoHash);
  const source = await engine.open(infoHash, 0);
  const reading = source.read(0, 5, new AbortController().signal)[Symbol.asyncIterator]();
  await expect(reading.next()).rejects.toMatchObject({ code: 'stalled' });
  expect(engine.facts(infoHash)?.readers).toEqual([]);
});
