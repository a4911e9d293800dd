import { Injectable } from '@nestjs/common';
import { Logger } from '../../common/log/logger.js';
import { type AnswerLifetime, type ProviderCall, ProviderMisbehaved, ProviderTrouble } from '../provider.js';
import { ProviderEgress } from '../provider-egress.service.js';
import type { OpenProvider } from '../registry/open-providers.js';
import { ProviderRows } from '../registry/provider-rows.js';
import { isOnTrial, isResting } from './breaker.js';
import { ProviderClock } from './clock.js';
import { answerTimeMs, ProviderFetch } from './provider-fetch.js';
import { ProviderLine } from './provider-line.js';
import { ProviderRecords } from './provider-records.js';
import { isFailure, troubleOf } from './trouble.js';
import type { Verb } from './verbs.js';

/** Requests a second of a provider that says nothing about it. */
const usualRate = 5;
/** For one answer. */
const mostRequests = 50;

export interface Asked<Answer> {
  readonly answer: Answer;
  /** What the provider itself said about how long it holds. */
  readonly lifetime: AnswerLifetime;
}

/** Puts a question to a provider, now: in its turn, at its pace, as long as it may take; and writes down how it went. */
@Injectable()
export class Asker {
  private readonly lines = new Map<string, ProviderLine>();

  constructor(
    private readonly fetches: ProviderFetch,
    private readonly egress: ProviderEgress,
    private readonly records: ProviderRecords,
    private readonly rows: ProviderRows,
    private readonly clock: ProviderClock,
    private readonly logger: Logger,
  ) {}

  /** @param evenResting for a test by hand @throws ProviderTrouble, or the signal's reason */
  async put<Question, Answer>(
    open: OpenProvider,
    verb: Verb<Question, Answer>,
    question: Question,
    signal: AbortSignal,
    evenResting = false,
  ): Promise<Asked<Answer>> {
    const line = this.line(open);
    if (!evenResting) await this.mustBeAwake(open, line);
    const leave = await line.enter(signal);
    try {
      // Those in front may have failed meanwhile.
      if (!evenResting) await this.mustBeAwake(open, line, 1);
      return await this.timed(open, verb, question, signal);
    } finally {
      leave();
    }
  }

  private async mustBeAwake({ id, manifest }: OpenProvider, line: ProviderLine, own = 0): Promise<void> {
    if (manifest.hints.p2p && this.egress.isHeld)
      throw new ProviderTrouble('held', 'The network interface that torrents go through is away.');
    const { breaker } = await this.records.of(id);
    const left = Math.ceil((breaker.restsUntil - this.clock.now()) / 1000);
    if (isResting(breaker, this.clock.now()))
      throw new ProviderTrouble('resting', 'It failed several times and is left alone.', left);
    if (isOnTrial(breaker) && line.running > own)
      throw new ProviderTrouble('resting', 'It is being asked whether it works again.', answerTimeMs / 1000);
  }

  private async timed<Question, Answer>(
    open: OpenProvider,
    verb: Verb<Question, Answer>,
    question: Question,
    signal: AbortSignal,
  ): Promise<Asked<Answer>> {
    const late = new AbortController();
    const started = this.clock.now();
    const stop = this.clock.after(answerTimeMs, () =>
      late.abort(new ProviderTrouble('timeout', 'It did not answer in time.')),
    );
    const took = (): number => Math.max(0, this.clock.now() - started);
    let lifetime: AnswerLifetime = {};
    const keep = (wanted: AnswerLifetime): void => void (lifetime = wanted);
    const call = this.call(open, AbortSignal.any([signal, late.signal]), started + answerTimeMs, keep);
    try {
      const answer = verb.check(await untilAborted(verb.ask(open.provider, question, call), call.signal));
      await this.records.add(open.id, { ms: took() });
      return { answer, lifetime };
    } catch (error) {
      // Nobody waits any more: that says nothing about the provider.
      if (signal.aborted) throw signal.reason;
      throw await this.failed(open, late.signal.aborted ? late.signal.reason : error, took());
    } finally {
      stop();
      late.abort();
    }
  }

  private call(
    open: OpenProvider,
    signal: AbortSignal,
    until: number,
    keep: ProviderCall['keep'],
  ): ProviderCall {
    let left = mostRequests;
    const fetch: ProviderCall['fetch'] = async (url, request = {}) => {
      if (left-- <= 0) throw new ProviderTrouble('failed', 'It needs too many requests for one answer.');
      await this.line(open).pace(until - this.clock.now(), signal);
      return this.fetches.get(url, request, { p2p: open.manifest.hints.p2p === true, signal });
    };
    return { config: open.config, signal, fetch, keep };
  }

  private async failed(open: OpenProvider, error: unknown, ms: number): Promise<ProviderTrouble> {
    if (error instanceof ProviderMisbehaved) {
      await this.rows.change(open.id, { enabled: false, refusal: error.message });
      this.logger.warn('A provider was switched off', {
        provider: open.manifest.name,
        reason: error.message,
      });
      return new ProviderTrouble('off', error.message);
    }
    const trouble = troubleOf(error);
    const { message, retryAfterSeconds } = trouble;
    if (isFailure(trouble)) await this.records.add(open.id, { ms, failure: { message, retryAfterSeconds } });
    return trouble;
  }

  private line({ id, manifest }: OpenProvider): ProviderLine {
    const rate = manifest.network?.rate ?? usualRate;
    const known = this.lines.get(id);
    if (known?.rate === rate) return known;
    const line = new ProviderLine(rate, this.clock);
    this.lines.set(id, line);
    return line;
  }
}

/** What does not listen to its signal is no longer waited for. */
function untilAborted<T>(work: Promise<T> | undefined, signal: AbortSignal): Promise<T> {
  if (!work) throw new ProviderTrouble('off', 'It cannot be asked that.');
  return new Promise((resolve, reject) => {
    const leave = (): void => reject(signal.reason as Error);
    if (signal.aborted) leave();
    signal.addEventListener('abort', leave, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
}
