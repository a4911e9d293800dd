import { type FetchFault, FetchRefused } from '../../common/fetch/fetch-refused.js';
import { ProviderTrouble } from '../provider.js';

/** Seconds that a host is left alone which says “too much” and not until when. */
const tooMuchSeconds = 60;

const noAnswer: readonly FetchFault[] = [
  'too-large',
  'content-type',
  'encoding',
  'bad-url',
  'other-scheme',
  'too-many-redirects',
];

/** What went wrong, in the words of whoever asked. */
export function troubleOf(error: unknown): ProviderTrouble {
  if (error instanceof ProviderTrouble) return error;
  if (!(error instanceof FetchRefused))
    return new ProviderTrouble('invalid', 'Its answer could not be read.');
  const { reason, message, details } = error;
  if (reason === 'held') return new ProviderTrouble('held', message);
  if (reason === 'timeout') return new ProviderTrouble('timeout', message);
  if (noAnswer.includes(reason)) return new ProviderTrouble('invalid', message);
  const isTooMuch = details.status === 429;
  return new ProviderTrouble(
    'failed',
    isTooMuch ? 'It was asked too often.' : message,
    details.retryAfterSeconds ?? (isTooMuch ? tooMuchSeconds : undefined),
  );
}

/** Whether it is the provider's failure, and counts. */
export const isFailure = ({ code }: ProviderTrouble): boolean =>
  ['timeout', 'failed', 'invalid'].includes(code);
