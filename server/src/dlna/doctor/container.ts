import { existsSync } from 'node:fs';
import { inBlock } from '@hearth/dlna/discovery/ipv4';
import type { LanInterface } from '@hearth/dlna/discovery/interfaces';

/** Whether this process lives in a container: Docker and Podman leave a file, systemd-nspawn and LXC a variable. */
export const inContainer = (): boolean =>
  existsSync('/.dockerenv') || existsSync('/run/.containerenv') || process.env['container'] !== undefined;

/** What Docker's and Podman's bridges give out if nobody says otherwise. */
const BRIDGES = [
  ['172.16.0.0', 12],
  ['10.88.0.0', 16],
] as const;

/** The interface of a container that has the bridge's network only; undefined where the host's interfaces are there. */
export function bridgeOnly(places: readonly LanInterface[]): LanInterface | undefined {
  const outward = places.filter(({ kind }) => kind !== 'loopback');
  const bridged = outward.every(
    ({ name, address }) =>
      /^eth\d+$/.test(name) && BRIDGES.some(([network, prefix]) => inBlock(address, network, prefix)),
  );
  return bridged ? outward[0] : undefined;
}
