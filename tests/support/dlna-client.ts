import { type IncomingHttpHeaders, request } from 'node:http';
import { type DidlObject, readDidl } from '../../dlna/src/wire/didl.js';
import { readSoapReply, writeSoapRequest } from '../../dlna/src/wire/soap.js';
import type { Hearth } from './hearth.js';
import { waitFor } from './wait-for.js';

const contentDirectory = 'urn:schemas-upnp-org:service:ContentDirectory:1';

export interface DlnaAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

export interface DlnaList {
  objects: DidlObject[];
  returned: number;
  total: number;
  updateId: number;
}

/** What a server needs to serve televisions on the loopback interface, and to be heard by nobody else. */
export const dlnaOnLoopback = { DLNA_ENABLED: 'true', DLNA_PORT: '0', DLNA_INTERFACES: 'lo' };

/** The port that a server with `dlnaOnLoopback` serves televisions on, since its last start. */
export async function dlnaPort(hearth: Hearth): Promise<number> {
  return waitFor(() => {
    const told = hearth.log.flatMap((line) => /Televisions are served.*"port":(\d+)/.exec(line)?.[1] ?? []);
    return told.length > 0 && Number(told.at(-1));
  }, 'the media server to listen');
}

/** A television, as far as HTTP goes: one address of its own, one User-Agent. */
export class Television {
  /** @param address of its own: any of 127.0.0.0/8 */
  constructor(
    readonly port: number,
    readonly address = '127.0.0.1',
    readonly userAgent = 'Test/1.0 UPnP/1.0 Television/1.0',
  ) {}

  children(id: string, start = 0, count = 0, sort = ''): Promise<DlnaList> {
    return this.list('Browse', [
      ['ObjectID', id],
      ['BrowseFlag', 'BrowseDirectChildren'],
      ['Filter', '*'],
      ['StartingIndex', String(start)],
      ['RequestedCount', String(count)],
      ['SortCriteria', sort],
    ]);
  }

  async object(id: string): Promise<DidlObject> {
    const { objects, total, returned } = await this.list('Browse', [
      ['ObjectID', id],
      ['BrowseFlag', 'BrowseMetadata'],
      ['Filter', '*'],
      ['StartingIndex', '0'],
      ['RequestedCount', '0'],
      ['SortCriteria', ''],
    ]);
    const [object] = objects;
    if (!object || total !== 1 || returned !== 1) throw new Error(`${total} objects are ${id}`);
    return object;
  }

  search(criteria: string, id = '0', count = 0): Promise<DlnaList> {
    return this.list('Search', [
      ['ContainerID', id],
      ['SearchCriteria', criteria],
      ['Filter', '*'],
      ['StartingIndex', '0'],
      ['RequestedCount', String(count)],
      ['SortCriteria', ''],
    ]);
  }

  /** @throws UpnpFault */
  async call(
    action: string,
    args: readonly (readonly [string, string])[],
  ): Promise<ReadonlyMap<string, string>> {
    const { body } = await this.send('POST', '/ContentDirectory/control', {
      headers: {
        'content-type': 'text/xml; charset="utf-8"',
        soapaction: `"${contentDirectory}#${action}"`,
      },
      body: writeSoapRequest(contentDirectory, action, args),
    });
    return readSoapReply(body);
  }

  get(url: string, headers: Record<string, string> = {}): Promise<DlnaAnswer> {
    return this.send('GET', new URL(url, `http://127.0.0.1:${this.port}`).pathname + new URL(url, 'http://x').search, { headers }); // prettier-ignore
  }

  private async list(action: string, args: readonly (readonly [string, string])[]): Promise<DlnaList> {
    const reply = await this.call(action, args);
    return {
      objects: readDidl(reply.get('Result') ?? ''),
      returned: Number(reply.get('NumberReturned')),
      total: Number(reply.get('TotalMatches')),
      updateId: Number(reply.get('UpdateID')),
    };
  }

  private send(
    method: string,
    path: string,
    { headers = {}, body }: { headers?: Record<string, string>; body?: string },
  ): Promise<DlnaAnswer> {
    return new Promise((resolve, reject) => {
      const { port, address: localAddress, userAgent } = this;
      const options = { host: '127.0.0.1', port, localAddress, method, path };
      const call = request({ ...options, agent: false, headers: { 'user-agent': userAgent, ...headers } });
      call.once('error', reject);
      call.once('response', (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.once('error', reject);
        response.once('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks),
          }),
        );
      });
      call.end(body);
    });
  }
}

export const idOf = ({ attributes }: DidlObject): string => attributes['id'] ?? '';
export const textOf = ({ elements }: DidlObject, name: string): string | undefined =>
  elements.find((element) => element.name === name)?.text;
export const titleOf = (object: DidlObject): string => textOf(object, 'dc:title') ?? '';
