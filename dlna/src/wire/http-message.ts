/** A datagram of SSDP: an HTTP message without a body. */
export interface HttpMessage {
  readonly startLine: string;
  /** Names in lower case, values trimmed; the first of each name counts. */
  readonly headers: ReadonlyMap<string, string>;
}

/** A datagram that is no HTTP message. */
export class HttpMessageError extends Error {}

/** Tolerant of LF alone, of blanks around names, and of bytes that are no UTF-8. @throws HttpMessageError */
export function parseHttpMessage(datagram: Buffer): HttpMessage {
  throw new HttpMessageError(`not written yet ${datagram.length}`);
}

/** CRLF, `Name: value`, and an empty line at the end. */
export function writeHttpMessage(startLine: string, headers: readonly (readonly [string, string])[]): string {
  return `not written yet ${startLine} ${headers.length}`;
}
