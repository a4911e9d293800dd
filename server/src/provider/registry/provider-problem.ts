import { FetchRefused } from '../../common/fetch/fetch-refused.js';
import { ProblemError } from '../../common/problem-error.js';
import { ProviderTrouble } from '../provider.js';

/** What whoever adds a provider is told. @returns anything else as it is */
export function problemOf(error: unknown): unknown {
  if (error instanceof ProviderTrouble) {
    if (error.code === 'invalid') return new ProblemError('PROVIDER_INVALID', { detail: error.message });
    const code = error.code === 'timeout' ? 'PROVIDER_TIMEOUT' : 'PROVIDER_FAILED';
    return new ProblemError(code, { detail: error.message });
  }
  if (!(error instanceof FetchRefused)) return error;
  const { reason, message: detail } = error;
  if (reason === 'timeout') return new ProblemError('PROVIDER_TIMEOUT', { detail });
  if (reason === 'refused-address')
    return new ProblemError('PROVIDER_REFUSED', {
      detail: 'It is at a private address. The operator can name its host in PROVIDER_ALLOW_PRIVATE_HOSTS.',
    });
  if (['bad-url', 'other-scheme', 'content-type', 'too-large', 'encoding'].includes(reason))
    return new ProblemError('PROVIDER_INVALID', { detail });
  return new ProblemError('PROVIDER_FAILED', { detail });
}
