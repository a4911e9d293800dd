import type { ApiProblem } from '../core/api/problem';
import type { EngineTrouble, TroubleKind } from './media-engine';

/** Why nothing plays, by what can be done about it. */
export type PlayerFault = 'unsupported' | 'gone' | 'unreachable' | 'damaged' | 'notFound' | 'server';

export interface PlayerProblem {
  readonly fault: PlayerFault;
  /** In the server's words, one a line; empty when it gave none. */
  readonly reasons: readonly string[];
  /** For whoever helps. */
  readonly details: string;
}

const byCode: Readonly<Record<string, PlayerFault>> = {
  PLAYBACK_UNSUPPORTED: 'unsupported',
  SOURCE_UNAVAILABLE: 'gone',
  NETWORK: 'unreachable',
  UNAVAILABLE: 'unreachable',
  NOT_FOUND: 'notFound',
};

/** A refused call to start playing, as the player shows it. */
export function problemOfCall(
  problem: Pick<ApiProblem, 'code' | 'status' | 'detail' | 'errors' | 'request'>,
): PlayerProblem {
  const told = problem.errors.map((error) => error.message);
  const detail = problem.detail.split('\n').filter(Boolean);
  return {
    fault: byCode[problem.code] ?? 'server',
    reasons: told.length > 0 ? told : detail,
    details: [`${problem.code} (${problem.status})`, problem.request, problem.detail, ...told]
      .filter(Boolean)
      .join('\n'),
  };
}

const byTrouble: Readonly<Record<TroubleKind, PlayerFault>> = {
  network: 'unreachable',
  refused: 'gone',
  server: 'server',
  media: 'damaged',
  unsupported: 'unsupported',
};

/** What an engine gave up over, as the player shows it. */
export function problemOfTrouble({ kind, reason }: EngineTrouble, url: string): PlayerProblem {
  return {
    fault: byTrouble[kind],
    reasons: [],
    // The ticket and the signature are nobody's business.
    details: [reason, url.replace(/\?.*/, '').replace(/(\/api\/hls\/)[^/]+/, '$1…')]
      .filter(Boolean)
      .join('\n'),
  };
}
