import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe } from '@jest/globals';
import { type Swarm, startSwarm } from '../../../../tests/support/swarm.js';
import { Logger, LogSink } from '../../common/log/logger.js';
import { ChildEngine } from './child-engine.js';
import {
  type ContractStage,
  contractFiles,
  type ContractSwarm,
  torrentEngineContract,
} from './torrent-engine.contract.js';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
/** From its source, as these tests are. */
const entry = {
  path: here('child/main.ts'),
  execArgv: ['--import', here('../../../../tests/support/typescript-hooks.mjs')],
};

function contractSwarm(swarm: Swarm): ContractSwarm {
  return {
    infoHash: swarm.infoHash,
    metainfo: swarm.metainfo,
    pieceLength: swarm.pieceLength,
    found: { trackers: [swarm.trackerUrl], peers: [swarm.seederAddress] },
    given: async () => (await swarm.served()).map((bytes, piece) => bytes / swarm.pieceSize(piece)),
    forgetGiven: () => swarm.forgetServed(),
    allow: (pieces) => (pieces === null ? swarm.allowAll() : swarm.allow(pieces * swarm.pieceLength)),
  };
}

async function stage(): Promise<ContractStage> {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'child-engine-'));
  const swarm = await startSwarm({
    files: contractFiles.map(({ name, bytes }) => ({ name, from: bytes })),
    name: 'A torrent',
    pieceLength: 65_536,
  });
  const logger = new Logger(new LogSink('error', (line) => void process.stderr.write(line)), 'torrent');
  const engine = new ChildEngine({ dataDirectory, logger, entry });
  return {
    engine,
    swarm: contractSwarm(swarm),
    kill: () => {
      if (engine.processId === null) throw new Error('There is no process to kill');
      process.kill(engine.processId, 'SIGKILL');
      return new Promise((resolve) => {
        const stop = engine.on((event) => {
          if (event.type !== 'engine' || event.state !== 'restarting') return;
          stop();
          resolve();
        });
      });
    },
    close: async () => {
      await swarm.close();
      await rm(dataDirectory, { recursive: true, force: true });
    },
  };
}

describe('WebTorrent in a process of its own', () => {
  torrentEngineContract(stage);
});
