import type { WaitStep } from '@hearth/contract/session-activity';
import type { EngineFacts } from '../../torrent/engine/torrent-engine.js';

type Step = WaitStep['step'] | null;

/** Share of a start that is behind a client when a step begins, %. */
const begun: Partial<Record<WaitStep['step'], number>> = {
  peers: 5,
  metadata: 10,
  decision: 30,
  'head-piece': 40,
  index: 70,
};
/** Bytes that a film's beginning takes, its index and a first picture with them, about. */
const headBytes = 8 * 1024 * 1024;

/** 0–100 of what comes before anything is converted. */
export function headProgress(facts: EngineFacts | undefined, step: Step): number {
  const floor = begun[step ?? 'peers'] ?? 0;
  if (step !== 'head-piece') return floor;
  return Math.round(floor + 30 * Math.min(1, (facts?.haveBytes ?? 0) / headBytes));
}

/** Seconds until the beginning is there; null while nobody gives anything. */
export function etaOf(facts: EngineFacts | undefined, step: Step): number | null {
  const isFetching = step === 'head-piece' || step === 'index';
  if (!isFetching || !facts || facts.downloadSpeed <= 0) return null;
  return Math.ceil(Math.max(0, headBytes - facts.haveBytes) / facts.downloadSpeed);
}
