import type { GuestFacts } from '@hearth/dlna/guest';
import type { DeviceProfile } from '@hearth/dlna/profiles/device-profile';

const longest = 100;

/** What the network says is shown to people: without control characters, and short. */
const clean = (text: string): string =>
  text
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim()
    .slice(0, longest);

/** As a device calls itself. */
export const productOf = ({ userAgent, clientInfo, friendlyName }: GuestFacts): string =>
  clean(friendlyName) || clean(userAgent) || clean(clientInfo);

/** `mn="BRAVIA KDL-46"` of Sony's header. */
const modelName = (clientInfo: string): string => clean(/\bmn="([^"]{1,80})"/.exec(clientInfo)?.[1] ?? '');

/** What a new device is called until somebody names it. */
export function nameOf(facts: GuestFacts, profile: DeviceProfile): string {
  const said = clean(facts.friendlyName) || modelName(facts.clientInfo);
  return said || (profile.id === 'generic' ? `Device at ${facts.address}` : profile.name);
}
