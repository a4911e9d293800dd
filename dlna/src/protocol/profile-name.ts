import type { OfferFacts } from './media-type.js';

type Video = NonNullable<OfferFacts['format']['video']>;
type Rule = (offer: OfferFacts) => string | undefined;

/**
 * DLNA.ORG_PN, where the facts leave no doubt: one that is wrong is worse than none (gerbera#1426). MKV, WebM, Ogg, FLAC
 * and WAV have none, nor have HEVC, VP9 and AV1. Names and limits as in GUPnP-DLNA's tables and dlna.md K.
 */
export function profileNameOf(offer: OfferFacts): string | undefined {
  return rules.get(offer.format.container)?.(offer);
}

const within = (offer: OfferFacts, width: number, height: number): boolean =>
  offer.width !== undefined && offer.height !== undefined && offer.width <= width && offer.height <= height;

const jpeg: Rule = (offer) => {
  if (within(offer, 160, 160)) return 'JPEG_TN';
  if (within(offer, 640, 480)) return 'JPEG_SM';
  if (within(offer, 1024, 768)) return 'JPEG_MED';
  return within(offer, 4096, 4096) ? 'JPEG_LRG' : undefined;
};

const png: Rule = (offer) =>
  within(offer, 160, 160) ? 'PNG_TN' : within(offer, 4096, 4096) ? 'PNG_LRG' : undefined;

const channelsOf = ({ channels, format }: OfferFacts): number =>
  format.audio?.channels ?? channels ?? Number.POSITIVE_INFINITY;
const audioBitrate = ({ bitrate, format }: OfferFacts): number | undefined =>
  format.audio?.bitrate ?? (format.video ? undefined : bitrate);

const mp3: Rule = (offer) =>
  channelsOf(offer) <= 2 && [32_000, 44_100, 48_000].includes(offer.sampleRate ?? 0) ? 'MP3' : undefined;

/** Low complexity for certain: HE-AAC has names of its own, and nobody spends this much on it. */
const isLowComplexity = (offer: OfferFacts): boolean => {
  const { codec, profile } = offer.format.audio ?? {};
  return codec === 'aac' && (profile === undefined ? (audioBitrate(offer) ?? 0) >= 96_000 : profile === 'LC');
};

const aac =
  (kind: 'ISO' | 'ADTS'): Rule =>
  (offer) => {
    if (!isLowComplexity(offer)) return undefined;
    if (channelsOf(offer) > 2) return channelsOf(offer) <= 6 ? `AAC_MULT5_${kind}` : undefined;
    const bitrate = audioBitrate(offer) ?? 576_000;
    return bitrate <= 320_000 ? `AAC_${kind}_320` : bitrate <= 576_000 ? `AAC_${kind}` : undefined;
  };

const lpcm: Rule = (offer) =>
  channelsOf(offer) <= 2 && [44_100, 48_000].includes(offer.sampleRate ?? 0) ? 'LPCM' : undefined;

const isWma = ({ format }: OfferFacts): boolean =>
  format.audio?.codec === 'wmav1' || format.audio?.codec === 'wmav2';

const wma: Rule = (offer) => {
  const bitrate = audioBitrate(offer);
  if (bitrate === undefined || (offer.sampleRate ?? Infinity) > 48_000 || !isWma(offer)) return undefined;
  return bitrate < 193_000 ? 'WMABASE' : 'WMAFULL';
};

const wmv: Rule = (offer) => {
  if (offer.format.video?.codec !== 'wmv3' || !isWma(offer)) return undefined;
  if (within(offer, 720, 576)) return 'WMVMED_FULL';
  return within(offer, 1920, 1080) ? 'WMVHIGH_FULL' : undefined;
};

/** ffmpeg says 31 for level 3.1. */
const levelAtMost = (video: Video, most: number): boolean =>
  video.level !== undefined && video.level > 0 && (video.level < 10 ? video.level * 10 : video.level) <= most;
const framesAtMost = (video: Video, most: number): boolean => (video.frameRate ?? Infinity) <= most;

/** The end of an AVC name, for sound beside H.264. */
const soundOf = (offer: OfferFacts): string | undefined => {
  const codec = offer.format.audio?.codec;
  if (codec === 'ac3') return 'AC3';
  if (codec === 'mp3' && channelsOf(offer) <= 2) return 'MPEG1_L3';
  return codec === 'aac' && isLowComplexity(offer) && channelsOf(offer) <= 6 ? 'AAC_MULT5' : undefined;
};

const avcMp4: Rule = (offer) => {
  const { video } = offer.format;
  const sound = soundOf(offer);
  if (!video || !sound) return undefined;
  const stereoAac = sound === 'AAC_MULT5' && channelsOf(offer) <= 2;
  if (/baseline/i.test(video.profile ?? '')) return baselineMp4(offer, video, stereoAac);
  if (
    video.profile === 'Main' &&
    within(offer, 720, 576) &&
    levelAtMost(video, 30) &&
    framesAtMost(video, 30)
  )
    return `AVC_MP4_MP_SD_${sound}`;
  if (!stereoAac) return undefined;
  const isHd = offer.width === 1280 && offer.height === 720;
  if (video.profile === 'Main' && isHd && levelAtMost(video, 31) && framesAtMost(video, 30))
    return 'AVC_MP4_MP_HD_720p_AAC';
  const isHigh = video.profile === 'High' && within(offer, 1920, 1080) && (offer.width ?? 0) >= 1280;
  return isHigh && levelAtMost(video, 40) && framesAtMost(video, 30) ? 'AVC_MP4_HP_HD_AAC' : undefined;
};

const baselineMp4 = (offer: OfferFacts, video: Video, stereoAac: boolean): string | undefined =>
  stereoAac &&
  (offer.width ?? 0) > 720 &&
  within(offer, 1280, 720) &&
  levelAtMost(video, 31) &&
  framesAtMost(video, 30)
    ? 'AVC_MP4_BL_L31_HD_AAC'
    : undefined;

const aspMp4: Rule = (offer) =>
  offer.format.video?.profile === 'Advanced Simple Profile' &&
  within(offer, 720, 576) &&
  isLowComplexity(offer)
    ? 'MPEG4_P2_MP4_ASP_AAC'
    : undefined;

const avcTs: Rule = (offer) => {
  const { video } = offer.format;
  const sound = soundOf(offer);
  const family = video?.profile === 'Main' ? 'MP' : video?.profile === 'High' ? 'HP' : undefined;
  if (!video || !sound || !family) return undefined;
  if (within(offer, 720, 576)) return levelAtMost(video, 30) ? `AVC_TS_${family}_SD_${sound}` : undefined;
  return within(offer, 1920, 1080) && levelAtMost(video, 40) ? `AVC_TS_${family}_HD_${sound}` : undefined;
};

const isRate = (video: Video, rate: number): boolean => Math.abs((video.frameRate ?? 0) - rate) < 0.05;
/** Europe's and America's lines and rates; what fits neither has no name. */
const broadcast = (offer: OfferFacts, video: Video): 'PAL' | 'NTSC' | undefined => {
  if ((offer.width ?? 0) < 352 || !within(offer, 720, 576)) return undefined;
  if (isRate(video, 25) && (offer.height === 576 || offer.height === 288)) return 'PAL';
  return isRate(video, 29.97) && (offer.height === 480 || offer.height === 240) ? 'NTSC' : undefined;
};

const mpeg2Ts: Rule = (offer) => {
  const { video, audio } = offer.format;
  if (!video || !audio || !['ac3', 'mp2'].includes(audio.codec)) return undefined;
  const system = broadcast(offer, video);
  if (system === 'PAL') return 'MPEG_TS_SD_EU';
  if (audio.codec !== 'ac3') return undefined;
  if (system === 'NTSC') return 'MPEG_TS_SD_NA';
  const isHd =
    (offer.width === 1920 && offer.height === 1080) || (offer.width === 1280 && offer.height === 720);
  return isHd && [29.97, 59.94].some((rate) => isRate(video, rate)) ? 'MPEG_TS_HD_NA' : undefined;
};

/** 188-byte packets without a time are `_ISO`, 192-byte ones with a time `_T`. */
const mpegTs =
  (suffix: '_ISO' | '_T'): Rule =>
  (offer) => {
    const codec = offer.format.video?.codec;
    const name = codec === 'h264' ? avcTs(offer) : codec === 'mpeg2video' ? mpeg2Ts(offer) : undefined;
    return name && `${name}${suffix}`;
  };

const mpegPs: Rule = (offer) => {
  const { video, audio } = offer.format;
  if (video?.codec !== 'mpeg2video' || !['ac3', 'mp2', 'pcm_dvd'].includes(audio?.codec ?? ''))
    return undefined;
  const system = broadcast(offer, video);
  return system && `MPEG_PS_${system}`;
};

const mp4: Rule = (offer) => {
  const codec = offer.format.video?.codec;
  if (codec === undefined) return aac('ISO')(offer);
  return codec === 'h264' ? avcMp4(offer) : codec === 'mpeg4' ? aspMp4(offer) : undefined;
};

const rules = new Map<string, Rule>([
  ['jpeg', jpeg],
  ['png', png],
  ['mp3', mp3],
  ['adts', aac('ADTS')],
  ['aac', aac('ADTS')],
  ['mp4', mp4],
  ['asf', (offer) => (offer.format.video ? wmv(offer) : wma(offer))],
  ['s16be', lpcm],
  ['ac3', () => 'AC3'],
  ['mpegts', mpegTs('_ISO')],
  ['m2ts', mpegTs('_T')],
  ['mpegps', mpegPs],
  ['mpeg', mpegPs],
]);
