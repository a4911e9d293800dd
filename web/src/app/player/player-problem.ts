import type { ApiProblem } from '../core/api/problem';

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

/** `MediaError.code` (HTML 4.8.11.1): 2 network, 3 decode, 4 source not supported. */
const byMediaError: Readonly<Record<number, PlayerFault>> = {
  2: 'unreachable',
  3: 'damaged',
  4: 'unsupported',
};

/** A failure of the media element, as the player shows it. */
export function problemOfElement(
  error: { readonly code: number; readonly message: string } | null,
  url: string,
): PlayerProblem {
  const code = error?.code ?? 0;
  return {
    fault: byMediaError[code] ?? 'damaged',
    reasons: [],
    // The signature is nobody's business.
    details: [`MediaError ${code}`, error?.message ?? '', url.replace(/\?.*/, '')].filter(Boolean).join('\n'),
  };
}
