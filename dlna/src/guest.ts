import type { DeviceProfile } from './profiles/device-profile.js';

/** What one request tells of the device behind it. */
export interface GuestFacts {
  /** IPv4 address, as text. */
  readonly address: string;
  /** Our address the request arrived on: whatever URL the answer holds begins with it. */
  readonly localAddress: string;
  readonly localPort: number;
  readonly userAgent: string;
  /** `X-AV-Client-Info`, Sony's. */
  readonly clientInfo: string;
  /** `FriendlyName.DLNA.ORG`, Xbox's and Windows'. */
  readonly friendlyName: string;
}

/** A device that was let in. */
export interface Guest {
  readonly facts: GuestFacts;
  readonly profile: DeviceProfile;
  /** The host's name of the device. */
  readonly deviceId: string;
  /** Whose eyes it sees with: the host's word, nothing to the package. */
  readonly viewerId: string;
}

/** Who may come in. One answer a request, so it must be quick. */
export interface Doorkeeper {
  /** @param profile the best match of everything the address has told so far @returns undefined: refused, with 403 */
  admit(facts: GuestFacts, profile: DeviceProfile): Promise<Guest | undefined>;
}
