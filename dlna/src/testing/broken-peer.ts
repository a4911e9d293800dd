import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** A request as it came over the wire. */
export interface RawRequest {
  readonly method: string;
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** The bytes of an answer; undefined: none, ever. Parts with pauses where it writes itself. */
export type RawAnswer = string | Buffer | undefined | ((socket: Socket) => void);

/** A device written by hand, with whatever faults a spec wants. Every connection is one request, as with libupnp. */
export class BrokenPeer {
  readonly requests: RawRequest[] = [];
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  /** @param answer what is said to a request */
  static async start(answer: (request: RawRequest, peer: BrokenPeer) => RawAnswer): Promise<BrokenPeer> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const peer = new BrokenPeer(server, (server.address() as AddressInfo).port);
    server.on('connection', (socket) => peer.serve(socket, answer));
    return peer;
  }

  url(path = '/description.xml'): URL {
    return new URL(path, `http://127.0.0.1:${this.port}`);
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }

  private serve(socket: Socket, answer: (request: RawRequest, peer: BrokenPeer) => RawAnswer): void {
    this.sockets.add(socket);
    socket.on('close', () => this.sockets.delete(socket)).on('error', () => undefined);
    let received = Buffer.alloc(0);
    socket.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      const request = parse(received);
      if (!request) return;
      this.requests.push(request);
      const reply = answer(request, this);
      if (typeof reply === 'function') reply(socket);
      else if (reply !== undefined) socket.end(reply);
    });
  }
}

function parse(bytes: Buffer): RawRequest | undefined {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const [first = '', ...lines] = bytes.subarray(0, end).toString('latin1').split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
  const body = bytes.subarray(end + 4);
  if (body.length < Number(headers['content-length'] ?? 0)) return undefined;
  const [method = '', path = ''] = first.split(' ');
  return { method, path, headers, body };
}

/** An answer with the right length. */
export const http = (status: number, body: string, headers: Record<string, string> = {}): string =>
  [
    `HTTP/1.1 ${status} Whatever`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    '',
    body,
  ].join('\r\n');

export const soap = (inside: string, status = 200): string =>
  http(
    status,
    `<?xml version="1.0"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>${inside}</s:Body></s:Envelope>`,
  );

/** A renderer's description; `services` and `more` as XML. */
export const description = (
  services = service('AVTransport') + service('RenderingControl') + service('ConnectionManager'),
  more = '',
): string => `<?xml version="1.0"?>
<root xmlns="urn:schemas-upnp-org:device-1-0"><specVersion><major>1</major><minor>0</minor></specVersion>${more}
<device><deviceType>urn:schemas-upnp-org:device:MediaRenderer:1</deviceType><friendlyName>Peer</friendlyName>
<manufacturer>Hand</manufacturer><modelName>Made</modelName><UDN>uuid:Broken-Peer</UDN>
<serviceList>${services}</serviceList></device></root>`;

export const service = (
  name: string,
  {
    version = 1,
    control = `/${name}/control`,
    events = `/${name}/events`,
    scpd = `/${name}/scpd.xml`,
  }: { version?: number; control?: string; events?: string; scpd?: string } = {},
): string =>
  `<service><serviceType>urn:schemas-upnp-org:service:${name}:${version}</serviceType>` +
  `<serviceId>urn:upnp-org:serviceId:${name}</serviceId><SCPDURL>${scpd}</SCPDURL>` +
  `<controlURL>${control}</controlURL><eventSubURL>${events}</eventSubURL></service>`;

/** A SCPD with these actions: `Play(InstanceID,Speed)`; `variables` as XML. */
export const scpd = (actions: readonly string[], variables = ''): string =>
  `<?xml version="1.0"?><scpd xmlns="urn:schemas-upnp-org:service-1-0"><actionList>${actions
    .map((action) => {
      const [, name = action, args = ''] = /^(\w+)\((.*)\)$/.exec(action) ?? [];
      const list = args
        .split(',')
        .filter(Boolean)
        .map((arg) => `<argument><name>${arg}</name><direction>in</direction></argument>`);
      return `<action><name>${name}</name><argumentList>${list.join('')}</argumentList></action>`;
    })
    .join('')}</actionList><serviceStateTable>${variables}</serviceStateTable></scpd>`;
