import { type LookupAddress, promises as dns } from 'node:dns';
import { isIP } from 'node:net';
import { isPublicAddress } from './address-rules.js';
import { type Egress, isHeld, localAddress } from './egress.js';
import { FetchRefused } from './fetch-refused.js';
import { hostVerdict } from './host-rules.js';

/** Asks for all addresses of a name. */
export type Resolve = (hostname: string, egress: Egress) => Promise<readonly LookupAddress[]>;

/** The system's resolver; with a bound interface name servers are asked from its address, `hosts` is not read. */
export const systemResolve: Resolve = async (hostname, egress) => {
  if (egress.localAddresses === null) return dns.lookup(hostname, { all: true });
  const resolver = new dns.Resolver({ timeout: 5000, tries: 2 });
  resolver.setLocalAddress(localAddress(egress, 4) ?? '0.0.0.0', localAddress(egress, 6) ?? '::');
  const answers = await Promise.allSettled([resolver.resolve4(hostname), resolver.resolve6(hostname)]);
  return answers.flatMap((answer, index) =>
    answer.status === 'fulfilled'
      ? answer.value.map((address) => ({ address, family: index === 0 ? 4 : 6 }))
      : [],
  );
};

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
  const found = await (rules.resolve ?? systemResolve)(host, rules.egress).catch(() => []);
  if (found.length === 0) throw new FetchRefused('not-found', 'No host has this name.');
  return found;
}

export const held = (): FetchRefused => new FetchRefused('held', 'The network interface is away.');
const refusedAddress = (): FetchRefused =>
  new FetchRefused(
    'refused-address',
    'This address lies in a private network, where nothing is fetched from.',
  );
