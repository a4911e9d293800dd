import type { Guest } from '../guest.js';
import type { DeviceProfile } from '../profiles/device-profile.js';
import { bundledProfiles, readProfiles } from '../profiles/profile-files.js';

const { profiles } = readProfiles([bundledProfiles]);

/** A bundled profile, by its file's name. */
export function bundledProfile(id: string): DeviceProfile {
  const found = profiles.get(id);
  if (!found) throw new Error(`no profile ${id}`);
  return found.profile;
}

/** A device that came to 10.77.0.1:8200, of a kind. */
export function guestLike(profile: DeviceProfile | string): Guest {
  return {
    facts: {
      address: '10.77.0.2',
      localAddress: '10.77.0.1',
      localPort: 8200,
      userAgent: '',
      clientInfo: '',
      friendlyName: '',
    },
    profile: typeof profile === 'string' ? bundledProfile(profile) : profile,
    deviceId: 'tv',
    viewerId: 'household',
  };
}
