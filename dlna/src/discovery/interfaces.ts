import type { NetworkInterfaceInfo } from 'node:os';
import { inBlock, isHomeAddress, isLinkLocal, sameNetwork } from './ipv4.js';

export type InterfaceKind = 'lan' | 'docker' | 'vpn' | 'link-local' | 'loopback' | 'other';

/** One IPv4 address of this machine, and whether the server shows itself there. */
export interface LanInterface {
  readonly name: string;
  readonly address: string;
  readonly netmask: string;
  readonly kind: InterfaceKind;
  readonly announced: boolean;
  /** Why it is or is not, in words. */
  readonly reason: string;
}

/** What Docker, Podman, Kubernetes and LXC call their bridges and ends. `br0`, `vmbr0` are bridges of the LAN (Unraid, Proxmox). */
const CONTAINER_NAMES =
  /^(docker|br-[0-9a-f]{12}|veth|cni|flannel|cali|podman|lxc|lxd|incusbr|kube|cbr|hassio|weave|antrea|cilium)/;
const VIRTUAL_MACHINE_NAMES = /^(virbr|vnet|vmnet|vboxnet)/;
const VPN_NAMES =
  /^(tun|tap|wg|tailscale|zt|ppp|utun|ipsec|nordlynx|proton|mullvad|wt\d|nebula|vti|gpd|cscotun|CloudflareWARP|ham\d|vpn|ovpn)/;

interface Verdict {
  readonly kind: InterfaceKind;
  /** Undefined: it is announced on. */
  readonly against?: string;
}

function judge(name: string, { address, netmask, internal }: NetworkInterfaceInfo): Verdict {
  if (internal || inBlock(address, '127.0.0.0', 8))
    return { kind: 'loopback', against: 'Only this machine is behind it.' };
  if (isLinkLocal(address))
    return {
      kind: 'link-local',
      against: 'It got no address from the router, and players trip over such ones.',
    };
  if (CONTAINER_NAMES.test(name))
    return { kind: 'docker', against: 'A network of containers on this machine; no television is in it.' };
  if (VIRTUAL_MACHINE_NAMES.test(name))
    return { kind: 'other', against: 'A network of virtual machines; no television is in it.' };
  // 100.64.0.0/10 is Tailscale's, too (RFC 6598).
  if (VPN_NAMES.test(name) || inBlock(address, '100.64.0.0', 10))
    return { kind: 'vpn', against: 'A VPN: televisions are not in it, and strangers may be.' };
  if (netmask === '255.255.255.255')
    return { kind: 'other', against: 'A network of one address: nobody else is in it.' };
  if (!isHomeAddress(address))
    return { kind: 'other', against: 'A public address: the whole internet is behind it.' };
  return { kind: 'lan' };
}

const named = (chosen: readonly string[], name: string, address: string): boolean =>
  chosen.some((word) => word === name || word === address);

function describe(
  name: string,
  info: NetworkInterfaceInfo,
  chosen: readonly string[] | undefined,
): LanInterface {
  const { kind, against } = judge(name, info);
  const facts = { name, address: info.address, netmask: info.netmask, kind };
  if (!chosen)
    return { ...facts, announced: against === undefined, reason: against ?? 'A network of the house.' };
  return named(chosen, name, info.address)
    ? { ...facts, announced: true, reason: 'DLNA_INTERFACES names it.' }
    : { ...facts, announced: false, reason: 'DLNA_INTERFACES names others.' };
}

/** Two voices in one network would be two servers to a television (dlna.md §1A: one right answer each). */
function once(found: readonly LanInterface[]): LanInterface[] {
  const speaking: LanInterface[] = [];
  return found.map((one) => {
    if (!one.announced) return one;
    const other = speaking.find(({ address, netmask }) => sameNetwork(address, one.address, netmask));
    if (!other) {
      speaking.push(one);
      return one;
    }
    const where = other.name === one.name ? other.address : `${other.name} (${other.address})`;
    return { ...one, announced: false, reason: `The same network as ${where}, which announces there.` };
  });
}

/**
 * Every IPv4 address of this machine, and whether the server announces itself from it: by default in the networks of
 * the house, not to containers, VPNs, link-local and public addresses.
 * @param found as `os.networkInterfaces()` gives it
 * @param chosen names or addresses that override the default (`DLNA_INTERFACES`); undefined: none were chosen
 */
export function lanInterfaces(
  found: NodeJS.Dict<readonly NetworkInterfaceInfo[]>,
  chosen?: readonly string[],
): LanInterface[] {
  const all = Object.entries(found).flatMap(([name, infos = []]) =>
    infos.filter(({ family }) => family === 'IPv4').map((info) => describe(name, info, chosen)),
  );
  return once(all);
}
