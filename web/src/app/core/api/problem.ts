import { HttpErrorResponse } from '@angular/common/http';
import { problemSchema, type ProblemCode } from '@hearth/contract/problem';

/** `NETWORK`: the server could not be reached. `CONTRACT`: it answered in a shape this version does not know. */
export type FaultCode = ProblemCode | 'NETWORK' | 'CONTRACT';

/** Every failed call ends as one of these; `code` is what programs look at, `detail` what people may read. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';

  constructor(
    readonly code: FaultCode | (string & {}),
    readonly status: number,
    readonly detail: string,
    readonly errors: readonly { path: string; message: string }[] = [],
    /** Seconds to wait before trying again. */
    readonly retryAfter?: number,
    /** What was asked, for the details fold. */
    readonly request = '',
  ) {
    super(detail || code);
  }
}

/** Turns whatever a call failed with into an `ApiProblem`. */
export function toProblem(error: unknown, request = ''): ApiProblem {
  if (error instanceof ApiProblem) return error;
  if (!(error instanceof HttpErrorResponse)) {
    const detail = error instanceof Error ? error.message : String(error);
    return new ApiProblem('CONTRACT', 0, detail, [], undefined, request);
  }
  const asked = request || (error.url ?? '');
  if (error.status === 0) return new ApiProblem('NETWORK', 0, '', [], undefined, asked);
  const problem = problemSchema.safeParse(error.error);
  if (!problem.success) return new ApiProblem(codeOf(error.status), error.status, '', [], undefined, asked);
  const { code, status, detail, title, errors, retryAfter } = problem.data;
  return new ApiProblem(code, status, detail ?? title, errors, retryAfter, asked);
}

/** A gateway in front of the server answers without our problem body. */
function codeOf(status: number): FaultCode {
  if (status === 401) return 'UNAUTHENTICATED';
  if (status === 403) return 'FORBIDDEN';
  if (status === 404) return 'NOT_FOUND';
  return status >= 502 && status <= 504 ? 'UNAVAILABLE' : 'INTERNAL';
}
