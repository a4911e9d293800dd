import type { Guest } from '../guest.js';
import type { MediaItem, Offer } from '../media-source.port.js';
import type { DeviceProfile } from '../profiles/device-profile.js';
import { present } from '../protocol/presentation.js';
import { everything } from '../protocol/property-filter.js';
import { protocolInfoOf } from '../protocol/protocol-info.js';
import { writeDidl } from '../wire/didl.js';
import type { RendererMedia } from './renderer-device.js';

export interface PushedMedia extends RendererMedia {
  /** The one that is sent. */
  readonly offer: Offer;
}

/**
 * What a renderer is sent of an item: the best offer that it says it takes, as its profile wants it told.
 * @param guest the renderer; URLs begin with our address in it
 * @param sink of its GetProtocolInfo; empty where it does not say
 * @throws Error for an item without offers
 */
export function pushMedia(item: MediaItem, guest: Guest, sink: readonly string[]): PushedMedia {
  const profile = pushProfile(guest.profile);
  const offer = item.offers.find((one) => takes(sink, protocolInfoOf(one, profile).mime)) ?? item.offers[0];
  if (!offer) throw new Error(`${item.title} has nothing that could be sent`);
  // The first resource has to be the one that is sent, or devices take another.
  const offers = [offer, ...item.offers.filter((one) => one !== offer)];
  const object = present({ ...item, offers }, { ...guest, profile }, everything);
  const [first] = object.resources;
  if (!first) throw new Error(`${item.title} has no address`);
  return {
    offer,
    uri: first.uri,
    metadata: profile.push.metadata === 'empty' ? '' : writeDidl([object], profile.didl.namespaces),
    contentFeatures: protocolInfoOf(offer, profile).fourthField,
  };
}

/** Some sets want other types pushed than listed (Kodi's `video/x-mkv` for Samsung). */
const pushProfile = (profile: DeviceProfile): DeviceProfile => ({
  ...profile,
  mime: { ...profile.mime, ...profile.push.mime },
});

/** `http-get:*:video/mp4:…`, with `*` for anything in any place. */
function takes(sink: readonly string[], mime: string): boolean {
  const wanted = mime.split(';', 1)[0]?.toLowerCase() ?? '';
  return sink.some((entry) => {
    const [protocol = '', , type = ''] = entry.toLowerCase().split(':');
    const plain = type.split(';', 1)[0]?.trim();
    return (
      (protocol === '*' || protocol === 'http-get') &&
      (plain === '*' || plain === wanted || plain === `${wanted.split('/', 1)[0] ?? ''}/*`)
    );
  });
}
