import { expect, test } from '@jest/globals';
import { Logger, LogSink } from '../../common/log/logger.js';
import { engineSettings, engineTorrent } from '../engine/testing/engine-builders.js';
import { FakeEngine } from '../engine/testing/fake-engine.js';
import { TorrentDoor } from './torrent-door.service.js';

const infoHash = 'e'.repeat(40);
const logger = new Logger(new LogSink('error', () => undefined), 'test');

async function doored(): Promise<TorrentDoor> {
  const engine = new FakeEngine();
  await engine.start(engineSettings());
  await engine.add(engineTorrent({ infoHash }));
  engine.provide({ infoHash, metainfo: new Uint8Array(), pieceLength: 4, files: [Buffer.from('a film')] });
  return new TorrentDoor(engine, logger);
}

test('gives addresses that can be read, of one door', async () => {
  const door = await doored();
  const [first, second] = await Promise.all([door.address(infoHash, 0), door.address(infoHash, 0)]);
  expect(first).toMatch(new RegExp(`^http://127\\.0\\.0\\.1:\\d+/[0-9a-f]{32}/${infoHash}/0$`));
  expect(second).toBe(first);
  // Nothing is fetched for who only takes what is here.
  const present = await door.presentAddress(infoHash, 0);
  await expect(fetch(present).then((response) => response.text())).rejects.toThrow();
  expect(await (await fetch(first)).text()).toBe('a film');
  expect(await (await fetch(present)).text()).toBe('a film');
  await door.onApplicationShutdown();
  await expect(fetch(first)).rejects.toThrow();
  await expect(door.address(infoHash, 0)).rejects.toThrow('stopping');
});

test('one that was never asked for opens and closes nothing', async () => {
  await (await doored()).onApplicationShutdown();
});
