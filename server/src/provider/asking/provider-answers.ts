import { Injectable } from '@nestjs/common';
import { WorkLimit } from '../../common/work-limit.js';
import { type AnswerLifetime, ProviderTrouble } from '../provider.js';
import { type OpenProvider, OpenProviders } from '../registry/open-providers.js';
import { AnswerStore } from './answer-store.js';
import { Asker } from './asker.js';
import { ProviderClock } from './clock.js';
import { Flights } from './flights.js';
import { answerTimeMs } from './provider-fetch.js';
import { emptyFresh, type Verb } from './verbs.js';

export interface AskOptions {
  readonly signal?: AbortSignal;
  /** How long the caller waits; 8 s unless said. What comes later is kept for the next one. */
  readonly deadlineMs?: number;
  /** Nobody waits for it: it lets everybody else go first. */
  readonly background?: boolean;
}

/** Answers of providers: what is kept while it is good, one question for all who ask the same at the same time. */
@Injectable()
export class ProviderAnswers {
  private readonly flights = new Flights();
  private readonly background = new Map<string, WorkLimit>();

  constructor(
    private readonly open: OpenProviders,
    private readonly store: AnswerStore,
    private readonly asker: Asker,
    private readonly clock: ProviderClock,
  ) {}

  /** @throws ProviderTrouble, or the signal's reason */
  ask<Question, Answer>(
    verb: Verb<Question, Answer>,
    id: string,
    question: Question,
    options: AskOptions = {},
  ): Promise<Answer> {
    const asked = (): Promise<Answer> => this.askNow(verb, id, question, options);
    if (!options.background) return asked();
    const limit = this.background.get(id) ?? new WorkLimit(1);
    this.background.set(id, limit);
    return limit.run(asked, options.signal ? { signal: options.signal } : {});
  }

  private async askNow<Question, Answer>(
    verb: Verb<Question, Answer>,
    id: string,
    question: Question,
    { signal, deadlineMs = answerTimeMs }: AskOptions,
  ): Promise<Answer> {
    const open = await this.open.get(id);
    const key = this.store.key(id, open.revision, verb.name, question);
    const flight = this.flights.join(key, (all) => this.kept(open, verb, question, key, all), signal);
    return this.patiently(flight, deadlineMs);
  }

  /** What is kept, if that is good enough; else what the provider says. */
  private async kept<Question, Answer>(
    open: OpenProvider,
    verb: Verb<Question, Answer>,
    question: Question,
    key: string,
    signal: AbortSignal,
  ): Promise<Answer> {
    const kept = await this.store.get<Answer>(key);
    if (kept?.state === 'fresh') return kept.value;
    const renewed = this.flights.join(
      `${key} anew`,
      (all) => this.fetched(open, verb, question, key, all),
      signal,
    );
    if (!kept) return renewed;
    const fallback = renewed.catch((error: unknown) => {
      if (signal.aborted) throw error;
      return kept.value;
    });
    return kept.state === 'stale' ? (void fallback.catch(() => undefined), kept.value) : fallback;
  }

  private async fetched<Question, Answer>(
    open: OpenProvider,
    verb: Verb<Question, Answer>,
    question: Question,
    key: string,
    signal: AbortSignal,
  ): Promise<Answer> {
    const { answer, lifetime } = await this.asker.put(open, verb, question, signal);
    await this.store.set(key, answer, lifetimeOf(verb, verb.isEmpty(answer), lifetime));
    return answer;
  }

  private patiently<T>(work: Promise<T>, deadlineMs: number): Promise<T> {
    return new Promise((resolve, reject) => {
      const stop = this.clock.after(deadlineMs, () =>
        reject(new ProviderTrouble('timeout', 'It did not answer in time.')),
      );
      work.then(resolve, reject).finally(stop);
    });
  }
}

/** The verb's own, or what the provider asks for within bounds. */
function lifetimeOf(
  { lifetime, longestFresh }: Pick<Verb<never, never>, 'lifetime' | 'longestFresh'>,
  isEmpty: boolean,
  wanted: AnswerLifetime,
): Required<AnswerLifetime> {
  const usual = isEmpty ? Math.min(emptyFresh, lifetime.fresh) : lifetime.fresh;
  const within = (given: number | undefined, most: number, otherwise: number): number =>
    given === undefined || !(given >= 0) ? otherwise : Math.min(given, most);
  return {
    fresh: within(wanted.fresh, longestFresh, usual),
    whileRevalidating: within(
      wanted.whileRevalidating,
      lifetime.whileRevalidating,
      lifetime.whileRevalidating,
    ),
    ifError: within(wanted.ifError, lifetime.ifError, lifetime.ifError),
  };
}
