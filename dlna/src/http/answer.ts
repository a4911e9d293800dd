import type { ServerResponse } from 'node:http';

export type Headers = Readonly<Record<string, string | number>>;

export const XML_TYPE = 'text/xml; charset="utf-8"';

/**
 * A whole answer with its length. HEAD gets the same headers.
 * @param body text is UTF-8
 */
export function answer(
  response: ServerResponse,
  status: number,
  headers: Headers = {},
  body: Uint8Array | string = '',
): void {
  const bytes = typeof body === 'string' ? Buffer.from(body, 'utf8') : body;
  response.writeHead(status, { ...headers, 'Content-Length': bytes.byteLength });
  response.end(bytes);
}

/** A refusal in words, after which the connection ends: whoever errs once may have left half a request behind. */
export function refuse(response: ServerResponse, status: number, why: string, headers: Headers = {}): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const all = { ...headers, 'Content-Type': 'text/plain; charset="utf-8"', Connection: 'close' };
  answer(response, status, all, `${why}\n`);
}
