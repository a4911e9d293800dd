import { expect, test } from '@jest/globals';
import type { z } from 'zod';
import type { SentCommand } from './messages.js';
import { Roster } from './roster.js';
import { engineTorrent, noWishes } from './testing/engine-builders.js';
import { EngineError, type EngineHealth } from './torrent-engine.js';

const [first, second, third] = ['1', '2', '3'].map((digit) => digit.repeat(40)) as [string, string, string];

type Script = (command: SentCommand) => EngineError | 'dies' | null;

/** Processes that do as a test says; `come` starts the next one. */
class Processes {
  state: EngineHealth['state'] = 'running';
  generation = 1;
  readonly heard: string[] = [];
  script: Script = () => null;
  onDeath = (): void => undefined;

  ask<T>(command: SentCommand, answer: z.ZodType<T>): Promise<T> {
    if (this.state !== 'running') return Promise.reject(new EngineError('unavailable', 'away'));
    const about =
      command.name === 'add' ? command.torrent.infoHash : 'infoHash' in command ? command.infoHash : '';
    this.heard.push(`${this.generation} ${command.name} ${about.slice(0, 1)}`);
    const outcome = this.script(command);
    if (outcome === 'dies') this.die();
    if (outcome === null) return Promise.resolve(answer.parse(null));
    return Promise.reject(outcome === 'dies' ? new EngineError('unavailable', 'it ended') : outcome);
  }

  die(): void {
    this.state = 'restarting';
    this.onDeath();
  }

  come(): void {
    this.state = 'running';
    this.generation++;
  }
}

function rosterOf(): { roster: Roster; processes: Processes } {
  const processes = new Processes();
  const roster = new Roster(processes, () => undefined);
  processes.onDeath = () => roster.leave();
  return { roster, processes };
}

const isAbout = (command: SentCommand, infoHash: string): boolean =>
  command.name === 'add' && command.torrent.infoHash === infoHash;

test('tells the next process everything, first of what is being read', async () => {
  const { roster, processes } = rosterOf();
  for (const infoHash of [first, second, third]) await roster.add(engineTorrent({ infoHash }));
  const read = roster.get(third);
  if (read) read.readers = 2;
  processes.die();
  expect(roster.get(first)?.place).toBe('away');
  processes.come();
  expect(await roster.restore()).toEqual([]);
  expect(processes.heard.slice(3)).toEqual(['2 add 3', '2 add 1', '2 add 2']);
  expect(roster.get(first)?.place).toBe('there');
});

test('with what was learnt meanwhile', async () => {
  const { roster, processes } = rosterOf();
  await roster.add(engineTorrent({ infoHash: first }));
  const [metainfo, bitfield] = [Buffer.from('metainfo'), Uint8Array.of(128)];
  const resume = { bitfield, files: [], downloaded: 5, uploaded: 6 };
  const wishes = { ...noWishes, priorities: new Map([[3, 'high' as const]]) };
  for (const news of [{ metainfo }, { resume }, { wishes }]) roster.get(first)?.learn(news);
  // Telling it once more, without what was learnt, takes nothing away.
  await roster.add(engineTorrent({ infoHash: first, wishes }));
  processes.die();
  processes.come();
  const told: SentCommand[] = [];
  processes.script = (command) => (told.push(command), null);
  await roster.restore();
  expect(told).toMatchObject([
    { name: 'add', torrent: { metainfo, resume, wishes: { priorities: [[3, 'high']] } } },
  ]);
});

test('what is added or removed while there is none is carried out by the next', async () => {
  const { roster, processes } = rosterOf();
  await roster.add(engineTorrent({ infoHash: first }));
  processes.die();
  await roster.remove(first, true);
  await roster.add(engineTorrent({ infoHash: second }));
  expect([roster.get(first), roster.get(second)?.place]).toEqual([undefined, 'away']);
  processes.come();
  await roster.restore();
  expect(processes.heard.slice(1)).toEqual(['2 remove 1', '2 add 2']);
  processes.die();
  processes.come();
  await roster.restore();
  expect(processes.heard.slice(3)).toEqual(['3 add 2']); // the removal was confirmed
});

test('a process that ends over a removal or a torrent leaves them to the next', async () => {
  const { roster, processes } = rosterOf();
  processes.script = () => 'dies';
  await roster.add(engineTorrent({ infoHash: first }));
  processes.come();
  await roster.remove(second, true);
  processes.come();
  processes.script = () => null;
  await roster.restore();
  expect(processes.heard.slice(2)).toEqual(['3 remove 2', '3 add 1']);
  expect(roster.get(first)?.place).toBe('there');
});

test('one that is refused is not there, and what it has against it is told', async () => {
  const { roster, processes } = rosterOf();
  const refusal = new EngineError('invalid', 'too large');
  processes.script = () => refusal;
  await expect(roster.add(engineTorrent({ infoHash: first }))).rejects.toBe(refusal);
  expect(roster.get(first)).toBeUndefined();
});

test('one that only the next process refuses has failed; the others are there', async () => {
  const { roster, processes } = rosterOf();
  for (const infoHash of [first, second]) await roster.add(engineTorrent({ infoHash }));
  processes.die();
  processes.come();
  processes.script = (command) => (isAbout(command, first) ? new EngineError('disk-full', 'full') : null);
  expect((await roster.restore()).map(({ torrent }) => torrent.infoHash)).toEqual([first]);
  expect(roster.get(first)?.facts).toMatchObject({ phase: 'failed', error: 'full' });
  expect(roster.get(second)?.place).toBe('there');
});

test('one that three processes ended of is left out, until it is added anew', async () => {
  const { roster, processes } = rosterOf();
  for (const infoHash of [first, second]) await roster.add(engineTorrent({ infoHash }));
  processes.script = (command) => (isAbout(command, first) ? 'dies' : null);
  processes.die();
  for (let round = 0; round < 3; round++) {
    processes.come();
    expect(await roster.restore()).toEqual([]);
    expect(processes.state).toBe('restarting');
  }
  processes.come();
  expect((await roster.restore()).map(({ torrent }) => torrent.infoHash)).toEqual([first]);
  expect([processes.state, roster.get(second)?.place]).toEqual(['running', 'there']);
  processes.script = () => null;
  await roster.add(engineTorrent({ infoHash: first }));
  expect(roster.get(first)).toMatchObject({ place: 'there', failure: null });
});

test('a torrent that is removed while it is being told of stays away', async () => {
  const { roster, processes } = rosterOf();
  await roster.add(engineTorrent({ infoHash: first }));
  await roster.add(engineTorrent({ infoHash: second }));
  processes.die();
  processes.come();
  processes.script = (command) => {
    if (isAbout(command, first)) void roster.remove(second, false);
    return null;
  };
  await roster.restore();
  expect(processes.heard.slice(2)).toEqual(['2 add 1', '2 remove 2']);
});
