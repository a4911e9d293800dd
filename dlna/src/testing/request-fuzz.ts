import { connect } from 'node:net';
import { mutated, randomFrom } from './mutation.js';
import { parseAnswer, type RawAnswer } from './raw-http.js';
import { soapCall } from './served.js';

const CALLBACK_PORT = 9; // discard
const services = ['ContentDirectory', 'ConnectionManager', 'X_MS_MediaReceiverRegistrar'];

const calls: readonly string[] = [
  soapCall('ContentDirectory', 'Browse', {
    ObjectID: '0',
    BrowseFlag: 'BrowseDirectChildren',
    Filter: 'dc:title,res@size,upnp:albumArtURI',
    StartingIndex: '0',
    RequestedCount: '20',
    SortCriteria: '+dc:title,-dc:date',
  }),
  soapCall('ContentDirectory', 'Search', {
    ContainerID: 'V',
    SearchCriteria:
      'upnp:class derivedfrom "object.item" and (dc:title contains "a\\"b" or @refID exists false)',
    RequestedCount: '20',
  }),
  soapCall('ContentDirectory', 'X_SetBookmark', {
    ...{ CategoryType: '1', RID: '2', ObjectID: 'f1', PosSecond: '77' },
  }),
  soapCall('ContentDirectory', 'X_GetFeatureList', {}),
  soapCall('ConnectionManager', 'GetCurrentConnectionInfo', { ConnectionID: '0' }),
  soapCall('X_MS_MediaReceiverRegistrar', 'RegisterDevice', { RegistrationReqMsg: 'AAAA' }),
];

const heads: readonly string[] = [
  'GET /description.xml HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: SEC_HHP_[TV] UE40ES6300/1.0\r\n',
  'GET /media/film.mkv HTTP/1.1\r\nRange: bytes=100-199\r\ntransferMode.dlna.org: Streaming\r\ngetcontentFeatures.dlna.org: 1\r\n',
  'HEAD /media/film.mkv HTTP/1.1\r\nRange: bytes=-5\r\ngetMediaInfo.sec: 1\r\ngetCaptionInfo.sec: 1\r\n',
  'GET /media/tv.ts HTTP/1.1\r\nTimeSeekRange.dlna.org: npt=0:00:05.5-\r\nUser-Agent: LG WebOSTV/1.0\r\n',
  'GET /media/tv.ts HTTP/1.1\r\nRange: bytes=376-\r\nUser-Agent: Kodi/20.1\r\nPlaySpeed.dlna.org: speed=1\r\n',
  'GET /art/cover.jpg?size=sm HTTP/1.0\r\ntransferMode.dlna.org: Interactive\r\n',
  'GET /subtitle/words.srt HTTP/1.1\r\nIf-Range: "x"\r\n',
  'GET /ContentDirectory/scpd.xml HTTP/1.1\r\nX-AV-Client-Info: av=5.0; mn="BRAVIA KDL-40W605B"\r\n',
  `SUBSCRIBE /ContentDirectory/events HTTP/1.1\r\nNT: upnp:event\r\nCALLBACK: <http://127.0.0.1:${CALLBACK_PORT}/x>\r\nTIMEOUT: Second-300\r\n`,
  'SUBSCRIBE /ConnectionManager/events HTTP/1.1\r\nSID: uuid:00000000-0000-0000-0000-000000000000\r\nTIMEOUT: Second-infinite\r\n',
  'UNSUBSCRIBE /ContentDirectory/events HTTP/1.1\r\nSID: uuid:00000000-0000-0000-0000-000000000000\r\n',
];

const pieces: readonly string[] = [
  ...[
    '\0',
    '\r\n',
    '\n',
    ':',
    '"',
    "'",
    '<',
    '>',
    '&',
    ']]>',
    '<![CDATA[',
    '<!DOCTYPE x [',
    '<!ENTITY a "b">',
    '&#0;',
  ],
  ...[
    '&a;',
    '%00',
    '../',
    '-1',
    '99999999999999999999',
    '1e9',
    'NaN',
    'bytes=',
    '-',
    ',',
    '(',
    ')',
    ' and ',
    '\\',
  ],
  ...[
    '*',
    '\ud800',
    'é',
    '中',
    'xmlns:x="y"',
    '<a>',
    '</a>',
    '/>',
    '<?xml?>',
    '$',
    '#',
    '?',
    'http://10.0.0.1/',
  ],
  ...[
    'Transfer-Encoding: chunked\r\n',
    'Content-Length: 5\r\n',
    'Expect: 100-continue\r\n',
    'Upgrade: h2c\r\n',
  ],
];

/** No event may leave for a port that is not ours to knock at, whatever a mutation made of it. */
const harmless = (request: string): string => request.replace(/(127\.0\.0\.1):\d+/g, `$1:${CALLBACK_PORT}`);

const oneOf = (texts: readonly string[], random: () => number): string =>
  texts[Math.floor(random() * texts.length)] ?? '';

/** Whole in form, with one value gone wrong: an argument's, or a header's. This is what reaches the actions. */
function bent(text: string, value: RegExp, escape: (text: string) => string, random: () => number): string {
  const values = [...text.matchAll(value)];
  const chosen = values[Math.floor(random() * values.length)];
  if (!chosen) return text;
  const [whole, before = '', old = ''] = chosen;
  const changed = escape(random() < 0.3 ? oneOf(pieces, random) : mutated([old], pieces, random));
  const at = chosen.index + before.length;
  return text.slice(0, at) + changed + text.slice(chosen.index + whole.length);
}

const bentCall = (random: () => number): string =>
  bent(
    oneOf(calls, random),
    /(<[A-Z]\w+>)([^<]*)/g,
    (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;'),
    random,
  );
const bentHead = (random: () => number): string =>
  bent(oneOf(heads, random), /(\r\n[\w.-]+: )([^\r]*)/g, (text) => text.replaceAll(/[\r\n]/g, ' '), random);

/** One request, more or less broken. */
function requestFrom(random: () => number): Buffer {
  const soap = random() < 0.5;
  const service = random() < 0.7 ? 'ContentDirectory' : oneOf(services, random);
  const post = `POST /${service}/control HTTP/1.1\r\nContent-Type: text/xml\r\n`;
  const isBent = random() < 0.6;
  const whole = soap ? (isBent || random() < 0.8 ? post : mutated([post], pieces, random)) : '';
  const head = whole || (isBent ? bentHead(random) : mutated(heads, pieces, random));
  const call = isBent ? bentCall(random) : mutated(calls, pieces, random);
  const body = Buffer.from(soap ? call : '', 'utf8');
  const length = soap
    ? `Content-Length: ${random() < 0.97 ? body.length : Math.floor(random() * 1e5)}\r\n`
    : '';
  return Buffer.concat([Buffer.from(harmless(`${head}Connection: close\r\n${length}\r\n`), 'utf8'), body]);
}

/** What came back within a second: nothing, too, where half a request was sent. */
function exchangeQuickly(port: number, request: Buffer): Promise<RawAnswer> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const socket = connect(port, '127.0.0.1', () => socket.write(request));
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.on('error', () => undefined);
    socket.setTimeout(1000, () => socket.destroy());
    socket.once('close', () => resolve(parseAnswer(Buffer.concat(chunks))));
  });
}

/** Why an answer must not be: any 5xx but the fault of an action. */
function wrongWith({ status, body }: RawAnswer): string | undefined {
  if (status < 500) return undefined;
  if (status === 500 && /<s:Fault>.*<errorCode>(?!501)\d{3}<\/errorCode>/s.test(body.toString()))
    return undefined;
  return `${status}: ${body.toString().slice(0, 300)}`;
}

export interface FuzzResult {
  readonly runs: number;
  readonly byStatus: Readonly<Record<string, number>>;
  /** Requests with answers that must not be. */
  readonly faults: readonly string[];
}

/** Sends broken requests of every kind, several at a time. @param seed the same one sends the same requests */
export async function fuzz(port: number, runs: number, seed: number, atOnce = 16): Promise<FuzzResult> {
  const random = randomFrom(seed);
  const byStatus: Record<string, number> = {};
  const faults: string[] = [];
  let left = runs;
  const worker = async (): Promise<void> => {
    while (left-- > 0) {
      const request = requestFrom(random);
      const answer = await exchangeQuickly(port, request);
      byStatus[answer.status] = (byStatus[answer.status] ?? 0) + 1;
      const wrong = wrongWith(answer);
      if (wrong) faults.push(`${wrong} ← ${request.toString('latin1').slice(0, 2000)}`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return { runs, byStatus, faults: faults.slice(0, 5) };
}
