import type { OfferFacts } from './media-type.js';
import { profileNameOf } from './profile-name.js';

type Format = OfferFacts['format'];

const film = (
  container: string,
  video: Format['video'],
  audio: Format['audio'],
  width = 1280,
  height = 720,
): OfferFacts => ({
  kind: 'original',
  format: { container, video, audio },
  width,
  height,
});
const music = (
  container: string,
  codec: string,
  more: Partial<OfferFacts> & { profile?: string } = {},
): OfferFacts => ({
  kind: 'original',
  format: { container, audio: { codec, profile: more.profile } },
  channels: 2,
  sampleRate: 44_100,
  bitrate: 128_000,
  ...more,
});
const picture = (container: string, width: number, height: number): OfferFacts => ({
  kind: 'original',
  format: { container },
  width,
  height,
});
const avc = (profile: string, level = 31, frameRate = 25) => ({ codec: 'h264', profile, level, frameRate });
const mpeg2 = (frameRate: number) => ({ codec: 'mpeg2video', profile: 'Main', frameRate });
const aac = { codec: 'aac', profile: 'LC', channels: 2, bitrate: 128_000 };
const aac6 = { codec: 'aac', profile: 'LC', channels: 6, bitrate: 384_000 };
const ac3 = { codec: 'ac3', channels: 6, bitrate: 448_000 };
const mp2 = { codec: 'mp2', channels: 2, bitrate: 192_000 };

/** Those marked † are what gupnp-dlna-info 0.12 or minidlna 1.3.0 said of a file made by ffmpeg with these facts. */
test.each<[string, OfferFacts, string | undefined]>([
  ['a thumbnail †', picture('jpeg', 160, 120), 'JPEG_TN'],
  ['a small JPEG †', picture('jpeg', 640, 480), 'JPEG_SM'],
  ['a JPEG as wide as small, but higher †', picture('jpeg', 480, 640), 'JPEG_MED'],
  ['a medium JPEG †', picture('jpeg', 1024, 768), 'JPEG_MED'],
  ['a large JPEG †', picture('jpeg', 4000, 3000), 'JPEG_LRG'],
  ['a JPEG larger than any', picture('jpeg', 6000, 4000), undefined],
  ['a JPEG nobody measured', { kind: 'original', format: { container: 'jpeg' } }, undefined],
  ['a PNG †', picture('png', 1920, 1080), 'PNG_LRG'],
  ['a small PNG †', picture('png', 100, 100), 'PNG_TN'],
  ['WebP', picture('webp', 100, 100), undefined],
  ['MP3 †', music('mp3', 'mp3'), 'MP3'],
  ['MP3 at a rate of MPEG-2', music('mp3', 'mp3', { sampleRate: 22_050 }), undefined],
  ['MP3 at a rate nobody knows', music('mp3', 'mp3', { sampleRate: undefined }), undefined],
  ['AAC in MP4 †', music('mp4', 'aac', { profile: 'LC' }), 'AAC_ISO_320'],
  ['AAC in MP4, rich', music('mp4', 'aac', { profile: 'LC', bitrate: 400_000 }), 'AAC_ISO'],
  ['AAC in MP4, 5.1', music('mp4', 'aac', { profile: 'LC', channels: 6 }), 'AAC_MULT5_ISO'],
  ['HE-AAC', music('mp4', 'aac', { profile: 'HE-AAC' }), undefined],
  ['AAC that may be HE', music('mp4', 'aac', { bitrate: 48_000 }), undefined],
  ['AAC that can only be LC', music('adts', 'aac', { bitrate: 192_000 }), 'AAC_ADTS_320'],
  ['ALAC', music('mp4', 'alac'), undefined],
  ['WMA †', music('asf', 'wmav2'), 'WMABASE'],
  ['WMA, rich', music('asf', 'wmav2', { bitrate: 256_000 }), 'WMAFULL'],
  ['WMA Lossless', music('asf', 'wmalossless'), undefined],
  ['LPCM', music('s16be', 'pcm_s16be'), 'LPCM'],
  ['LPCM at 96 kHz', music('s16be', 'pcm_s16be', { sampleRate: 96_000 }), undefined],
  ['FLAC', music('flac', 'flac'), undefined],
  ['WAV', music('wav', 'pcm_s16le'), undefined],
  ['Ogg', music('ogg', 'vorbis'), undefined],
  ['MP4, baseline †', film('mp4', avc('Constrained Baseline'), aac), 'AVC_MP4_BL_L31_HD_AAC'],
  ['MP4, main 720p †', film('mp4', avc('Main'), aac), 'AVC_MP4_MP_HD_720p_AAC'],
  ['MP4, main 720p at 60', film('mp4', avc('Main', 32, 60), aac), undefined],
  ['MP4, main 1080p: the name is for interlaced', film('mp4', avc('Main', 40), aac, 1920, 1080), undefined],
  ['MP4, high 1080p †', film('mp4', avc('High', 40), aac, 1920, 1080), 'AVC_MP4_HP_HD_AAC'],
  ['MP4, high at 5.1', film('mp4', avc('High', 51), aac, 3840, 2160), undefined],
  ['MP4, high 1080p with 5.1', film('mp4', avc('High', 40), aac6, 1920, 1080), undefined],
  ['MP4, main SD †', film('mp4', avc('Main', 30), aac, 720, 576), 'AVC_MP4_MP_SD_AAC_MULT5'],
  ['MP4, main SD with AC-3 †', film('mp4', avc('Main', 30), ac3, 720, 576), 'AVC_MP4_MP_SD_AC3'],
  ['MP4, 10 bit', film('mp4', avc('High 10', 40), aac), undefined],
  ['MP4 without sound', film('mp4', avc('Main'), undefined), undefined],
  ['MP4 with HEVC', film('mp4', { codec: 'hevc', profile: 'Main', level: 120 }, aac), undefined],
  [
    'MP4 with ASP †',
    film('mp4', { codec: 'mpeg4', profile: 'Advanced Simple Profile' }, aac, 640, 480),
    'MPEG4_P2_MP4_ASP_AAC',
  ],
  ['MKV', film('matroska', avc('High', 40), aac), undefined],
  ['WebM', film('webm', { codec: 'vp9' }, { codec: 'opus' }), undefined],
  ['TS, high HD', film('mpegts', avc('High', 40), ac3, 1920, 1080), 'AVC_TS_HP_HD_AC3_ISO'],
  ['TS, main HD with AAC', film('mpegts', avc('Main', 40), aac), 'AVC_TS_MP_HD_AAC_MULT5_ISO'],
  [
    'TS, main SD with MP3',
    film('mpegts', avc('Main', 30), { codec: 'mp3', channels: 2 }, 720, 576),
    'AVC_TS_MP_SD_MPEG1_L3_ISO',
  ],
  ['the same in 192-byte packets', film('m2ts', avc('High', 40), ac3, 1920, 1080), 'AVC_TS_HP_HD_AC3_T'],
  ['TS, level unknown', film('mpegts', { codec: 'h264', profile: 'High' }, ac3), undefined],
  ['TS with DTS', film('mpegts', avc('High', 40), { codec: 'dts', channels: 6 }), undefined],
  ['TS from European air †', film('mpegts', mpeg2(25), mp2, 720, 576), 'MPEG_TS_SD_EU_ISO'],
  ['TS from American air †', film('mpegts', mpeg2(30_000 / 1001), ac3, 720, 480), 'MPEG_TS_SD_NA_ISO'],
  ['TS from American air, HD †', film('mpegts', mpeg2(30_000 / 1001), ac3, 1920, 1080), 'MPEG_TS_HD_NA_ISO'],
  ['a European DVD †', film('mpegps', mpeg2(25), ac3, 720, 576), 'MPEG_PS_PAL'],
  ['an American DVD †', film('mpegps', mpeg2(30_000 / 1001), ac3, 720, 480), 'MPEG_PS_NTSC'],
  ['a DVD of neither kind', film('mpegps', mpeg2(50), ac3, 720, 576), undefined],
  ['WMV', film('asf', { codec: 'wmv3', profile: 'Main' }, { codec: 'wmav2' }, 640, 480), 'WMVMED_FULL'],
  ['WMV, HD', film('asf', { codec: 'wmv3', profile: 'Main' }, { codec: 'wmav2' }), 'WMVHIGH_FULL'],
  ['AVI', film('avi', { codec: 'mpeg4' }, { codec: 'mp3' }), undefined],
  ['what nobody knows', { kind: 'original', format: { container: 'constructor' } }, undefined],
])('%s', (_, offer, expected) => {
  expect(profileNameOf(offer)).toBe(expected);
});
