import type { Logger } from '../../common/log/logger.js';
import { type ProviderCall, ProviderTrouble } from '../provider.js';
import { fetchForGuest } from './guest-fetch.js';
import type { SandboxLimits } from './limits.js';
import { type GuestMessage, guestMessage, type Verb } from './messages.js';
import type { SandboxProcess, StartSandbox } from './sandbox-process.js';

/** The provider did what none may, or its process ended: whoever asked gets nothing, and the process is gone. */
export class SandboxFault extends Error {
  override readonly name = 'SandboxFault';
}

export interface SandboxOptions {
  /** The provider's code. */
  readonly source: () => Promise<string>;
  /** Which addresses it may ask. */
  readonly permits: (url: URL) => boolean;
  readonly start: StartSandbox;
  readonly limits: SandboxLimits;
  readonly logger: Logger;
  /** Told of each fault, also when nobody waits for an answer any more; before those who do. */
  readonly onFault?: (fault: SandboxFault) => void;
  /** Between two looks whether it is alive. */
  readonly beatMs?: number;
  /**
   * Of the processor, that it may have worked without an answer. More than a turn; not of the clock: that it is slow on a busy
   * machine, as it gives way to everybody, is no fault of it.
   */
  readonly hangMs?: number;
}

const usualBeatMs = 1000;
/** Answers that it may owe where nobody can tell how much it has worked. */
const mostMissed = 30;
const usualHangMs = 2000;
/** Beats without a question until it is ended. */
const mostIdle = 60;
/** Between two beats: more than all that is allowed to be said for the questions of one time. */
const mostMessages = 1000;

interface OpenQuestion {
  readonly call: ProviderCall;
  readonly settle: (outcome: { value: string } | { error: Error }) => void;
  /** What the last request of it met: it says more than what the provider makes of it. */
  trouble: Error | null;
}

interface Running {
  readonly process: SandboxProcess;
  /** Rejects where there is no code. */
  readonly loaded: Promise<void>;
  readonly questions: Map<number, OpenQuestion>;
  beat: NodeJS.Timeout;
  missed: number;
  /** Milliseconds that it had worked when it answered last. */
  workedBefore: number;
  idle: number;
  heard: number;
}

/**
 * One provider's code in a process of its own, which is started by the first question and ended when nobody has asked for
 * a minute. Whatever the code does, the process is killed for what it may not do.
 */
export class Sandbox {
  private running: Running | null = null;
  private lastId = 0;

  constructor(private readonly options: SandboxOptions) {}

  /** @returns what it said, parsed and not checked. @throws SandboxFault, ProviderTrouble, FetchRefused */
  async ask(verb: Verb, question: unknown, call: ProviderCall): Promise<unknown> {
    call.signal.throwIfAborted();
    const running = (this.running ??= this.launch());
    const id = ++this.lastId;
    const answer = Promise.withResolvers<string>();
    running.questions.set(id, {
      call,
      trouble: null,
      settle: (outcome) =>
        'error' in outcome ? answer.reject(outcome.error) : answer.resolve(outcome.value),
    });
    const leave = (): void => {
      this.settle(running, id, { error: asError(call.signal.reason) });
      running.process.send({ type: 'drop', id });
    };
    call.signal.addEventListener('abort', leave, { once: true });
    running.loaded.then(
      () => running.process.send({ type: 'ask', id, verb, question: JSON.stringify(question), config: JSON.stringify(call.config) }),
      (error: unknown) => this.end(running, asError(error)),
    ); // prettier-ignore
    try {
      return parseAnswer(await answer.promise);
    } finally {
      call.signal.removeEventListener('abort', leave);
    }
  }

  close(): Promise<void> {
    if (this.running) this.end(this.running, new ProviderTrouble('off', 'The provider was closed.'));
    return Promise.resolve();
  }

  private launch(): Running {
    const { start, source, limits, beatMs = usualBeatMs } = this.options;
    const process = start({
      line: (text) => this.heard(running, text),
      tooLong: () => this.fault(running, 'It said more at once than it may.'),
      exited: (words) => {
        if (words !== '') this.options.logger.debug('A provider’s process ended', { words });
        this.fault(running, 'Its process ended.');
      },
    });
    const loaded = source().then((text) => process.send({ type: 'load', source: text, limits }));
    const running: Running = {
      process,
      loaded,
      questions: new Map(),
      beat: setInterval(() => this.beat(running), beatMs).unref(),
      missed: 0,
      workedBefore: 0,
      idle: 0,
      heard: 0,
    };
    return running;
  }

  private beat(running: Running): void {
    running.heard = 0;
    running.idle = running.questions.size === 0 ? running.idle + 1 : 0;
    if (running.idle >= mostIdle) return this.end(running, new Error('Nobody asks.'));
    if (this.hangs(running)) return this.fault(running, 'It hung.');
    running.missed++;
    running.process.send({ type: 'ping' });
  }

  private hangs({ process, missed, workedBefore }: Running): boolean {
    const worked = process.worked();
    if (worked === null) return missed >= mostMissed;
    return missed > 1 && worked - workedBefore > (this.options.hangMs ?? usualHangMs);
  }

  private answered(running: Running): void {
    running.missed = 0;
    running.workedBefore = running.process.worked() ?? 0;
  }

  private heard(running: Running, text: string): void {
    if (this.running !== running) return;
    if (++running.heard > mostMessages) return this.fault(running, 'It said more than anybody can listen to.');
    const message = parseMessage(text);
    if (!message) return this.fault(running, 'It said what nobody understands.');
    if (message.type === 'pong') this.answered(running);
    else if (message.type === 'console') this.options.logger.debug('A provider says', { line: this.discreet(running, message.line) });
    else if (message.type === 'condemned') this.fault(running, faults[message.why], this.discreet(running, message.message));
    else if (message.type === 'answered') this.settle(running, message.id, { value: message.value });
    else if (message.type === 'fetch') void this.fetch(running, message);
    else {
      const trouble = running.questions.get(message.id)?.trouble;
      const words = this.discreet(running, message.message);
      this.settle(running, message.id, { error: trouble ?? new ProviderTrouble('failed', `It failed: ${words}`) });
    }
  } // prettier-ignore

  private async fetch(running: Running, asked: Extract<GuestMessage, { type: 'fetch' }>): Promise<void> {
    const open = running.questions.get(asked.id);
    if (!open) return;
    const { request } = asked;
    try {
      const response = await fetchForGuest(asked, open.call, this.options.permits);
      open.trouble = null;
      running.process.send({ type: 'fetched', request, response });
    } catch (error) {
      open.trouble = asError(error);
      running.process.send({ type: 'unfetched', request, message: open.trouble.message });
    }
  }

  private settle(running: Running, id: number, outcome: Parameters<OpenQuestion['settle']>[0]): void {
    running.questions.get(id)?.settle(outcome);
    running.questions.delete(id);
  }

  private fault(running: Running, what: string, detail = ''): void {
    if (detail !== '') this.options.logger.debug('A provider was ended', { what, detail });
    if (this.running !== running) return;
    const fault = new SandboxFault(what);
    this.options.onFault?.(fault);
    this.end(running, fault);
  }

  private end(running: Running, error: Error): void {
    if (this.running !== running) return;
    this.running = null;
    clearInterval(running.beat);
    running.process.kill();
    for (const id of [...running.questions.keys()]) this.settle(running, id, { error });
  }

  /** What a provider says may hold what it was told: none of that goes into a log or a message. */
  private discreet(running: Running, words: string): string {
    const told = [...running.questions.values()].flatMap(({ call }) => Object.values(call.config));
    const secrets = told.filter((value) => typeof value === 'string' && value.length >= shortestSecret);
    return secrets.reduce((text: string, secret) => text.replaceAll(String(secret), '•••'), words);
  }
}

const shortestSecret = 4;

const faults = {
  time: 'It worked for longer than it may.',
  memory: 'It took more memory than it may.',
  load: 'Its code could not be loaded.',
  crash: 'It crashed.',
} satisfies Record<Extract<GuestMessage, { type: 'condemned' }>['why'], string>;

function parseMessage(text: string): GuestMessage | null {
  try {
    return guestMessage.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/** @throws ProviderTrouble */
function parseAnswer(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new ProviderTrouble('invalid', 'What it answered could not be read.');
  }
}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));
