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
      <Label>English</Label>
      <Role schemeIdUri="urn:mpeg:dash:role:2011" value="main"/>
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
      <Label>Français</Label>
      <Accessibility schemeIdUri="urn:mpeg:dash:role:2011" value="caption"/>
      <Role schemeIdUri="urn:mpeg:dash:role:2011" value="subtitle"/>
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
      'Label',
      'Role',
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

/** Children in their order, and attributes with what their values look like (DASH-MPD.xsd, ISO 23009-1). */
const descriptor = { children: [], attributes: { schemeIdUri: /^urn:/, value: /^.+$/ } };
const schema: Record<string, { children: string[]; attributes: Record<string, RegExp>; required?: string[] }> = {
  MPD: {
    children: ['Period'],
    attributes: { xmlns: /^urn:mpeg:dash:schema:mpd:2011$/, type: /^static$/, profiles: /^urn:[^ ]+$/, mediaPresentationDuration: /^PT\d+(\.\d+)?S$/, minBufferTime: /^PT\d+S$/ },
    required: ['profiles', 'minBufferTime', 'mediaPresentationDuration'],
  },
  Period: { children: ['AdaptationSet'], attributes: { id: /^.+$/, start: /^PT\d+S$/ } },
  AdaptationSet: {
    children: ['EssentialProperty', 'Label', 'Accessibility', 'Role', 'Representation'],
    attributes: { contentType: /^(video|audio|text)$/, mimeType: /^[a-z]+\/[a-z0-9]+$/, lang: /^[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*$/, segmentAlignment: /^(true|false)$/, startWithSAP: /^[0-6]$/, selectionPriority: /^\d+$/ },
  },
  Representation: {
    children: ['AudioChannelConfiguration', 'BaseURL', 'SegmentTemplate'],
    attributes: { id: /^[^\s]+$/, codecs: /^[^\s]+$/, bandwidth: /^\d+$/, width: /^\d+$/, height: /^\d+$/, frameRate: /^\d+(\/[1-9]\d*)?$/, audioSamplingRate: /^\d+$/ },
    required: ['id', 'bandwidth'],
  },
  SegmentTemplate: {
    children: ['SegmentTimeline'],
    attributes: { timescale: /^[1-9]\d*$/, startNumber: /^\d+$/, initialization: /^\$RepresentationID\$\//, media: /\$Number\$/ },
  },
  SegmentTimeline: { children: ['S'], attributes: {} },
  S: { children: [], attributes: { t: /^\d+$/, d: /^[1-9]\d*$/, r: /^\d+$/ }, required: ['d'] },
  Label: { children: [], attributes: {} },
  BaseURL: { children: [], attributes: {} },
  EssentialProperty: descriptor, AudioChannelConfiguration: descriptor, Accessibility: descriptor, Role: descriptor,
}; // prettier-ignore

interface Node {
  [key: string]: Node[] | Record<string, string> | string;
}
const inOrder = new XMLParser({
  ignoreAttributes: false,
  preserveOrder: true,
  attributeNamePrefix: '',
  parseTagValue: false,
});

/** What the schema has against a tree, with where. */
function against(nodes: readonly Node[], allowed: readonly string[], path: string): string[] {
  let place = 0;
  return nodes.flatMap((node) => {
    const name = Object.keys(node).find((key) => key !== ':@' && key !== '#text');
    if (name === undefined) return [];
    const rules = schema[name];
    const at = allowed.indexOf(name);
    const attributes = typeof node[':@'] === 'object' && !Array.isArray(node[':@']) ? node[':@'] : {};
    const children = node[name];
    const late = at < place ? [`${path}/${name} is out of order or unknown`] : [];
    place = Math.max(place, at);
    const wrong = Object.entries(attributes).filter(([key, value]) => !rules?.attributes[key]?.test(value));
    const missing = (rules?.required ?? []).filter((key) => !(key in attributes));
    return [
      ...late,
      ...wrong.map(([key, value]) => `${path}/${name}@${key}=${value}`),
      ...missing.map((key) => `${path}/${name}@${key} is missing`),
      ...against(Array.isArray(children) ? children : [], rules?.children ?? [], `${path}/${name}`),
    ];
  });
}

test.each([
  ['a film', film],
  ['only sound', { ...film, video: [], subtitles: [] }],
  ['many of each', { ...film, video: [video, { ...video, id: 'v0-720p', range: 'SDR', frameRate: null }], audio: [audio, { ...audio, language: null, purpose: 'commentary', channels: 2 }] }],
  ['forced subtitles', { ...film, subtitles: film.subtitles.map((one) => ({ ...one, forced: true, language: null })) }],
] satisfies [string, Presentation][])('the schema has nothing against %s', (_, presentation) => {
  const [, root] = inOrder.parse(dashManifest(presentation)) as Node[];
  expect(against(root ? [root] : [], ['MPD'], '')).toEqual([]);
}); // prettier-ignore
