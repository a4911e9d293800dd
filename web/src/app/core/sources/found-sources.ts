import { effect, inject, signal, type Signal, untracked } from '@angular/core';
import type { TitleReference } from '@hearth/contract/provider-exchange';
import { sourceRoutes, type TitleSources } from '@hearth/contract/source';
import { Api } from '../api/api';
import { type ApiProblem, toProblem } from '../api/problem';

/** How long one question waits for providers (s), and how often it is put while some are still asked. */
const waitSeconds = 8;
const mostQuestions = 4;

export interface FoundSources {
  /** Undefined until the first answer. */
  readonly value: Signal<TitleSources | undefined>;
  readonly problem: Signal<ApiProblem | undefined>;
}

/**
 * Sources of a title that the library does not have: what is known at once, then more as providers answer. Asked anew
 * when `reference` changes. Call where injection works.
 */
export function foundSources(reference: () => TitleReference | undefined): FoundSources {
  const api = inject(Api);
  const value = signal<TitleSources | undefined>(undefined);
  const problem = signal<ApiProblem | undefined>(undefined);
  effect((onCleanup) => {
    const wanted = reference();
    let current = true;
    onCleanup(() => (current = false));
    untracked(() => {
      value.set(undefined);
      problem.set(undefined);
    });
    const ask = async (title: TitleReference): Promise<void> => {
      for (let question = 0; question <= mostQuestions; question++) {
        const wait = question === 0 ? 0 : waitSeconds;
        const answer = await api.call(sourceRoutes.ofReference, { ...title, wait });
        if (!current) return;
        value.set(question < mostQuestions ? answer : { ...answer, searching: false });
        if (!answer.searching) return;
      }
    };
    if (wanted) ask(wanted).catch((error: unknown) => current && problem.set(toProblem(error)));
  });
  return { value: value.asReadonly(), problem: problem.asReadonly() };
}
