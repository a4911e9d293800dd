import { systemErrorCode } from '../common/system-error.js';
import { ProbeFailed } from './media-probe.js';

/** Any error of a reader as the port's one error: the system's by code, the rest as damage to the file. */
export function asProbeFailed(error: unknown): ProbeFailed {
  if (error instanceof ProbeFailed) return error;
  const code = systemErrorCode(error);
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return new ProbeFailed('not-found', 'The file is not there.', { cause: error });
  if (typeof code === 'string' && /^E[A-Z0-9]+$/.test(code)) {
    return new ProbeFailed('unreadable', `The file cannot be read (${code}).`, { cause: error });
  }
  return new ProbeFailed('damaged', 'The headers of the file contradict each other.', { cause: error });
}
