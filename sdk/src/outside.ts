import type { ProviderManifest } from '@hearth/contract/provider-manifest';
import { ProjectFault } from './project.js';
import type { FetchRequest } from './provider.js';

export type FetchText = (
  url: string,
  request: FetchRequest,
) => Promise<{ status: number; contentType: string; text: string }>;

const mostBytes = 2 * 1024 * 1024;

/** Asks hosts by the rules of Hearth, so that what works here works there. @throws ProjectFault */
export const fetchAsHearth =
  ({ network }: ProviderManifest): FetchText =>
  async (url, { accept = [], headers = {} }) => {
    const address = new URL(url);
    const hosts = network?.hosts ?? [];
    const isDeclared = hosts.some((host) =>
      host.startsWith('*.') ? address.host.endsWith(host.slice(1)) : address.host === host,
    );
    if (!isDeclared) throw new ProjectFault(`${address.host} is not in network.hosts of provider.json.`);
    if (address.protocol !== 'https:') throw new ProjectFault(`Hearth asks by https only, and not ${url}`);
    const fields = Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]);
    const response = await fetch(url, {
      headers: { 'user-agent': 'Hearth', accept: accept.join(', ') || '*/*', ...Object.fromEntries(fields) },
      signal: AbortSignal.timeout(8000),
    });
    const text = await response.text();
    if (text.length > mostBytes) throw new ProjectFault(`${url} answers with more than 2 MiB.`);
    return { status: response.status, contentType: response.headers.get('content-type') ?? '', text };
  };
