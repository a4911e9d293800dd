import type { ArtSize, Offer } from '../media-source.port.js';
import type { DeviceProfile } from '../profiles/device-profile.js';

/** What decides how a resource is described; an Offer is one. */
export type OfferFacts = Omit<Offer, 'resourceId'>;

export interface ProtocolInfo {
  readonly mime: string;
  /** Without a dot. */
  readonly extension: string;
  /** `DLNA.ORG_PN=…;DLNA.ORG_OP=…` or `*`; the `contentFeatures.dlna.org` header is the same. */
  readonly fourthField: string;
}

export function protocolInfoOf(offer: OfferFacts, profile: DeviceProfile): ProtocolInfo {
  return { mime: offer.kind, extension: profile.id, fourthField: '*' };
}

/** `http-get:*:<mime>:<fourth field>` */
export function protocolInfoText(info: Pick<ProtocolInfo, 'mime' | 'fourthField'>): string {
  return `http-get:*:${info.mime}:${info.fourthField}`;
}

/** Of a JPEG of `/art/`. */
export function artProtocolInfo(size: ArtSize, profile: DeviceProfile): ProtocolInfo {
  return { mime: 'image/jpeg', extension: 'jpg', fourthField: `${size}${profile.id}` };
}

/** Of `/subtitle/<id>.<format>`. */
export function subtitleProtocolInfo(format: 'srt' | 'vtt' | 'smi'): ProtocolInfo {
  return { mime: 'text/plain', extension: format, fourthField: '*' };
}

/** What GetProtocolInfo says as Source: every type we may send, and the profile names. */
export function sourceProtocolInfo(): string {
  return '';
}
