import { M3U8Parser, PlaylistLevelType } from 'hls.js';
import type { SegmentTable } from '../timeline/segment-table.js';
import { mediaPlaylist, subtitlePlaylist } from './media-playlist.js';
import { multivariantPlaylist } from './multivariant-playlist.js';
import type { AudioTrack, Presentation, SubtitleTrack, VideoTrack } from './presentation.js';

const table: SegmentTable = { timescale: 24000, boundaries: [0, 48048, 96096, 120120] };
const sound: SegmentTable = { timescale: 48000, boundaries: [0, 196608, 240640] };

const picture: VideoTrack = {
  id: 'v0-720p',
  codec: 'avc1.64001f',
  averageBandwidth: 3_200_000,
  peakBandwidth: 6_080_000,
  table,
  width: 1280,
  height: 720,
  frameRate: { num: 24000, den: 1001 },
  range: 'SDR',
  supplementalCodec: null,
};
const english: AudioTrack = {
  id: 'a1-aac2',
  codec: 'mp4a.40.2',
  averageBandwidth: 192_000,
  peakBandwidth: 211_200,
  table: sound,
  name: 'English',
  language: 'en',
  channels: 2,
  atmos: false,
  sampleRate: 48_000,
  purpose: 'main',
};
const german: AudioTrack = {
  ...english,
  id: 'a2-copy',
  codec: 'ec-3',
  averageBandwidth: 768_000,
  peakBandwidth: 768_000,
  name: 'Deutsch',
  language: 'de',
  channels: 6,
  atmos: true,
};
const commentary: AudioTrack = { ...english, id: 'a3-aac2', name: 'English', purpose: 'commentary' };
const described: AudioTrack = { ...english, id: 'a4-aac2', name: 'English', purpose: 'description' };
const forced: SubtitleTrack = {
  id: 's5',
  name: 'English',
  language: 'en',
  forced: true,
  hearingImpaired: false,
  isDefault: true,
};
const deaf: SubtitleTrack = { ...forced, id: 's6', forced: false, hearingImpaired: true, isDefault: false };

const film: Presentation = {
  durationSeconds: 5.005,
  video: [picture],
  audio: [english, german, commentary, described],
  subtitles: [forced, deaf],
};

describe('multivariant playlist', () => {
  test('a film with every sort of track', () => {
    expect(multivariantPlaylist(film)).toBe(
      `#EXTM3U
#EXT-X-VERSION:7
#EXT-X-INDEPENDENT-SEGMENTS
#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio",LANGUAGE="en",NAME="English",DEFAULT=YES,AUTOSELECT=YES,CHANNELS="2",URI="a1-aac2/index.m3u8"
#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio",LANGUAGE="de",NAME="Deutsch",DEFAULT=NO,AUTOSELECT=YES,CHANNELS="16/JOC",URI="a2-copy/index.m3u8"
#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio",LANGUAGE="en",NAME="English (2)",DEFAULT=NO,AUTOSELECT=NO,CHANNELS="2",URI="a3-aac2/index.m3u8"
#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio",LANGUAGE="en",NAME="English (3)",DEFAULT=NO,AUTOSELECT=YES,CHARACTERISTICS="public.accessibility.describes-video",CHANNELS="2",URI="a4-aac2/index.m3u8"
#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="subtitles",LANGUAGE="en",NAME="English",DEFAULT=YES,AUTOSELECT=YES,FORCED=YES,URI="s5/index.m3u8"
#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="subtitles",LANGUAGE="en",NAME="English (2)",DEFAULT=NO,AUTOSELECT=YES,FORCED=NO,CHARACTERISTICS="public.accessibility.transcribes-spoken-dialog,public.accessibility.describes-music-and-sound",URI="s6/index.m3u8"
#EXT-X-STREAM-INF:BANDWIDTH=6848000,AVERAGE-BANDWIDTH=3968000,CODECS="avc1.64001f,mp4a.40.2,ec-3",RESOLUTION=1280x720,FRAME-RATE=23.976,VIDEO-RANGE=SDR,AUDIO="audio",SUBTITLES="subtitles",CLOSED-CAPTIONS=NONE
v0-720p/index.m3u8
`,
    );
  });

  test('subtitles that only their language tells apart may all be taken unasked', () => {
    const french = { ...deaf, id: 's7', name: 'Français', language: 'fr' };
    const again = { ...deaf, id: 's8', name: 'English SDH' };
    const text = multivariantPlaylist({ ...film, subtitles: [deaf, french, again] });
    expect([...text.matchAll(/AUTOSELECT=(YES|NO),FORCED/g)].map(([, word]) => word)).toEqual([
      'YES',
      'YES',
      'NO',
    ]);
  });

  test('several pictures: the preferred one first, each with its own range', () => {
    const original: VideoTrack = {
      ...picture,
      id: 'v0-copy',
      codec: 'hvc1.2.4.L153.B0',
      supplementalCodec: 'dvh1.08.06/db1p',
      range: 'PQ',
      width: 3840,
      height: 2160,
      frameRate: null,
    };
    const text = multivariantPlaylist({ ...film, video: [original, picture], audio: [], subtitles: [] });
    expect(text.split('\n').slice(3)).toEqual([
      '#EXT-X-STREAM-INF:BANDWIDTH=6080000,AVERAGE-BANDWIDTH=3200000,CODECS="hvc1.2.4.L153.B0",SUPPLEMENTAL-CODECS="dvh1.08.06/db1p",RESOLUTION=3840x2160,VIDEO-RANGE=PQ,CLOSED-CAPTIONS=NONE',
      'v0-copy/index.m3u8',
      '#EXT-X-STREAM-INF:BANDWIDTH=6080000,AVERAGE-BANDWIDTH=3200000,CODECS="avc1.64001f",RESOLUTION=1280x720,FRAME-RATE=23.976,VIDEO-RANGE=SDR,CLOSED-CAPTIONS=NONE',
      'v0-720p/index.m3u8',
      '',
    ]);
  });

  test('music is one variant without a picture', () => {
    const text = multivariantPlaylist({ durationSeconds: 5, video: [], audio: [english], subtitles: [] });
    expect(text.split('\n').slice(3)).toEqual([
      '#EXT-X-STREAM-INF:BANDWIDTH=211200,AVERAGE-BANDWIDTH=192000,CODECS="mp4a.40.2"',
      'a1-aac2/index.m3u8',
      '',
    ]);
  });

  const hostile = [
    'a"b',
    'a\r\n#EXT-X-ENDLIST\r\nb',
    'x",URI="http://evil.example/',
    '\u2028\u0085\u0000',
    '"'.repeat(1000),
    '\ud800',
    ' ',
    '😀'.repeat(500),
  ];
  test.each(hostile)('a hostile title stays one quoted value: %j', (name) => {
    const text = multivariantPlaylist({ ...film, audio: [{ ...english, name, language: name }] });
    const lines = text.split('\n');
    expect(lines).toHaveLength(9);
    expect(lines[3]).toMatch(
      /^#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio",LANGUAGE="[^"\r\n]{0,400}",NAME="[^"\r\n]{1,400}",DEFAULT=YES,AUTOSELECT=YES,CHANNELS="2",URI="a1-aac2\/index.m3u8"$/u,
    );
    expect(text.isWellFormed()).toBe(true);
  });
});

describe('media playlist', () => {
  test('of three segments', () => {
    expect(mediaPlaylist(table)).toBe(`#EXTM3U
#EXT-X-VERSION:7
#EXT-X-TARGETDURATION:3
#EXT-X-MEDIA-SEQUENCE:0
#EXT-X-PLAYLIST-TYPE:VOD
#EXT-X-INDEPENDENT-SEGMENTS
#EXT-X-MAP:URI="init.mp4"
#EXTINF:2.002000,
0.m4s
#EXTINF:2.002000,
1.m4s
#EXTINF:1.001000,
2.m4s
#EXT-X-ENDLIST
`);
  });

  test('three hours of thirds of a second do not drift by a microsecond', () => {
    const boundaries = Array.from({ length: 32_401 }, (_, index) => index);
    const text = mediaPlaylist({ timescale: 3, boundaries });
    const micros = [...text.matchAll(/#EXTINF:(\d+)\.(\d{6}),/g)].map(
      ([, whole, part]) => Number(whole) * 1e6 + Number(part),
    );
    expect(micros.reduce((sum, one) => sum + one, 0)).toBe(10_800e6);
    expect(new Set(micros)).toEqual(new Set([333_333, 333_334]));
  });

  test('no segment is longer than the target duration, none has no length', () => {
    expect(mediaPlaylist({ timescale: 1000, boundaries: [83, 10_083, 20_084] })).toContain(
      '#EXT-X-TARGETDURATION:11\n',
    );
    expect(mediaPlaylist({ timescale: 1e6, boundaries: [0, 40_000] })).toContain('#EXT-X-TARGETDURATION:1\n');
  });

  test('of a subtitle', () => {
    expect(subtitlePlaylist(5400.04)).toContain(
      '#EXT-X-TARGETDURATION:5401\n#EXT-X-MEDIA-SEQUENCE:0\n#EXT-X-PLAYLIST-TYPE:VOD\n#EXTINF:5400.040000,\nsubtitles.vtt\n#EXT-X-ENDLIST\n',
    );
  });
});

describe('as hls.js reads them', () => {
  const url = 'https://hearth.example/api/hls/ticket/master.m3u8';

  test('the multivariant playlist', () => {
    const text = multivariantPlaylist(film);
    const parsed = M3U8Parser.parseMasterPlaylist(text, url);
    expect(parsed.playlistParsingError).toBeNull();
    expect(parsed.levels).toEqual([
      expect.objectContaining({
        url: 'https://hearth.example/api/hls/ticket/v0-720p/index.m3u8',
        videoCodec: 'avc1.64001f',
        audioCodec: 'mp4a.40.2,ec-3',
        bitrate: 6_848_000,
        width: 1280,
      }),
    ]);
    const media = M3U8Parser.parseMasterPlaylistMedia(text, url, parsed);
    expect(media.AUDIO?.map(({ name, lang, channels }) => [name, lang, channels])).toEqual([
      ['English', 'en', '2'],
      ['Deutsch', 'de', '16/JOC'],
      ['English (2)', 'en', '2'],
      ['English (3)', 'en', '2'],
    ]);
    expect(media.SUBTITLES?.map((track) => [track.name, track.default])).toEqual([
      ['English', true],
      ['English (2)', false],
    ]);
  });

  test('the media playlist: times, pieces, end', () => {
    const details = M3U8Parser.parseLevelPlaylist(
      mediaPlaylist(table),
      url,
      0,
      PlaylistLevelType.MAIN,
      0,
      null,
    );
    expect(details.playlistParsingError).toBeNull();
    expect(details.live).toBe(false);
    expect(details.totalduration).toBeCloseTo(5.005, 6);
    expect(details.fragments.map(({ start }) => start)).toEqual([0, 2.002, 4.004]);
    expect(details.fragments[2]?.url).toBe('https://hearth.example/api/hls/ticket/2.m4s');
    expect(details.fragments[2]?.initSegment?.url).toBe('https://hearth.example/api/hls/ticket/init.mp4');
  });
});
