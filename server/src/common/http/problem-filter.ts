import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import type { ProblemCode } from '@hearth/contract/problem';
import type { FastifyReply } from 'fastify';
import { type Logger } from '../log/logger.js';
import { ProblemError } from '../problem-error.js';

const codeByStatus = new Map<number, ProblemCode>([
  [400, 'MALFORMED_REQUEST'],
  [401, 'UNAUTHENTICATED'],
  [403, 'FORBIDDEN'],
  [404, 'NOT_FOUND'],
  [405, 'METHOD_NOT_ALLOWED'],
  [413, 'PAYLOAD_TOO_LARGE'],
  [414, 'MALFORMED_REQUEST'],
  [415, 'UNSUPPORTED_MEDIA_TYPE'],
  [429, 'RATE_LIMITED'],
  [503, 'UNAVAILABLE'],
]);

/** Status of an error made by Nest, Fastify or its body parser; undefined for anything else. */
function statusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
  return typeof status === 'number' ? status : undefined;
}

/** Whatever was thrown, as the problem the caller is told. */
export function toProblemError(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  const status = statusOf(error);
  const code =
    status === undefined
      ? undefined
      : (codeByStatus.get(status) ?? (status < 500 ? 'MALFORMED_REQUEST' : undefined));
  return new ProblemError(code ?? 'INTERNAL');
}

/** Answers with a problem (RFC 9457). */
export function sendProblem(reply: FastifyReply, problem: ProblemError): FastifyReply {
  const { retryAfter } = problem.extras;
  if (retryAfter) void reply.header('Retry-After', Math.ceil(retryAfter));
  return reply.status(problem.status).type('application/problem+json').send(problem.toProblem());
}

/** Answers every error as `application/problem+json`; our own bugs are logged loudly and told vaguely. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const problem = toProblemError(error);
    if (problem.code === 'INTERNAL') this.logger.error('Unhandled error in a request', { error });
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    if (reply.raw.headersSent) {
      reply.raw.destroy();
      return;
    }
    sendProblem(reply, problem);
  }
}
