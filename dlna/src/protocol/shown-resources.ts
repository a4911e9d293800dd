import type { Guest } from '../guest.js';
import type { MediaItem, MediaObject, Offer, SubtitleOffer } from '../media-source.port.js';
import type { SubtitleWay } from '../profiles/device-profile.js';
import type { DidlElement, DidlResource } from '../wire/didl.js';
import { formatClock } from '../wire/npt.js';
import type { PropertyFilter } from './property-filter.js';
import { artProfileName, protocolInfoOf, protocolInfoText, subtitleProtocolInfo } from './protocol-info.js';

type SubtitleFormat = SubtitleOffer['formats'][number];

/** Whatever address the guest came to is one it can reach. */
const urlFor = ({ facts }: Guest, path: string): string =>
  `http://${facts.localAddress}:${facts.localPort}${path}`;

const subtitleUrl = (guest: Guest, { resourceId }: SubtitleOffer, format: SubtitleFormat): string =>
  urlFor(guest, `/subtitle/${resourceId}.${format}`);

/** Art in the largest size the guest takes: LG shows nothing of more than 160 pixels (gerbera#839). */
export function artElements({ art }: MediaObject, guest: Guest): DidlElement[] {
  if (!art) return [];
  const size = guest.profile.art;
  const query = guest.profile.didl.albumArtQuery ? `size=${size}&albumArt=true` : `size=${size}`;
  const text = urlFor(guest, `/art/${art.resourceId}.jpg?${query}`);
  return [{ name: 'upnp:albumArtURI', text, attributes: { 'dlna:profileID': artProfileName(size) } }];
}

/** The film or track in all the ways the host offers it, best first, and what lies beside it. */
export function resourcesOf(item: MediaItem, guest: Guest, filter: PropertyFilter): DidlResource[] {
  if (!filter.wants('res')) return [];
  const beside = pointers(item, guest);
  const media = item.offers.flatMap((offer) => {
    const shown = mediaResource(offer, guest, filter, beside);
    const name = offer.kind === 'original' && guest.profile.alsoAs[offer.format.container];
    return name ? [shown, renamed(shown, name)] : [shown];
  });
  return [...media, ...subtitleResources(item, guest)];
}

function mediaResource(
  offer: Offer,
  guest: Guest,
  filter: PropertyFilter,
  beside: Readonly<Record<string, string>>,
): DidlResource {
  const info = protocolInfoOf(offer, guest.profile);
  const facts = factsOf(offer).filter(([name]) => filter.wants(`res@${name}`));
  return {
    uri: urlFor(guest, `/media/${offer.resourceId}.${info.extension}`),
    attributes: { ...Object.fromEntries(facts), protocolInfo: protocolInfoText(info), ...beside },
  };
}

/** The same once more by another name; that it is converted makes the name possible. */
const renamed = ({ uri, attributes }: DidlResource, name: string): DidlResource => {
  const [kind, , mime] = (attributes['protocolInfo'] ?? '').split(':');
  return {
    uri,
    attributes: {
      ...attributes,
      protocolInfo: `${kind}:*:${mime}:DLNA.ORG_PN=${name};DLNA.ORG_OP=01;DLNA.ORG_CI=1`,
    },
  };
};

/** In minidlna's order. Bits are bytes here: ContentDirectory:1 §2.8 says bytes per second, whatever the name says. */
function factsOf(offer: Offer): (readonly [string, string])[] {
  const { durationSeconds, bitrate, sampleRate, channels, bitsPerSample, width, height } = offer;
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['size', offer.kind === 'original' ? offer.size?.toFixed(0) : undefined],
    ['duration', durationSeconds === undefined ? undefined : formatClock(durationSeconds)],
    ['bitrate', bitrate === undefined ? undefined : String(Math.floor(bitrate / 8))],
    ['sampleFrequency', sampleRate?.toFixed(0)],
    ['nrAudioChannels', channels?.toFixed(0)],
    ['bitsPerSample', bitsPerSample?.toFixed(0)],
    ['resolution', width && height ? `${width}x${height}` : undefined],
  ];
  return facts.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
}

const takes = (guest: Guest, way: SubtitleWay): boolean => guest.profile.subtitles.includes(way);

/** Panasonic's and others' way: attributes of the film's own resource. */
function pointers({ subtitles = [] }: MediaItem, guest: Guest): Readonly<Record<string, string>> {
  const [first] = subtitles.filter((subtitle) => subtitle.formats.includes('srt'));
  if (!first || !takes(guest, 'pv')) return {};
  return { 'pv:subtitleFileType': 'SRT', 'pv:subtitleFileUri': subtitleUrl(guest, first, 'srt') };
}

function subtitleResources({ subtitles = [] }: MediaItem, guest: Guest): DidlResource[] {
  const ways: readonly (readonly [SubtitleWay, readonly SubtitleFormat[]])[] = [
    ['resource', ['srt', 'vtt']],
    ['smi', ['smi']],
  ];
  return ways.flatMap(([way, formats]) =>
    !takes(guest, way)
      ? []
      : subtitles.flatMap((subtitle) => {
          const format = formats.find((each) => subtitle.formats.includes(each));
          if (format === undefined) return [];
          const protocolInfo = protocolInfoText(subtitleProtocolInfo(format));
          return [{ uri: subtitleUrl(guest, subtitle, format), attributes: { protocolInfo } }];
        }),
  );
}

/** Samsung's way. Both are written for those that know either: which one is read differs with the year. */
export function captionElements({ subtitles = [] }: MediaItem, guest: Guest): DidlElement[] {
  const [first] = subtitles.filter((subtitle) => subtitle.formats.includes('srt'));
  if (!first) return [];
  const names: readonly (readonly [SubtitleWay, string])[] = [
    ['caption-info-ex', 'sec:CaptionInfoEx'],
    ['caption-info', 'sec:CaptionInfo'],
  ];
  return names.flatMap(([way, name]) =>
    takes(guest, way)
      ? [{ name, text: subtitleUrl(guest, first, 'srt'), attributes: { 'sec:type': 'srt' } }]
      : [],
  );
}
