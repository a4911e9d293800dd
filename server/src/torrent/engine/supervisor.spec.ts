import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { Logger, LogSink } from '../../common/log/logger.js';
import { answers, type ChildEvent, type EngineCommand } from './messages.js';
import { EngineSupervisor } from './supervisor.js';
import { engineSettings } from './testing/engine-builders.js';
import { ScriptedProcess, silence } from './testing/scripted-process.js';
import { EngineError } from './torrent-engine.js';

beforeEach(() => void jest.useFakeTimers({ doNotFake: ['queueMicrotask', 'nextTick'] }));
afterEach(() => void jest.useRealTimers());

type Script = (command: EngineCommand, process: ScriptedProcess) => unknown;

/** Answers everything, and ends after `stop`. */
const obedient: Script = (command, process) => {
  if (command.name === 'stop') process.end('ended with code 0');
  return command.name === 'open' ? { size: 7 } : null;
};

/** @param scripts one a process; the last one for all that follow */
function supervised(...scripts: Script[]) {
  const processes: ScriptedProcess[] = [];
  const events: ChildEvent[] = [];
  const states: string[] = [];
  const lines: string[] = [];
  const supervisor = new EngineSupervisor({
    startProcess: (listener) => {
      const script = scripts[Math.min(processes.length, scripts.length - 1)] ?? obedient;
      const process = new ScriptedProcess(listener, script);
      processes.push(process);
      return process;
    },
    settings: () => engineSettings({ port: 7000 + processes.length }),
    onState: (state, reason) => states.push(reason ? `${state}: ${reason}` : state),
    onEvent: (event) => events.push(event),
    logger: new Logger(new LogSink('debug', (line) => void lines.push(line)), 'torrent'),
  });
  const advance = (ms: number): Promise<void> => jest.advanceTimersByTimeAsync(ms);
  return { supervisor, processes, events, states, lines, advance };
}

test('starts a process with the settings, and stops it once it has finished', async () => {
  const { supervisor, processes, states } = supervised(obedient);
  await supervisor.start();
  expect(processes[0]?.of('start')[0]?.settings.port).toBe(7001);
  await supervisor.stop();
  expect(states).toEqual(['starting', 'running', 'stopped']);
  expect(processes).toHaveLength(1);
  expect(processes[0]?.heard.at(-1)?.name).toBe('stop');
  expect(jest.getTimerCount()).toBe(0);
});

test('a process that answers lives on', async () => {
  const { supervisor, processes, advance } = supervised(obedient);
  await supervisor.start();
  await advance(3_600_000);
  expect(processes).toHaveLength(1);
  expect(processes[0]?.of('ping').length).toBe(1800);
  expect(processes[0]?.isKilled).toBe(false);
});

test('one that owes three answers is killed, and followed by the next with the settings of then', async () => {
  const deaf: Script = (command) => (command.name === 'ping' ? silence : null);
  const { supervisor, processes, states, advance } = supervised(deaf, obedient);
  await supervisor.start();
  await advance(7999);
  expect(processes[0]?.isKilled).toBe(false);
  await advance(1);
  expect(processes[0]?.isKilled).toBe(true);
  await advance(500);
  expect(processes[1]?.of('start')[0]?.settings.port).toBe(7002);
  expect(states).toEqual(['starting', 'running', 'restarting: it does not answer', 'running']);
  expect([supervisor.restarts, supervisor.generation]).toEqual([1, 2]);
});

test('one that answers late, but before the third is owed, is not', async () => {
  const owed: (() => void)[] = [];
  const slow: Script = (command, process) => {
    if (command.name !== 'ping') return null;
    const id = process.heard.length; // ids count up from one, one a command
    owed.push(() => process.say({ id, ok: null }));
    return silence;
  };
  const { supervisor, processes, advance } = supervised(slow);
  await supervisor.start();
  for (let round = 0; round < 10; round++) {
    await advance(6000);
    for (const answer of owed.splice(0)) answer();
    await advance(0);
  }
  expect(processes[0]?.isKilled).toBe(false);
});

test('waits longer with each end, half a minute at most, and starts over after a sound minute', async () => {
  const { supervisor, processes, advance } = supervised(obedient);
  await supervisor.start();
  for (const wait of [500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]) {
    const count = processes.length;
    processes.at(-1)?.end();
    await advance(wait - 1);
    expect(processes).toHaveLength(count);
    await advance(1);
    expect(processes).toHaveLength(count + 1);
  }
  await advance(60_000);
  processes.at(-1)?.end();
  const count = processes.length;
  await advance(500);
  expect(processes).toHaveLength(count + 1);
});

test('what was asked of a process that ends is refused, and can be asked of the next', async () => {
  const mute: Script = (command) => (command.name === 'open' ? silence : null);
  const { supervisor, processes, advance } = supervised(mute, obedient);
  await supervisor.start();
  const open = { name: 'open', infoHash: 'a'.repeat(40), fileIndex: 0 } as const;
  const asked = supervisor.ask(open, answers.open);
  processes[0]?.end();
  await expect(asked).rejects.toMatchObject({ code: 'unavailable', message: /code 70/ });
  await expect(supervisor.ask(open, answers.open)).rejects.toMatchObject({ code: 'unavailable' });
  await advance(500);
  expect(await supervisor.ask(open, answers.open)).toEqual({ size: 7 });
});

test('a question has its time, and only so many wait', async () => {
  const mute: Script = (command) => (command.name === 'details' ? silence : obedient(command, mutes[0]!));
  const { supervisor, processes: mutes, advance } = supervised(mute);
  await supervisor.start();
  const details = { name: 'details', infoHash: 'a'.repeat(40) } as const;
  const asked = Array.from({ length: 1001 }, () =>
    supervisor.ask(details, answers.details).catch((error: unknown) => error),
  );
  expect(await asked.at(-1)).toMatchObject({ code: 'unavailable', message: /too many/i });
  await advance(15_000);
  expect(await asked[0]).toMatchObject({ code: 'unavailable', message: /in time/ });
  await Promise.all(asked);
  await advance(10_000);
  expect(mutes[0]?.isKilled).toBe(false);
});

test('an answer of another shape is no answer', async () => {
  const { supervisor } = supervised((command) => (command.name === 'open' ? { size: 'much' } : null));
  await supervisor.start();
  const open = { name: 'open', infoHash: 'a'.repeat(40), fileIndex: 0 } as const;
  await expect(supervisor.ask(open, answers.open)).rejects.toMatchObject({ code: 'unavailable' });
});

test('hands on what it understands, and says once that it does not', async () => {
  const { supervisor, processes, events, lines, advance } = supervised(obedient);
  await supervisor.start();
  const complete = { type: 'complete', infoHash: 'b'.repeat(40) };
  for (const message of [{ type: 'complete', infoHash: '../x' }, 'noise', null, { id: 'x' }, complete]) {
    processes[0]?.say(message);
  }
  await advance(0);
  expect(events).toEqual([complete]);
  expect(lines.filter((line) => line.includes('not understood'))).toHaveLength(1);
});

test('settings that the first process refuses are refused; nothing is left', async () => {
  const { supervisor, processes, advance } = supervised((command) =>
    command.name === 'start' ? new Error('The port is taken') : null,
  );
  const started = supervisor.start().catch((error: unknown) => error);
  await advance(0);
  expect(await started).toEqual(new EngineError('invalid', 'The port is taken'));
  await advance(120_000);
  expect([processes.length, processes[0]?.isKilled, supervisor.state]).toEqual([1, true, 'stopped']);
});

test('a first process that dies is followed by others; after a minute without any it is given up', async () => {
  const stillborn: Script = (_, process) => (process.end('ended with code 1'), silence);
  const lucky = supervised(stillborn, stillborn, obedient);
  const started = lucky.supervisor.start();
  await lucky.advance(1500);
  await started;
  expect(lucky.processes).toHaveLength(3);

  const hopeless = supervised(stillborn);
  const refused = hopeless.supervisor.start().catch((error: unknown) => error);
  await hopeless.advance(60_000);
  expect(await refused).toMatchObject({ code: 'unavailable' });
  const count = hopeless.processes.length;
  await hopeless.advance(120_000);
  expect([hopeless.processes.length, hopeless.supervisor.state]).toEqual([count, 'stopped']);
});

test('later on, one that refuses to start is tried again', async () => {
  const refusing: Script = (command) => (command.name === 'start' ? new Error('The address is gone') : null);
  const { supervisor, processes, advance } = supervised(obedient, refusing, refusing, obedient);
  await supervisor.start();
  processes[0]?.end();
  await advance(500 + 1000 + 2000);
  expect([processes.length, supervisor.state]).toEqual([4, 'running']);
});

test('one that does not finish is killed; one that is waited for is not started any more', async () => {
  const stubborn: Script = (command) => (command.name === 'stop' ? silence : null);
  const { supervisor, processes, advance } = supervised(stubborn);
  await supervisor.start();
  const stopped = supervisor.stop();
  await advance(10_000);
  await advance(5000);
  await stopped;
  expect(processes[0]?.isKilled).toBe(true);

  await supervisor.start();
  processes[1]?.end();
  await advance(100);
  await supervisor.stop();
  await advance(120_000);
  expect(processes).toHaveLength(2);
});
