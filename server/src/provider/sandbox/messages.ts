import { z } from 'zod';
import { mostLineLength } from './limits.js';

/*
 * What the server and a provider's process say to each other, a line of JSON each: the end of a pipe, not Node's channel,
 * as what comes out of a sandbox is bounded before it is parsed. What a provider says itself travels as text inside.
 */

const id = z.int().min(1);
const text = (longest: number) => z.string().max(longest);

export const verb = z.enum(['catalog', 'title', 'sources', 'subtitles']);
export type Verb = z.infer<typeof verb>;

const limits = z.object({
  stackBytes: z.int().positive(),
  memoryPages: z.int().positive(),
  turnMs: z.number().positive(),
  answerLength: z.int().positive(),
  answerValues: z.int().positive(),
  requests: z.int().min(0),
  consoleLines: z.int().min(0),
});

const response = z.object({
  status: z.int(),
  url: z.string(),
  contentType: z.string().nullable(),
  /** Base64 */
  body: z.string(),
});
export type GuestResponse = z.infer<typeof response>;

/** Server → process. `load` comes first, once. */
export const serverMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('load'), source: z.string(), limits }),
  /** `question` and `config` are JSON. */
  z.object({ type: z.literal('ask'), id, verb, question: z.string(), config: z.string() }),
  z.object({ type: z.literal('fetched'), request: id, response }),
  z.object({ type: z.literal('unfetched'), request: id, message: z.string() }),
  /** Nobody waits for the answer any more. */
  z.object({ type: z.literal('drop'), id }),
  z.object({ type: z.literal('ping') }),
]);
export type ServerMessage = z.infer<typeof serverMessage>;

/** What a provider asks its one way out for; pairs, as a name such as `__proto__` is only a name there. */
export const guestRequest = z.object({
  url: text(4000),
  accept: z.array(text(200)).max(20),
  headers: z.array(z.tuple([text(100), text(4000)])).max(30),
});
export type GuestRequest = z.infer<typeof guestRequest>;

/** Process → server. */
export const guestMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('pong') }),
  /** `value` is JSON that the provider made: nobody has looked at it. */
  z.object({ type: z.literal('answered'), id, value: z.string() }),
  /** It threw. */
  z.object({ type: z.literal('failed'), id, message: text(mostLineLength) }),
  guestRequest.extend({ type: z.literal('fetch'), id, request: id }),
  z.object({ type: z.literal('console'), line: text(mostLineLength) }),
  /** It went beyond what it may: the process ends by itself now. */
  z.object({ type: z.literal('condemned'), why: z.enum(['time', 'memory', 'load', 'crash']), message: text(mostLineLength) }),
]); // prettier-ignore
export type GuestMessage = z.infer<typeof guestMessage>;
