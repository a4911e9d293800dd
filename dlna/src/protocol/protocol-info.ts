import type { ArtSize } from '../media-source.port.js';
import type { DeviceProfile } from '../profiles/device-profile.js';
import { allMediaTypes, isImage, mediaTypeOf, type OfferFacts } from './media-type.js';
import { profileNameOf } from './profile-name.js';

export interface ProtocolInfo {
  readonly mime: string;
  /** Without a dot. */
  readonly extension: string;
  /** `DLNA.ORG_PN=…;DLNA.ORG_OP=…` or `*`; the `contentFeatures.dlna.org` header is the same. */
  readonly fourthField: string;
}

/**
 * The first eight digits of DLNA.ORG_FLAGS: streaming (24), interactive (23), background (22), connection stalling (21),
 * DLNA 1.5 (20). As minidlna, gerbera and dms send them (dlna.md K).
 */
const flagsOf = { stream: '01700000', image: '00F00000' } as const;
const reserved = '0'.repeat(24);

export function protocolInfoOf(offer: OfferFacts, profile: DeviceProfile): ProtocolInfo {
  const usual = mediaTypeOf(offer.format);
  const own = ownMime(offer, profile);
  const wanted = own ?? withRate(usual.mime, offer);
  const name =
    profile.flags === 'none' ? undefined : profileNameFor(offer, profile, wanted === usual.mime || !own);
  const fourthField = profile.flags === 'none' ? '*' : fourthFieldOf(offer, profile, name);
  return { mime: packetsOf(name) ?? wanted, extension: usual.extension, fourthField };
}

/** The end of an MPEG-TS name says what its packets are, and that decides the type (dlna.md K). */
function packetsOf(name: string | undefined): string | undefined {
  if (!name || !/^(?:AVC|MPEG)_TS_/.test(name)) return undefined;
  return name.endsWith('_ISO') ? 'video/mpeg' : 'video/vnd.dlna.mpeg-tts';
}

/** What a device calls the media container; its word for films is not one for music in the same kind of file. */
function ownMime({ format }: OfferFacts, { mime }: DeviceProfile): string | undefined {
  const own = Object.hasOwn(mime, format.container) ? mime[format.container] : undefined;
  return own?.startsWith('video/') && !format.video ? undefined : own;
}

/** Samples without a header are nothing without their rate (RFC 2586). */
function withRate(mime: string, { format, sampleRate, channels }: OfferFacts): string {
  if (mime !== 'audio/L16') return mime;
  return `${mime};rate=${sampleRate ?? 44_100};channels=${format.audio?.channels ?? channels ?? 2}`;
}

/** Always in the order PN, OP, CI, FLAGS. */
function fourthFieldOf(offer: OfferFacts, profile: DeviceProfile, name: string | undefined): string {
  const converted = offer.kind === 'converted';
  const image = isImage(offer.format);
  const operations = converted ? (image ? undefined : seekOf(offer, profile)) : '01';
  return joined([
    ['PN', name],
    ['OP', operations],
    ['CI', converted && !profile.convert.claimsOriginal ? '1' : '0'],
    ['FLAGS', (image ? flagsOf.image : flagsOf.stream) + reserved],
  ]);
}

/** How what is converted can be sought in: by time, by bytes where each is a moment, or not. */
function seekOf(offer: OfferFacts, { convert }: DeviceProfile): '10' | '01' | '00' {
  if (convert.seek === 'time') return '10';
  return convert.seek === 'bytes' && offer.constantBitrate && offer.durationSeconds ? '01' : '00';
}

/** A name promises a type, so there is none where the device wants another type, unless it asked for that name too. */
function profileNameFor(offer: OfferFacts, profile: DeviceProfile, isUsualMime: boolean): string | undefined {
  const forced = offer.kind === 'converted' && offer.format.video ? profile.convert.profileName : undefined;
  if (forced !== undefined) return forced;
  const standard = profileNameOf(offer);
  const wanted =
    standard === undefined ? undefined : (profile.profileNames[standard] ?? profile.profileNames['*']);
  return wanted ?? (isUsualMime ? standard : undefined);
}

function joined(parts: readonly (readonly [string, string | undefined])[]): string {
  return parts.flatMap(([name, value]) => (value ? [`DLNA.ORG_${name}=${value}`] : [])).join(';');
}

/** `http-get:*:<mime>:<fourth field>` */
export function protocolInfoText(info: Pick<ProtocolInfo, 'mime' | 'fourthField'>): string {
  return `http-get:*:${info.mime}:${info.fourthField}`;
}

const artNames: Readonly<Record<ArtSize, string>> = {
  tn: 'JPEG_TN',
  sm: 'JPEG_SM',
  med: 'JPEG_MED',
  lrg: 'JPEG_LRG',
};

export const artProfileName = (size: ArtSize): string => artNames[size];

/** Of a JPEG of `/art/`: made to size, so converted. */
export function artProtocolInfo(size: ArtSize, profile: DeviceProfile): ProtocolInfo {
  const field = joined([
    ['PN', artNames[size]],
    ['CI', '1'],
    ['FLAGS', flagsOf.image + reserved],
  ]);
  return { mime: 'image/jpeg', extension: 'jpg', fourthField: profile.flags === 'none' ? '*' : field };
}

const subtitleMimes = { srt: 'text/srt', vtt: 'text/vtt', smi: 'smi/caption' } as const;

/** Of `/subtitle/<id>.<format>`. */
export function subtitleProtocolInfo(format: keyof typeof subtitleMimes): ProtocolInfo {
  return { mime: subtitleMimes[format], extension: format, fourthField: '*' };
}

/** Names with their types that are said beside the bare types: what control points compare with a renderer's Sink. */
const named: readonly (readonly [string, string])[] = [
  ...['JPEG_TN', 'JPEG_SM', 'JPEG_MED', 'JPEG_LRG'].map((name) => ['image/jpeg', name] as const),
  ...['PNG_TN', 'PNG_LRG'].map((name) => ['image/png', name] as const),
  ['audio/mpeg', 'MP3'],
  ...['AAC_ISO', 'AAC_ISO_320', 'AAC_MULT5_ISO'].map((name) => ['audio/mp4', name] as const),
  ...['AAC_ADTS', 'AAC_ADTS_320', 'AAC_MULT5_ADTS'].map((name) => ['audio/vnd.dlna.adts', name] as const),
  ...['WMABASE', 'WMAFULL'].map((name) => ['audio/x-ms-wma', name] as const),
  ['audio/L16;rate=44100;channels=2', 'LPCM'],
  ['audio/L16;rate=48000;channels=2', 'LPCM'],
  ...['MP_SD_AAC_MULT5', 'MP_SD_AC3', 'MP_SD_MPEG1_L3', 'MP_HD_720p_AAC', 'HP_HD_AAC', 'BL_L31_HD_AAC'].map(
    (name) => ['video/mp4', `AVC_MP4_${name}`] as const,
  ),
  ['video/mp4', 'MPEG4_P2_MP4_ASP_AAC'],
  ...['MP_SD', 'MP_HD', 'HP_SD', 'HP_HD'].flatMap((family) =>
    ['AC3', 'AAC_MULT5', 'MPEG1_L3'].flatMap((sound) => [
      ['video/mpeg', `AVC_TS_${family}_${sound}_ISO`] as const,
      ['video/vnd.dlna.mpeg-tts', `AVC_TS_${family}_${sound}_T`] as const,
    ]),
  ),
  ...['SD_EU', 'SD_NA', 'HD_NA'].flatMap((kind) => [
    ['video/mpeg', `MPEG_TS_${kind}_ISO`] as const,
    ['video/vnd.dlna.mpeg-tts', `MPEG_TS_${kind}_T`] as const,
  ]),
  ['video/mpeg', 'MPEG_PS_PAL'],
  ['video/mpeg', 'MPEG_PS_NTSC'],
  ['video/x-ms-wmv', 'WMVMED_FULL'],
  ['video/x-ms-wmv', 'WMVHIGH_FULL'],
];

/** What GetProtocolInfo says as Source: every type we may send, and every name of profile-name.ts. */
export function sourceProtocolInfo(): string {
  return [
    ...named.map(([mime, name]) => `http-get:*:${mime}:DLNA.ORG_PN=${name}`),
    ...[...allMediaTypes(), 'text/srt', 'smi/caption'].map((mime) => `http-get:*:${mime}:*`),
  ].join(',');
}
