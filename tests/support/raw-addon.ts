import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface RawAddon {
  readonly manifestUrl: string;
  close(): Promise<void>;
}

/**
 * An add-on on loopback that answers questions for streams however badly it is told.
 * @param answer leaving the response open hangs
 */
export async function startRawAddon(
  name: string,
  answer: (response: ServerResponse) => void,
): Promise<RawAddon> {
  const manifest = JSON.stringify({
    ...{ id: `org.example.${name}`, name, version: '1.0.0', description: name },
    ...{ resources: ['stream'], types: ['movie'], idPrefixes: ['tt'], catalogs: [] },
  });
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    if (request.url === '/manifest.json') response.end(manifest);
    else answer(response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    manifestUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/manifest.json`,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** What such an add-on says of these streams. */
export const answerWith = (response: ServerResponse, streams: readonly object[]): void =>
  void response.end(JSON.stringify({ streams }));
