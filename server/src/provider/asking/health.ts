import type { ProviderHealth } from '@hearth/contract/provider';

/** One question: when it was over, how long it took, whether it was answered. */
export interface Sample {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly ms: number;
  readonly ok: boolean;
}

const most = 100;
const plotted = 60;
const hourMs = 3_600_000;

export const withSample = (samples: readonly Sample[], sample: Sample): readonly Sample[] =>
  [...samples, sample].slice(-most);

/** 0–1, by Laplace's rule of succession: half before the first question, and slow to reach either end. */
export const trustIn = (samples: readonly Sample[]): number =>
  (samples.filter(({ ok }) => ok).length + 1) / (samples.length + 2);

type Numbers = Pick<
  ProviderHealth,
  'successRate' | 'medianMs' | 'p95Ms' | 'trust' | 'requests' | 'failures' | 'recent'
>;

/** @param samples oldest first */
export function healthNumbers(samples: readonly Sample[], now: number): Numbers {
  const answered = samples.filter(({ ok }) => ok);
  const times = answered.map(({ ms }) => ms).sort((a, b) => a - b);
  const lately = samples.filter(({ at }) => at > now - hourMs);
  return {
    successRate: samples.length === 0 ? null : answered.length / samples.length,
    medianMs: quantile(times, 0.5),
    p95Ms: quantile(times, 0.95),
    trust: trustIn(samples),
    requests: lately.length,
    failures: lately.filter(({ ok }) => !ok).length,
    recent: samples.slice(-plotted).map(({ at, ms, ok }) => ({ at: new Date(at).toISOString(), ms, ok })),
  };
}

/** Nearest rank. */
const quantile = (sorted: readonly number[], share: number): number | null =>
  sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? null;
