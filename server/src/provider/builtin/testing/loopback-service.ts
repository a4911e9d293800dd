import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ProviderConfig } from '@hearth/contract/provider-manifest';
import { guardedFetch } from '../../../common/fetch/guarded-fetch.js';
import type { ProviderCall } from '../../provider.js';

/** What is answered; text is sent as it is, a status without a body. */
type Answer = unknown;

export interface Seen {
  readonly method: string;
  /** Path and parameters. */
  readonly url: URL;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export interface LoopbackService {
  readonly base: string;
  /** By path; a path that is not in it is 404. */
  answers: Record<string, Answer>;
  readonly seen: Seen[];
  call(config?: ProviderConfig): ProviderCall;
  close(): Promise<void>;
}

/** A service on loopback that answers as a test says, reached as providers reach theirs. */
export async function startLoopbackService(): Promise<LoopbackService> {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://service');
    void request.toArray().then((chunks) => {
      const body = Buffer.concat(chunks as Buffer[]).toString();
      service.seen.push({ method: request.method ?? '', url, headers: request.headers, body });
      const answer = service.answers[url.pathname];
      if (typeof answer === 'number' || answer === undefined)
        return void response.writeHead(answer ?? 404).end();
      response.setHeader('content-type', 'application/json');
      response.end(typeof answer === 'string' ? answer : JSON.stringify(answer));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const service: LoopbackService = {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answers: {},
    seen: [],
    call: (config = {}) => ({
      config,
      signal: new AbortController().signal,
      keep: () => undefined,
      fetch: (url, { maxBytes = 1024 ** 2, ...request } = {}) =>
        guardedFetch(url, { ...request, maxBytes, timeoutMs: 60_000, allowPrivateHosts: ['127.0.0.1'] }),
    }),
    async close() {
      server.close();
      await once(server, 'close');
    },
  };
  return service;
}

/** Ways in which any JSON answer may be wrong. */
export const brokenAnswers: readonly (readonly [how: string, answer: Answer])[] = [
  ['no JSON', '<html>Gateway</html>'],
  ['cut off', '{"response": {"docs": ['],
  ['null', 'null'],
  ['a list of lists', '[[[]]]'],
  ['another object', { error: { message: 'no' } }],
  ['trouble', 503],
];
