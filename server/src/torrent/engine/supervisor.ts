import { z } from 'zod';
import type { Logger } from '../../common/log/logger.js';
import { Calls } from './calls.js';
import type { EngineProcess, StartEngineProcess } from './engine-process.js';
import { answers, childEvent, type ChildEvent, type SentCommand } from './messages.js';
import { EngineError, type EngineHealth, type EngineSettings } from './torrent-engine.js';

export type EngineState = EngineHealth['state'];

export interface SupervisorOptions {
  /** Starts the next process. */
  readonly startProcess: StartEngineProcess;
  /** What a process is started with, as it is by then. */
  readonly settings: () => EngineSettings;
  readonly onState: (state: EngineState, reason: string) => void;
  readonly onEvent: (event: ChildEvent) => void;
  readonly logger: Logger;
}

/** How often a process is asked whether it is alive, and how many answers it may owe before it is killed. */
const beatMs = 2000;
const mostMissed = 3;
const backOffMs = { first: 500, most: 30_000 };
/** A process that ran for so long had nothing wrong with its start: the next one is started soon again. */
const soundMs = 60_000;
const startMs = 60_000;
const callMs = 15_000;
const stopMs = 10_000;
/** A killed process is gone by then, unless the kernel holds it in a read of a dead disk. */
const goneMs = 5000;

interface Running {
  readonly process: EngineProcess;
  readonly calls: Calls;
  readonly gone: Promise<void>;
  /** ms of a clock that only goes forward; null until it answered `start` */
  soundSince: number | null;
  beat: NodeJS.Timeout | null;
  missed: number;
  /** Why we killed it, if we did. */
  verdict: string | null;
  /** It said something that nobody understands: logged once. */
  isGarbled: boolean;
}

/**
 * Keeps one engine process alive: asks it every two seconds whether it is, kills it when it is not, starts the next one
 * after a while that grows from half a second to half a minute.
 */
export class EngineSupervisor {
  state: EngineState = 'stopped';
  restarts = 0;
  /** Number of the process that runs, or the last one that did. */
  generation = 0;
  private running: Running | null = null;
  private failures = 0;
  private retry: NodeJS.Timeout | null = null;
  private firstStart: { resolve: () => void; reject: (error: Error) => void } | null = null;

  constructor(private readonly options: SupervisorOptions) {}

  /** Resolves when a process runs. @throws EngineError when it refuses to, or none would: nothing is left then */
  async start(): Promise<void> {
    if (this.state !== 'stopped') throw new Error('The engine was started already');
    this.failures = 0;
    this.enter('starting', '');
    let late: NodeJS.Timeout | undefined;
    try {
      await new Promise<void>((resolve, reject) => {
        this.firstStart = { resolve, reject };
        late = setTimeout(() => reject(new EngineError('unavailable', 'The engine does not start')), startMs);
        this.launch();
      });
    } catch (error) {
      await this.stop();
      throw error;
    } finally {
      clearTimeout(late);
      this.firstStart = null;
    }
  }

  /** Lets the process finish, or kills it. Nothing runs any more when this resolves. */
  async stop(): Promise<void> {
    if (this.state === 'stopped') return;
    const isRunning = this.state === 'running';
    this.enter('stopped', '');
    this.firstStart?.reject(new EngineError('unavailable', 'The engine was stopped'));
    if (this.retry) clearTimeout(this.retry);
    const { running } = this;
    if (!running) return;
    if (isRunning) {
      await running.calls.ask({ name: 'stop' }, answers.stop, stopMs).catch(() => undefined);
      await within(running.gone, goneMs);
    }
    running.process.kill();
    await within(running.gone, goneMs);
    this.running = null;
  }

  /** @throws EngineError as the process says; `unavailable` when there is none, or it ended before it answered */
  ask<T>(command: SentCommand, answer: z.ZodType<T>, timeoutMs = callMs): Promise<T> {
    if (this.state !== 'running' || !this.running) {
      return Promise.reject(new EngineError('unavailable', 'The engine is coming back'));
    }
    return this.running.calls.ask(command, answer, timeoutMs);
  }

  /** null while none runs */
  get processId(): number | null {
    return this.running?.process.pid ?? null;
  }

  private launch(): void {
    this.retry = null;
    this.generation++;
    let left = (): void => undefined;
    const gone = new Promise<void>((resolve) => (left = resolve));
    const process = this.options.startProcess({
      message: (message) => this.heard(running, message),
      exited: (reason) => {
        left();
        this.ended(running, reason);
      },
    });
    const calls = new Calls((message) => process.send(message));
    const unborn = { soundSince: null, beat: null, missed: 0, verdict: null, isGarbled: false };
    const running: Running = { process, calls, gone, ...unborn };
    this.running = running;
    calls
      .ask({ name: 'start', settings: this.options.settings() }, answers.start, startMs)
      .then(() => this.started(running))
      .catch((error: unknown) => this.notStarted(running, error));
  }

  private started(running: Running): void {
    if (this.running !== running || this.state === 'stopped') return;
    running.soundSince = performance.now();
    running.beat = setInterval(() => this.beat(running), beatMs);
    this.enter('running', '');
    this.firstStart?.resolve();
  }

  private notStarted(running: Running, error: unknown): void {
    if (this.running !== running) return; // it ended, and that was answered already
    const reason = error instanceof Error ? error.message : String(error);
    // What refuses settings that somebody just made must tell them; later on there is nobody to tell.
    if (this.firstStart && error instanceof EngineError && error.code !== 'unavailable') {
      this.firstStart.reject(error);
    }
    this.kill(running, reason);
  }

  /** Counts answers, not time: a machine that slept, or a server that was busy itself, proves nothing. */
  private beat(running: Running): void {
    if (running.missed >= mostMissed) return this.kill(running, 'it does not answer');
    running.missed++;
    running.calls
      .ask({ name: 'ping' }, answers.ping, beatMs * (mostMissed + 1))
      .then(() => (running.missed = 0))
      .catch(() => undefined);
  }

  private kill(running: Running, verdict: string): void {
    running.verdict ??= verdict;
    if (running.beat) clearInterval(running.beat);
    running.beat = null;
    running.process.kill();
    void within(running.gone, goneMs).then(() => this.ended(running, 'it could not be killed'));
  }

  private ended(running: Running, reason: string): void {
    if (this.running !== running) return;
    this.running = null;
    if (running.beat) clearInterval(running.beat);
    const why = running.verdict ?? reason;
    running.calls.end(`The engine ended: ${why}`);
    if (this.state === 'stopped') return;
    const ran = running.soundSince === null ? 0 : performance.now() - running.soundSince;
    if (ran >= soundMs) this.failures = 0;
    const delay = Math.min(backOffMs.most, backOffMs.first * 2 ** this.failures++);
    this.restarts++;
    this.options.logger.warn('The engine of torrents ended; it is started again', { reason: why, delay });
    this.retry = setTimeout(() => this.launch(), delay);
    this.enter(this.firstStart ? 'starting' : 'restarting', why);
  }

  private heard(running: Running, message: unknown): void {
    if (this.running !== running || running.calls.answered(message)) return;
    const { success, data, error } = childEvent.safeParse(message);
    if (success) return this.options.onEvent(data);
    if (!running.isGarbled)
      this.options.logger.error('The engine is not understood', { why: z.prettifyError(error) });
    running.isGarbled = true;
  }

  private enter(state: EngineState, reason: string): void {
    this.state = state;
    this.options.onState(state, reason);
  }
}

/** Waits for something, but not for ever. */
async function within(promise: Promise<void>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)));
  await Promise.race([promise, late]);
  clearTimeout(timer);
}
