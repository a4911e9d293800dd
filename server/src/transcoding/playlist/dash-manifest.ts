import type { SegmentTable } from '../timeline/segment-table.js';
import { xml } from './manifest-text.js';
import type { AudioTrack, Presentation, SubtitleTrack, VideoTrack } from './presentation.js';

type Attributes = Readonly<Record<string, string | number | null | undefined>>;

/** An element with what lies in it, one a line. */
function element(name: string, attributes: Attributes, content: readonly string[] = []): string[] {
  const written = Object.entries(attributes)
    .flatMap(([key, value]) =>
      value === null || value === undefined ? [] : [` ${key}="${xml(String(value))}"`],
    )
    .join('');
  if (content.length === 0) return [`<${name}${written}/>`];
  return [`<${name}${written}>`, ...content.map((line) => `  ${line}`), `</${name}>`];
}

const property = (kind: string, schemeIdUri: string, value: string | number): string[] =>
  element(kind, { schemeIdUri, value });
const role = (value: string): string[] => property('Role', 'urn:mpeg:dash:role:2011', value);

/** Lengths that come again in a row are counted (ISO 23009-1, 5.3.9.6). */
function timeline({ boundaries }: SegmentTable): string[] {
  const runs: { t: number | null; d: number; r: number }[] = [];
  boundaries.slice(1).forEach((end, index) => {
    const start = boundaries[index] ?? 0;
    const last = runs.at(-1);
    if (last?.d === end - start) last.r += 1;
    else runs.push({ t: index === 0 ? start : null, d: end - start, r: 0 });
  });
  const lines = runs.flatMap(({ t, d, r }) => element('S', { t, d, r: r > 0 ? r : null }));
  return element('SegmentTimeline', {}, lines);
}

function template(table: SegmentTable): string[] {
  const attributes = {
    timescale: table.timescale,
    startNumber: 0,
    initialization: '$RepresentationID$/init.mp4',
    media: '$RepresentationID$/$Number$.m4s',
  };
  return element('SegmentTemplate', attributes, timeline(table));
}

/** CICP (ISO 23091-2) numbers of what is not BT.709: BT.2020 with PQ or HLG. */
function range({ range: name }: VideoTrack): string[] {
  if (name === 'SDR') return [];
  const cicp = (what: string, value: number): string[] =>
    property('EssentialProperty', `urn:mpeg:mpegB:cicp:${what}`, value);
  return [
    ...cicp('ColourPrimaries', 9),
    ...cicp('TransferCharacteristics', name === 'PQ' ? 16 : 18),
    ...cicp('MatrixCoefficients', 9),
  ];
}

/** DASH names codecs as Media Source does: MP3 by its object type, not by HLS's name for it. */
const dashCodec = (codec: string): string => (codec === 'mp4a.40.34' ? 'mp4a.6B' : codec);

/** One set a picture: their cuts differ, so that no player may switch between them in mid-segment. */
function video(track: VideoTrack, place: number): string[] {
  const { num, den } = track.frameRate ?? { num: 0, den: 1 };
  const representation = element(
    'Representation',
    {
      id: track.id,
      codecs: dashCodec(track.codec),
      bandwidth: Math.ceil(track.peakBandwidth),
      width: track.width,
      height: track.height,
      frameRate: num > 0 ? (den === 1 ? num : `${num}/${den}`) : null,
    },
    template(track.table),
  );
  return element(
    'AdaptationSet',
    {
      contentType: 'video',
      mimeType: 'video/mp4',
      segmentAlignment: 'true',
      startWithSAP: 1,
      selectionPriority: 100 - place,
    },
    [...range(track), ...role(place === 0 ? 'main' : 'alternate'), ...representation],
  );
}

/** ChannelConfiguration (ISO 23091-3, table 1) by number of channels. */
const channelConfigurations = [0, 1, 2, 3, 4, 5, 6, 11, 12];

function audio(track: AudioTrack, place: number): string[] {
  const { purpose, language, name } = track;
  const roles = {
    main: place === 0 ? 'main' : 'alternate',
    commentary: 'commentary',
    description: 'description',
  };
  const representation = element(
    'Representation',
    {
      id: track.id,
      codecs: dashCodec(track.codec),
      bandwidth: Math.ceil(track.peakBandwidth),
      audioSamplingRate: track.sampleRate > 0 ? track.sampleRate : null,
    },
    [
      ...property(
        'AudioChannelConfiguration',
        'urn:mpeg:mpegB:cicp:ChannelConfiguration',
        channelConfigurations[track.channels] ?? 2,
      ),
      ...template(track.table),
    ],
  );
  return element(
    'AdaptationSet',
    {
      contentType: 'audio',
      mimeType: 'audio/mp4',
      lang: language,
      segmentAlignment: 'true',
      startWithSAP: 1,
      selectionPriority: 100 - place,
    },
    [`<Label>${xml(name)}</Label>`, ...role(roles[purpose]), ...representation],
  );
}

function subtitle({ id, name, language, forced, hearingImpaired }: SubtitleTrack): string[] {
  return element('AdaptationSet', { contentType: 'text', mimeType: 'text/vtt', lang: language }, [
    `<Label>${xml(name)}</Label>`,
    ...(hearingImpaired ? property('Accessibility', 'urn:mpeg:dash:role:2011', 'caption') : []),
    ...role(forced ? 'forced-subtitle' : 'subtitle'),
    ...element('Representation', { id, bandwidth: 1000 }, [`<BaseURL>${xml(id)}/subtitles.vtt</BaseURL>`]),
  ]);
}

/** MPEG-DASH manifest (ISO 23009-1) of the same segments that the HLS playlists name. */
export function dashManifest({
  durationSeconds,
  video: pictures,
  audio: sounds,
  subtitles,
}: Presentation): string {
  const period = element('Period', { id: '0', start: 'PT0S' }, [
    ...pictures.flatMap(video),
    ...sounds.flatMap(audio),
    ...subtitles.flatMap(subtitle),
  ]);
  const mpd = element(
    'MPD',
    {
      xmlns: 'urn:mpeg:dash:schema:mpd:2011',
      type: 'static',
      profiles: 'urn:mpeg:dash:profile:isoff-live:2011',
      mediaPresentationDuration: `PT${durationSeconds.toFixed(3)}S`,
      minBufferTime: 'PT4S',
    },
    period,
  );
  return ['<?xml version="1.0" encoding="UTF-8"?>', ...mpd, ''].join('\n');
}
