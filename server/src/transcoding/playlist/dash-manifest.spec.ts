import { XMLParser } from 'fast-xml-parser';
import { dashManifest } from './dash-manifest.js';
import type { AudioTrack, Presentation, VideoTrack } from './presentation.js';

const video: VideoTrack = {
  id: 'v0-copy',
  codec: 'hvc1.2.4.L153.B0',
  averageBandwidth: 20_000_000,
  peakBandwidth: 40_000_000,
  table: { timescale: 1_000_000, boundaries: [83_000, 6_083_000, 12_083_000, 18_500_000] },
  width: 3840,
  height: 2160,
  frameRate: { num: 24000, den: 1001 },
  range: 'PQ',
  supplementalCodec: null,
};
const audio: AudioTrack = {
  id: 'a1-copy',
  codec: 'mp4a.40.34',
  averageBandwidth: 320_000,
  peakBandwidth: 320_000,
  table: { timescale: 48_000, boundaries: [0, 196_608, 393_216] },
  name: 'English',
  language: 'en',
  channels: 6,
  atmos: false,
  sampleRate: 48_000,
  purpose: 'main',
};
const film: Presentation = {
  durationSeconds: 18.5,
  video: [video],
  audio: [audio],
  subtitles: [
    { id: 's3', name: 'Français', language: 'fr', forced: false, hearingImpaired: true, isDefault: false },
  ],
};

test('a film: one set for each picture, sound and subtitle', () => {
  expect(dashManifest(film)).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" profiles="urn:mpeg:dash:profile:isoff-live:2011" mediaPresentationDuration="PT18.500S" minBufferTime="PT4S">
  <Period id="0" start="PT0S">
    <AdaptationSet contentType="video" mimeType="video/mp4" segmentAlignment="true" startWithSAP="1" selectionPriority="100">
      <EssentialProperty schemeIdUri="urn:mpeg:mpegB:cicp:ColourPrimaries" value="9"/>
      <EssentialProperty schemeIdUri="urn:mpeg:mpegB:cicp:TransferCharacteristics" value="16"/>
      <EssentialProperty schemeIdUri="urn:mpeg:mpegB:cicp:MatrixCoefficients" value="9"/>
      <Role schemeIdUri="urn:mpeg:dash:role:2011" value="main"/>
      <Representation id="v0-copy" codecs="hvc1.2.4.L153.B0" bandwidth="40000000" width="3840" height="2160" frameRate="24000/1001">
        <SegmentTemplate timescale="1000000" startNumber="0" initialization="$RepresentationID$/init.mp4" media="$RepresentationID$/$Number$.m4s">
          <SegmentTimeline>
            <S t="83000" d="6000000" r="1"/>
            <S d="6417000"/>
          </SegmentTimeline>
        </SegmentTemplate>
      </Representation>
    </AdaptationSet>
    <AdaptationSet contentType="audio" mimeType="audio/mp4" lang="en" segmentAlignment="true" startWithSAP="1" selectionPriority="100">
      <Role schemeIdUri="urn:mpeg:dash:role:2011" value="main"/>
      <Label>English</Label>
      <Representation id="a1-copy" codecs="mp4a.6B" bandwidth="320000" audioSamplingRate="48000">
        <AudioChannelConfiguration schemeIdUri="urn:mpeg:mpegB:cicp:ChannelConfiguration" value="6"/>
        <SegmentTemplate timescale="48000" startNumber="0" initialization="$RepresentationID$/init.mp4" media="$RepresentationID$/$Number$.m4s">
          <SegmentTimeline>
            <S t="0" d="196608" r="1"/>
          </SegmentTimeline>
        </SegmentTemplate>
      </Representation>
    </AdaptationSet>
    <AdaptationSet contentType="text" mimeType="text/vtt" lang="fr">
      <Accessibility schemeIdUri="urn:mpeg:dash:role:2011" value="caption"/>
      <Role schemeIdUri="urn:mpeg:dash:role:2011" value="subtitle"/>
      <Label>Français</Label>
      <Representation id="s3" bandwidth="1000">
        <BaseURL>s3/subtitles.vtt</BaseURL>
      </Representation>
    </AdaptationSet>
  </Period>
</MPD>
`);
});

const parser = new XMLParser({ ignoreAttributes: false, processEntities: true });

test.each(['</Label><Evil/>', 'a & b', '"><x y="', ']]>', '\u0000\u0008', '<!-- ', '&#x0;', '\ud800'])(
  'a hostile title is text and nothing else: %j',
  (name) => {
    const text = dashManifest({
      ...film,
      video: [],
      subtitles: [],
      audio: [{ ...audio, name, language: name }],
    });
    expect(text.isWellFormed()).toBe(true);
    const parsed: { MPD: { Period: { AdaptationSet: Record<string, unknown> } } } = parser.parse(text);
    const set = parsed.MPD.Period.AdaptationSet;
    expect(Object.keys(set).filter((key) => !key.startsWith('@'))).toEqual([
      'Role',
      'Label',
      'Representation',
    ]);
    expect(String(set['Label'])).toBe(name.replace(/[\u0000-\u001f\ud800]/g, '').trim());
  },
);

test('lengths on the timeline add up to the end of the table, however they are counted', () => {
  const boundaries = [0, 3, 6, 9, 11, 13, 16, 16.5, 17].map((at) => at * 1000);
  const text = dashManifest({
    ...film,
    video: [{ ...video, table: { timescale: 1000, boundaries } }],
    audio: [],
  });
  const runs = [...text.matchAll(/<S(?: t="(\d+)")? d="(\d+)"(?: r="(\d+)")?\/>/g)];
  const total = runs.reduce((sum, [, , d, r]) => sum + Number(d) * (Number(r ?? 0) + 1), 0);
  const count = runs.reduce((sum, [, , , r]) => sum + Number(r ?? 0) + 1, 0);
  expect([total, count]).toEqual([17_000, 8]);
});
