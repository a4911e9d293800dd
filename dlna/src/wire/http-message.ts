/** A datagram of SSDP: an HTTP message without a body. */
export interface HttpMessage {
  readonly startLine: string;
  /** Names in lower case, values trimmed; the first of each name counts. */
  readonly headers: ReadonlyMap<string, string>;
}

/** A datagram that is no HTTP message. */
export class HttpMessageError extends Error {}

/** Devices send a few hundred bytes; an Ethernet frame carries 1500. */
const longest = 8192;
const mostHeaders = 64;
const request = /^[A-Z-]{1,20} \S{1,200} HTTP\/1\.\d$/;
const status = /^HTTP\/1\.\d \d{3}(?: .*)?$/;

/**
 * Tolerant of LF or CR alone, of blanks around names and values, of folded lines, of lines that are no headers and of
 * bytes that are no UTF-8.
 * @throws HttpMessageError
 */
export function parseHttpMessage(datagram: Uint8Array): HttpMessage {
  if (datagram.length > longest) throw new HttpMessageError('longer than a datagram of SSDP');
  const lines = Buffer.from(datagram)
    .toString('utf8')
    .split(/\r\n|\n|\r/);
  const first = lines.findIndex((line) => line.trim() !== '');
  const startLine = (lines[first] ?? '').trim().replace(/\s+/g, ' ');
  if (!request.test(startLine) && !status.test(startLine)) throw new HttpMessageError('no start line');
  return { startLine, headers: headersOf(lines.slice(first + 1)) };
}

function headersOf(lines: readonly string[]): ReadonlyMap<string, string> {
  const headers = new Map<string, string>();
  let last: string | undefined;
  for (const line of lines) {
    if (line.trim() === '') break;
    if (/^[ \t]/.test(line) && last !== undefined) {
      headers.set(last, `${headers.get(last) ?? ''} ${line.trim()}`.trim());
      continue;
    }
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(colon, 0)).trim().toLowerCase();
    last = undefined;
    if (!/^[!-9;-~]+$/.test(name) || headers.has(name)) continue;
    if (headers.size >= mostHeaders) throw new HttpMessageError('more headers than anybody sends');
    headers.set(name, line.slice(colon + 1).trim());
    last = name;
  }
  return headers;
}

/** CRLF, `Name: value` (`EXT:` where it is empty), and an empty line at the end. A value can't break out of its line. */
export function writeHttpMessage(startLine: string, headers: readonly (readonly [string, string])[]): string {
  const lines = headers.map(([name, value]) => `${name}: ${oneLine(value)}`.trimEnd());
  return [startLine, ...lines, '', ''].join('\r\n');
}

/** Control characters are blanks. */
function oneLine(value: string): string {
  return value.replace(/[\u0000-\u001f\u007f]+/g, ' ');
}
