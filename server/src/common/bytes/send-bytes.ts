import type { FastifyReply, FastifyRequest } from 'fastify';
import { ProblemError } from '../problem-error.js';
import { type AnswerHeaders, answerBytes } from './answer-bytes.js';
import type { ByteSource } from './byte-source.js';

/** Takes the response out of Fastify's hands, with the headers it was going to send. */
function begin(reply: FastifyReply, status: number, headers: AnswerHeaders): void {
  for (const [name, value] of Object.entries(reply.getHeaders())) {
    if (value !== undefined) reply.raw.setHeader(name, value);
  }
  void reply.hijack();
  reply.raw.writeHead(status, headers);
}

/**
 * Answers GET and HEAD for a byte source as `answerBytes` does, with the headers that Fastify was going to send.
 * @param type media type of the whole
 * @throws ProblemError RANGE_NOT_SATISFIABLE before anything was sent
 */
export async function sendBytes(
  { raw: request }: FastifyRequest,
  reply: FastifyReply,
  source: ByteSource,
  type: string,
): Promise<void> {
  try {
    await answerBytes(request, reply.raw, source, type, (status, headers) => begin(reply, status, headers));
  } catch (error) {
    if (error instanceof ProblemError) void reply.header('Content-Range', `bytes */${source.size}`);
    throw error;
  }
}
