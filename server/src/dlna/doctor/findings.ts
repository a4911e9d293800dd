import type { DoctorReport } from '@hearth/contract/device';
import type { InterfaceState } from '@hearth/dlna/discovery/advertiser';
import type { SeenSearch } from '@hearth/dlna/discovery/search-log';
import type { ProfileFault } from '@hearth/dlna/profiles/profile-files';
import { basename } from 'node:path';
import { bridgeOnly } from './container.js';

export type Finding = DoctorReport['findings'][number];

/** Everything the doctor looks at. */
export interface Symptoms {
  readonly enabled: boolean;
  /** Why the server for televisions does not run; undefined if it does. */
  readonly serverTrouble: string | undefined;
  /** `DLNA_PORT`, and the one that was had; undefined while nothing is served. */
  readonly wantedPort: number;
  readonly port: number | undefined;
  readonly inContainer: boolean;
  /** `DLNA_INTERFACES`. */
  readonly chosen: readonly string[] | undefined;
  readonly interfaces: readonly InterfaceState[];
  /** Other programs on UDP 1900; `?`: one that can't be seen. */
  readonly portOwners: readonly string[];
  readonly searches: readonly SeenSearch[];
  /** Device profiles that can't be used. */
  readonly profileFaults: readonly ProfileFault[];
  /** How long it has been announcing, ms. */
  readonly runningFor: number;
}

type Rule = (symptoms: Symptoms) => readonly Finding[];

const problem = (code: string, message: string, remedy: string): Finding[] => [
  { severity: 'problem', code, message, remedy },
];
const warning = (code: string, message: string, remedy: string): Finding[] => [
  { severity: 'warning', code, message, remedy },
];

const list = (words: readonly string[]): string => words.join(', ');
const placeOf = ({ name, address }: { name: string; address: string }): string => `${name} (${address})`;

const turnedOff: Rule = ({ enabled }) =>
  enabled
    ? []
    : problem('disabled', 'Televisions are turned off.', 'Set DLNA_ENABLED=true and start Hearth again.');

const serverDown: Rule = ({ enabled, serverTrouble }) =>
  enabled && serverTrouble !== undefined
    ? problem(
        'server-down',
        `The server for televisions does not run: ${serverTrouble}.`,
        'Set DLNA_PORT to a port that is free and start Hearth again.',
      )
    : [];

const otherPort: Rule = ({ enabled, wantedPort, port }) =>
  !enabled || port === undefined || wantedPort === 0 || port === wantedPort
    ? []
    : warning(
        'other-port',
        `Another program has port ${wantedPort}: televisions are served on port ${port}, until the next start.`,
        `Stop that program, or set DLNA_PORT to a free one; a firewall has to let it through.`,
      );

/** dlna.md §0.7: SSDP does not pass a container's bridge. */
const bridged: Rule = ({ inContainer, interfaces }) => {
  const place = inContainer ? bridgeOnly(interfaces) : undefined;
  if (!place) return [];
  return problem(
    'bridge-network',
    `Hearth runs in a container with a network of its own, ${placeOf(place)}: what televisions ask does not come through.`,
    'Give the container the host’s network: network_mode: host (docker run --network host).',
  );
};

const nowhere: Rule = ({ enabled, chosen, interfaces }) => {
  if (!enabled || interfaces.some(({ announced }) => announced)) return [];
  const here = interfaces.filter(({ kind }) => kind !== 'loopback');
  if (here.length === 0)
    return problem(
      'no-network',
      'This machine has no network address.',
      'Connect it to the network of the house.',
    );
  const names = list(here.map(({ name }) => name));
  return chosen
    ? problem(
        'interface-missing',
        `DLNA_INTERFACES names ${list(chosen)}, and nothing here is called so.`,
        `Set DLNA_INTERFACES to one of ${names}, or to nothing.`,
      )
    : problem(
        'no-home-network',
        'None of this machine’s networks looks like that of a house.',
        `Set DLNA_INTERFACES to the one that the televisions are in: ${names}.`,
      );
};

const troubled: Rule = ({ interfaces, portOwners }) =>
  interfaces
    .filter(({ announced, trouble }) => announced && trouble !== undefined)
    .flatMap((place) => explainTrouble(place, place.trouble ?? '', portOwners));

function explainTrouble(place: InterfaceState, code: string, owners: readonly string[]): Finding[] {
  switch (code) {
    case 'EADDRINUSE': {
      const owner = owners.filter((name) => name !== '?').join(', ') || 'another program';
      return problem(
        'port-taken',
        `UDP port 1900 is held by ${owner}, which shares it with nobody.`,
        `Stop ${owner}; Hearth takes the port within half a minute.`,
      );
    }
    case 'EPERM':
    case 'EACCES':
      return problem(
        'firewall',
        `The system forbids to send on ${placeOf(place)} (${code}).`,
        'Let UDP port 1900 and multicast to 239.255.255.250 through the firewall.',
      );
    default:
      return problem(
        'cannot-send',
        `Nothing can be sent on ${placeOf(place)} (${code}).`,
        'See whether its cable or Wi-Fi is connected.',
      );
  }
}

/** A guest network or a second router, whose multicast somebody passes on: the films would not. */
const elsewhere: Rule = ({ searches }) => {
  const foreign = [
    ...new Set(searches.filter((search) => search.interface === '').map(({ address }) => address)),
  ];
  if (foreign.length === 0) return [];
  return warning(
    'other-network',
    `${list(foreign.slice(0, 3))} searched from a network that this machine is not in.`,
    'Put the television and this machine into the same network, not a guest network.',
  );
};

/** Long enough for any television that is turned on to have searched. */
const QUIET_MS = 30 * 60_000;

const unheard: Rule = ({ enabled, interfaces, searches, runningFor }) => {
  const speaking = interfaces.some(({ announced, trouble }) => announced && trouble === undefined);
  if (!enabled || !speaking || searches.length > 0 || runningFor < QUIET_MS) return [];
  return warning(
    'no-searches',
    `No device has searched in ${Math.floor(runningFor / 60_000)} minutes.`,
    'Let the router pass multicast between Wi-Fi and cable (“IGMP snooping”, “AP isolation”).',
  );
};

/** More than that is one mistake made often. */
const MOST_FAULTS = 10;
const LONGEST_FAULT = 400;

const faultyProfiles: Rule = ({ profileFaults }) =>
  profileFaults
    .slice(0, MOST_FAULTS)
    .flatMap(({ file, message }) =>
      warning(
        'profile-faulty',
        `The device profile ${basename(file)} cannot be used: ${message.slice(0, LONGEST_FAULT)}`,
        `Correct ${file}; it is read again within seconds.`,
      ),
    );

const RULES: readonly Rule[] = [
  turnedOff,
  serverDown,
  otherPort,
  bridged,
  nowhere,
  troubled,
  elsewhere,
  unheard,
  faultyProfiles,
];
const worst: readonly Finding['severity'][] = ['problem', 'warning', 'fine'];

/** What is wrong, worst first, each with the one thing to do; that all is fine if nothing is. */
export function findings(symptoms: Symptoms): Finding[] {
  const found = RULES.flatMap((rule) => rule(symptoms));
  const unique = found.filter(
    ({ code, message }, index) =>
      found.findIndex((other) => other.code === code && other.message === message) === index,
  );
  if (unique.length === 0) return [allFine(symptoms)];
  return unique.sort((a, b) => worst.indexOf(a.severity) - worst.indexOf(b.severity));
}

function allFine({ interfaces, searches }: Symptoms): Finding {
  const places = list(interfaces.filter(({ announced }) => announced).map(placeOf));
  const devices = new Set(searches.map(({ address }) => address)).size;
  const heard =
    devices === 0 ? 'nobody has searched yet' : `${devices} ${devices === 1 ? 'device' : 'devices'} searched`;
  return { severity: 'fine', code: 'announced', message: `Announced on ${places}; ${heard}.`, remedy: null };
}
