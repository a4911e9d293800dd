import { systemClock, type Clock } from '../clock.port.js';
import type { DeviceProfile, ProfileMatch } from './device-profile.js';
import {
  profilesStamp,
  readProfiles,
  type BookedProfile,
  type ProfileFault,
  type ReadProfiles,
} from './profile-files.js';

/** What a device tells of itself: in a request, or in its own description where it is a renderer. */
export interface DeviceFacts {
  /** Where one is given, what it told before is remembered. */
  readonly address?: string;
  readonly userAgent?: string;
  readonly clientInfo?: string;
  readonly friendlyName?: string;
  readonly manufacturer?: string;
  readonly modelName?: string;
}

type FactName = Exclude<keyof ProfileMatch, 'weak'>;

interface Recogniser {
  readonly booked: BookedProfile;
  readonly weak: boolean;
  readonly conditions: readonly (readonly [FactName, RegExp])[];
}

interface Recognised {
  readonly booked: BookedProfile;
  readonly weak: boolean;
}

interface Remembered extends Recognised {
  readonly until: number;
}

const FACTS: readonly FactName[] = ['userAgent', 'clientInfo', 'friendlyName', 'manufacturer', 'modelName'];
const MEMORY_MS = 3_600_000;
const MOST_REMEMBERED = 1000;
const RECHECK_MS = 5000;

function recognisersOf(profiles: ReadonlyMap<string, BookedProfile>): Recogniser[] {
  const recognisers = [...profiles.values()].flatMap((booked) =>
    booked.profile.match.map((match) => ({
      booked,
      weak: match.weak ?? false,
      conditions: FACTS.flatMap((fact) => {
        const pattern = match[fact];
        return pattern === undefined ? [] : [[fact, new RegExp(pattern, 'i')] as const];
      }),
    })),
  );
  // Whoever knows its device closest is asked first; of equals, whoever asks for more.
  return recognisers
    .filter((recogniser) => recogniser.conditions.length > 0)
    .sort(
      (a, b) =>
        Number(a.weak) - Number(b.weak) ||
        b.booked.ancestors.length - a.booked.ancestors.length ||
        b.conditions.length - a.conditions.length,
    );
}

/** Told of all faults whenever the files were read, the first time too. */
export type FaultListener = (faults: readonly ProfileFault[]) => void;

/** All device profiles, and the one place where a device is recognised. */
export class ProfileBook {
  readonly #directories: readonly string[];
  readonly #clock: Clock;
  readonly #onFaults: FaultListener;
  readonly #remembered = new Map<string, Remembered>();
  #read: ReadProfiles;
  #recognisers: readonly Recogniser[];
  #stamp: string;
  #checkedAt: number;
  #fallback: BookedProfile;

  /** @throws Error where `generic.json` is missing or faulty: nothing works without */
  constructor(
    directories: readonly string[],
    clock: Clock = systemClock,
    onFaults: FaultListener = () => undefined,
  ) {
    this.#directories = directories;
    this.#clock = clock;
    this.#onFaults = onFaults;
    this.#checkedAt = clock.now();
    this.#stamp = profilesStamp(directories);
    this.#read = readProfiles(directories);
    const generic = this.#read.profiles.get('generic');
    if (!generic)
      throw new Error(
        `No usable generic.json in ${directories.join(', ')}: ${this.#read.faults.map((fault) => fault.message).join('; ')}`,
      );
    this.#fallback = generic;
    this.#recognisers = recognisersOf(this.#read.profiles);
    onFaults(this.#read.faults);
  }

  /** By name. */
  get all(): readonly DeviceProfile[] {
    this.#recheck();
    return [...this.#read.profiles.values()]
      .map((booked) => booked.profile)
      .sort((a, b) => a.name.localeCompare(b.name));
  }

  /** Files that can't be used, and why. */
  get faults(): readonly ProfileFault[] {
    this.#recheck();
    return this.#read.faults;
  }

  get generic(): DeviceProfile {
    return this.#fallback.profile;
  }

  byId(id: string): DeviceProfile | undefined {
    this.#recheck();
    return this.#read.profiles.get(id)?.profile;
  }

  /**
   * The best profile for what an address has told within the last hour: one device uses several User-Agents (Kodi's
   * SOAP says Platinum, its player Kodi), and some of them tell nothing.
   */
  match(facts: DeviceFacts): DeviceProfile {
    this.#recheck();
    const own = this.#recognise(facts);
    if (facts.address === undefined) return own.booked.profile;
    const before = this.#recall(facts.address);
    const best = before && !this.#tellsMore(own, before) ? before : own;
    if (best !== before || !own.weak) this.#remember(facts.address, best);
    return best.booked.profile;
  }

  /** Reads the directories again where a file of them changed. @returns whether one did */
  reload(): boolean {
    this.#checkedAt = this.#clock.now();
    const stamp = profilesStamp(this.#directories);
    if (stamp === this.#stamp) return false;
    this.#stamp = stamp;
    this.#read = readProfiles(this.#directories);
    // A generic profile that was spoilt while we ran: the last good one serves on, the fault is named.
    this.#fallback = this.#read.profiles.get('generic') ?? this.#fallback;
    this.#recognisers = recognisersOf(this.#read.profiles);
    this.#remembered.clear();
    this.#onFaults(this.#read.faults);
    return true;
  }

  #recheck(): void {
    if (this.#clock.now() - this.#checkedAt >= RECHECK_MS) this.reload();
  }

  #recognise(facts: DeviceFacts): Recognised {
    const found = this.#recognisers.find(({ conditions }) =>
      conditions.every(([fact, pattern]) => pattern.test((facts[fact] ?? '').slice(0, 512))),
    );
    return found ?? { booked: this.#fallback, weak: true };
  }

  /** Another device at the same address (VLC beside Kodi) counts; a library's name, or the family of what is known, does not. */
  #tellsMore(own: Recognised, before: Recognised): boolean {
    const ownId = own.booked.profile.id;
    if (own.weak) return before.weak && ownId !== 'generic';
    return before.weak || !before.booked.ancestors.includes(ownId);
  }

  #recall(address: string): Recognised | undefined {
    const remembered = this.#remembered.get(address);
    return remembered && remembered.until > this.#clock.now() ? remembered : undefined;
  }

  #remember(address: string, { booked, weak }: Recognised): void {
    this.#remembered.delete(address);
    this.#remembered.set(address, { booked, weak, until: this.#clock.now() + MEMORY_MS });
    const oldest = this.#remembered.keys().next();
    if (this.#remembered.size > MOST_REMEMBERED && !oldest.done) this.#remembered.delete(oldest.value);
  }
}

/** @param directories later ones are laid over earlier ones; one that is not there is empty */
export const loadProfiles = (
  directories: readonly string[],
  clock: Clock = systemClock,
  onFaults?: FaultListener,
): ProfileBook => new ProfileBook(directories, clock, onFaults);
