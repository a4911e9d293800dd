import { notFound, ProblemError } from '../../common/problem-error.js';
import { ProviderTrouble } from '../../provider/provider.js';

/** What a person is told who wanted something of a provider. @throws ProblemError for its trouble, anything else as it is */
export function refuse(error: unknown): never {
  if (!(error instanceof ProviderTrouble)) throw error;
  const { code, message: detail, retryAfterSeconds: retryAfter } = error;
  if (code === 'off') throw notFound('provider');
  throw new ProblemError(code === 'timeout' ? 'PROVIDER_TIMEOUT' : 'PROVIDER_FAILED', {
    detail,
    ...(retryAfter !== undefined && { retryAfter }),
  });
}
