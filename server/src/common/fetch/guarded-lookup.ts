import { type LookupAddress, promises as dns } from 'node:dns';
import { isIP, isIPv6 } from 'node:net';
import { isPublicAddress } from './address-rules.js';
import { type Egress, isHeld, localAddress } from './egress.js';
import { FetchRefused } from './fetch-refused.js';
import { hostVerdict } from './host-rules.js';

/** Asks for all addresses of a name. */
export type Resolve = (hostname: string, egress: Egress) => Promise<readonly LookupAddress[]>;

/**
 * Asks once for all who want to know the same at the same time: a hundred torrents have the same trackers, and each
 * question that a name server leaves open keeps a socket.
 */
export function askedOnce(resolve: Resolve): Resolve {
  const open = new Map<string, ReturnType<Resolve>>();
  return (hostname, egress) => {
    const key = JSON.stringify([hostname, egress.localAddresses]);
    const answer = open.get(key) ?? resolve(hostname, egress).finally(() => open.delete(key));
    open.set(key, answer);
    return answer;
  };
}

/** The system's resolver; with a bound interface name servers are asked from its address, `hosts` is not read. */
export const systemResolve = askedOnce(async (hostname, egress) => {
  if (egress.localAddresses === null) return dns.lookup(hostname, { all: true });
  const resolver = new dns.Resolver({ timeout: 5000, tries: 2 });
  resolver.setServers(askable(resolver.getServers(), egress));
  resolver.setLocalAddress(localAddress(egress, 4) ?? '0.0.0.0', localAddress(egress, 6) ?? '::');
  const answers = await Promise.allSettled([resolver.resolve4(hostname), resolver.resolve6(hostname)]);
  return answers.flatMap((answer, index) =>
    answer.status === 'fulfilled'
      ? answer.value.map((address) => ({ address, family: index === 0 ? 4 : 6 }))
      : [],
  );
});

/**
 * Name servers of a family that is bound: the others would be asked by whatever way the system chooses.
 * @param servers as `dns.getServers` has them @throws FetchRefused where there is none
 */
export function askable(servers: readonly string[], egress: Egress): string[] {
  const familyOf = (server: string): 4 | 6 => (server.startsWith('[') || isIPv6(server) ? 6 : 4);
  const found = servers.filter((server) => localAddress(egress, familyOf(server)) !== null);
  if (found.length === 0)
    throw new FetchRefused('unreachable', 'No name server can be asked from the network interface.');
  return found;
}

export interface LookupRules {
  readonly egress: Egress;
  /** Whether this host may have any address. */
  readonly allowPrivate: boolean;
  readonly resolve?: Resolve;
}

/**
 * The addresses of a host that may be connected to, those of the way out only. One forbidden address among them forbids
 * the host: names that answer with both are made to be resolved twice (DNS rebinding).
 * @param hostname as `URL.hostname` has it
 * @throws FetchRefused
 */
export async function checkedAddresses(hostname: string, rules: LookupRules): Promise<LookupAddress[]> {
  if (isHeld(rules.egress)) throw held();
  const verdict = hostVerdict(hostname);
  if (verdict === 'malformed') throw new FetchRefused('bad-url', 'This address has no host.');
  const host = hostname.replace(/^\[(.*)\]$/u, '$1');
  if (!rules.allowPrivate && verdict !== 'name' && verdict !== 'public-address') throw refusedAddress();
  const found = isIP(host) === 0 ? await resolved(host, rules) : [{ address: host, family: isIP(host) }];
  if (!rules.allowPrivate && !found.every(({ address }) => isPublicAddress(address))) throw refusedAddress();
  const reachable = found.filter(({ family }) => localAddress(rules.egress, family === 6 ? 6 : 4) !== null);
  if (reachable.length === 0)
    throw new FetchRefused('unreachable', 'This host has no address that can be reached.');
  return reachable;
}

async function resolved(host: string, rules: LookupRules): Promise<readonly LookupAddress[]> {
  const found = await (rules.resolve ?? systemResolve)(host, rules.egress).catch((error: unknown) => {
    if (error instanceof FetchRefused) throw error;
    return [];
  });
  if (found.length === 0) throw new FetchRefused('not-found', 'No host has this name.');
  return found;
}

export const held = (): FetchRefused => new FetchRefused('held', 'The network interface is away.');
const refusedAddress = (): FetchRefused =>
  new FetchRefused(
    'refused-address',
    'This address lies in a private network, where nothing is fetched from.',
  );
