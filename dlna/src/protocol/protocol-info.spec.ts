import type { OfferFacts } from './media-type.js';
import type { Conversion, DeviceProfile } from '../profiles/device-profile.js';
import { bundledProfile } from '../testing/guests.js';
import {
  artProtocolInfo,
  protocolInfoOf,
  protocolInfoText,
  sourceProtocolInfo,
  subtitleProtocolInfo,
} from './protocol-info.js';

const generic = bundledProfile('generic');
const like = (changes: Partial<DeviceProfile>): DeviceProfile => ({ ...generic, ...changes });
const converting = (changes: Partial<Conversion>): DeviceProfile =>
  like({ convert: { ...generic.convert, ...changes } });
const zeros = '000000000000000000000000';

const audio = { codec: 'aac', profile: 'LC', channels: 2, bitrate: 128_000 };
const video = { codec: 'h264', profile: 'Constrained Baseline', level: 31, frameRate: 25 };
const mp4: OfferFacts = {
  kind: 'original',
  format: { container: 'mp4', video, audio },
  width: 1280,
  height: 720,
};
const mkv: OfferFacts = { ...mp4, format: { ...mp4.format, container: 'matroska' } };
const ts: OfferFacts = {
  kind: 'original',
  format: {
    container: 'mpegts',
    video: { ...video, profile: 'High', level: 40 },
    audio: { codec: 'ac3', channels: 6 },
  },
  width: 1920,
  height: 1080,
};
const converted: OfferFacts = {
  kind: 'converted',
  format: { container: 'mpegts', video: { codec: 'h264' }, audio: { codec: 'ac3' } },
};
const photo: OfferFacts = { kind: 'original', format: { container: 'jpeg' }, width: 640, height: 480 };

const text = (offer: OfferFacts, profile: DeviceProfile): string =>
  protocolInfoText(protocolInfoOf(offer, profile));

test.each<[string, OfferFacts, DeviceProfile, string]>([
  [
    'a film as it is, to the byte minidlna’s',
    mp4,
    generic,
    `http-get:*:video/mp4:DLNA.ORG_PN=AVC_MP4_BL_L31_HD_AAC;DLNA.ORG_OP=01;DLNA.ORG_CI=0;DLNA.ORG_FLAGS=01700000${zeros}`,
  ],
  [
    'a film without a name',
    mkv,
    generic,
    `http-get:*:video/x-matroska:DLNA.ORG_OP=01;DLNA.ORG_CI=0;DLNA.ORG_FLAGS=01700000${zeros}`,
  ],
  [
    'a film to a device that wants another type',
    mkv,
    like({ mime: { matroska: 'video/x-mkv' } }),
    `http-get:*:video/x-mkv:DLNA.ORG_OP=01;DLNA.ORG_CI=0;DLNA.ORG_FLAGS=01700000${zeros}`,
  ],
  [
    'its name goes with its type',
    mp4,
    like({ mime: { mp4: 'video/mpeg' } }),
    `http-get:*:video/mpeg:DLNA.ORG_OP=01;DLNA.ORG_CI=0;DLNA.ORG_FLAGS=01700000${zeros}`,
  ],
  ['flags none', mp4, like({ flags: 'none' }), 'http-get:*:video/mp4:*'],
  [
    'a transport stream',
    ts,
    generic,
    `http-get:*:video/mpeg:DLNA.ORG_PN=AVC_TS_HP_HD_AC3_ISO;DLNA.ORG_OP=01;DLNA.ORG_CI=0;DLNA.ORG_FLAGS=01700000${zeros}`,
  ],
  [
    'Sony’s name, and the type of its packets',
    ts,
    bundledProfile('sony-bravia'),
    `http-get:*:video/mpeg:DLNA.ORG_PN=AVC_TS_HD_50_AC3_ISO;DLNA.ORG_OP=01;DLNA.ORG_CI=0;DLNA.ORG_FLAGS=01700000${zeros}`,
  ],
  [
    'another type for a stream, without a name',
    ts,
    like({ mime: { mpegts: 'video/vnd.dlna.mpeg-tts' } }),
    `http-get:*:video/vnd.dlna.mpeg-tts:DLNA.ORG_OP=01;DLNA.ORG_CI=0;DLNA.ORG_FLAGS=01700000${zeros}`,
  ],
  [
    'a name nobody is to see',
    ts,
    like({ profileNames: { AVC_TS_HP_HD_AC3_ISO: '' } }),
    `http-get:*:video/mpeg:DLNA.ORG_OP=01;DLNA.ORG_CI=0;DLNA.ORG_FLAGS=01700000${zeros}`,
  ],
  [
    'a conversion without seeking',
    converted,
    converting({ seek: 'none' }),
    `http-get:*:video/mpeg:DLNA.ORG_OP=00;DLNA.ORG_CI=1;DLNA.ORG_FLAGS=01700000${zeros}`,
  ],
  [
    'a conversion that seeks by time',
    converted,
    converting({ seek: 'time' }),
    `http-get:*:video/mpeg:DLNA.ORG_OP=10;DLNA.ORG_CI=1;DLNA.ORG_FLAGS=01700000${zeros}`,
  ],
  [
    'a conversion under the name a device wants',
    converted,
    converting({ seek: 'none', profileName: 'AVC_TS_HD_50_AC3_ISO' }),
    `http-get:*:video/mpeg:DLNA.ORG_PN=AVC_TS_HD_50_AC3_ISO;DLNA.ORG_OP=00;DLNA.ORG_CI=1;DLNA.ORG_FLAGS=01700000${zeros}`,
  ],
  [
    'a photo',
    photo,
    generic,
    `http-get:*:image/jpeg:DLNA.ORG_PN=JPEG_SM;DLNA.ORG_OP=01;DLNA.ORG_CI=0;DLNA.ORG_FLAGS=00F00000${zeros}`,
  ],
  [
    'a photo made smaller',
    { ...photo, kind: 'converted' },
    generic,
    `http-get:*:image/jpeg:DLNA.ORG_PN=JPEG_SM;DLNA.ORG_CI=1;DLNA.ORG_FLAGS=00F00000${zeros}`,
  ],
  [
    'LPCM says its rate',
    {
      kind: 'converted',
      format: { container: 's16be', audio: { codec: 'pcm_s16be', channels: 2 } },
      sampleRate: 48_000,
    },
    converting({ seek: 'time' }),
    `http-get:*:audio/L16;rate=48000;channels=2:DLNA.ORG_PN=LPCM;DLNA.ORG_OP=10;DLNA.ORG_CI=1;DLNA.ORG_FLAGS=01700000${zeros}`,
  ],
])('%s', (_, offer, profile, expected) => {
  expect(text(offer, profile)).toBe(expected);
});

test.each([
  ['mp4', true, 'video/mp4', 'mp4'],
  ['mp4', false, 'audio/mp4', 'm4a'],
  ['matroska', true, 'video/x-matroska', 'mkv'],
  ['avi', true, 'video/x-msvideo', 'avi'],
  ['m2ts', true, 'video/vnd.dlna.mpeg-tts', 'm2ts'],
  ['flac', false, 'audio/x-flac', 'flac'],
  ['asf', false, 'audio/x-ms-wma', 'wma'],
  ['jpeg', false, 'image/jpeg', 'jpg'],
  ['nonesuch', true, 'application/octet-stream', 'bin'],
])('%s with a picture: %s', (container, moving, mime, extension) => {
  const offer: OfferFacts = {
    kind: 'original',
    format: { container, ...(moving ? { video: { codec: 'x' } } : {}) },
  };
  expect(protocolInfoOf(offer, generic)).toMatchObject({ mime, extension });
});

test('what a device calls films is not what it calls music', () => {
  const profile = like({ mime: { mp4: 'video/mpeg', flac: 'audio/flac' } });
  expect(protocolInfoOf({ kind: 'original', format: { container: 'mp4' } }, profile).mime).toBe('audio/mp4');
  expect(protocolInfoOf({ kind: 'original', format: { container: 'flac' } }, profile).mime).toBe(
    'audio/flac',
  );
});

test('art and subtitles', () => {
  expect(protocolInfoText(artProtocolInfo('tn', generic))).toBe(
    `http-get:*:image/jpeg:DLNA.ORG_PN=JPEG_TN;DLNA.ORG_CI=1;DLNA.ORG_FLAGS=00F00000${zeros}`,
  );
  expect(protocolInfoText(artProtocolInfo('med', like({ flags: 'none' })))).toBe('http-get:*:image/jpeg:*');
  expect(protocolInfoText(subtitleProtocolInfo('srt'))).toBe('http-get:*:text/srt:*');
  expect(protocolInfoText(subtitleProtocolInfo('smi'))).toBe('http-get:*:smi/caption:*');
});

test('GetProtocolInfo’s list has each value once, four fields in each, and what is given out', () => {
  const values = sourceProtocolInfo().split(',');
  expect(new Set(values).size).toBe(values.length);
  for (const value of values) expect(value).toMatch(/^http-get:\*:[\w/.;=+-]+:(\*|DLNA\.ORG_PN=\w+)$/);
  for (const value of [
    'video/mp4:*',
    'video/x-matroska:*',
    'audio/mpeg:DLNA.ORG_PN=MP3',
    'text/srt:*',
    'image/jpeg:DLNA.ORG_PN=JPEG_TN',
  ])
    expect(values).toContain(`http-get:*:${value}`);
});
