import type { ClientCapabilities } from '@hearth/contract/playback';
import type { MediaStream, Source } from '@hearth/contract/title';
import type { ScreenFacts } from './screen-facts';

/** Asks the browser whether it decodes a media type with exact `codecs`, as in `video/mp4; codecs="avc1.640028"`. */
export interface CodecProbe {
  /** As a whole file. */
  plays(contentType: string): Promise<boolean>;
  /** Whether the container alone is known. */
  opens(contentType: string): boolean;
  /** In segments; of `stream`'s size and rate, and without dropping frames, where one is given. */
  feeds(contentType: string, stream?: MediaStream): Promise<boolean>;
}

/** The media type of each container the server knows, in video. */
const containerTypes: Readonly<Record<string, string>> = {
  mp4: 'video/mp4',
  mov: 'video/quicktime',
  webm: 'video/webm',
  matroska: 'video/x-matroska',
  mpegts: 'video/mp2t',
  ogg: 'video/ogg',
  mp3: 'audio/mpeg',
  flac: 'audio/flac',
  wav: 'audio/wav',
  aac: 'audio/aac',
};

/**
 * Claims that measurements refuted. Firefox 145 and later says it plays Matroska, but downloads the whole file first
 * (jellyfin#15521, jellyfin-web#7335).
 */
const falseClaims: readonly { readonly userAgent: RegExp; readonly container: string }[] = [
  { userAgent: /Firefox\//, container: 'matroska' },
];

/** H.264 by profile (Baseline, Main, High, High 10, 4:2:2, 4:4:4), each at levels 6.2 to 3.0: the server counts everything below in. */
const avc = ['avc1.42E0', 'avc1.4D40', 'avc1.6400', 'avc1.6E00', 'avc1.7A00', 'avc1.F400'].map((profile) =>
  [62, 52, 51, 42, 41, 40, 31, 30].map(
    (level) => profile + level.toString(16).padStart(2, '0').toUpperCase(),
  ),
);

/** Codecs whose strings carry limits that only an exact match proves, at the levels films come in. */
const exact: readonly string[] = [
  ...['30', '60', '63', '90', '93', '120', '123', '150', '153', '156', '180', '183', '186'].flatMap(
    (level) => [
      `hvc1.1.6.L${level}.B0`,
      `hev1.1.6.L${level}.B0`,
      `hvc1.2.4.L${level}.B0`,
      `hev1.2.4.L${level}.B0`,
      // What x265 writes: no statement about interlacing beyond “progressive, frame only”.
      `hvc1.1.6.L${level}.90`,
      `hvc1.2.4.L${level}.90`,
    ],
  ),
  ...['10', '20', '21', '30', '31', '40', '41', '50', '51', '52', '60', '61'].flatMap((level) => [
    `vp09.00.${level}.08`,
    `vp09.02.${level}.10`,
  ]),
  ...['00', '01', '04', '05', '08', '09', '12', '13', '14', '15', '16'].flatMap((level) => [
    `av01.0.${level}M.08`,
    `av01.0.${level}M.10`,
  ]),
];

/** Short name as the server keeps it, and the media type that proves it. */
const plain: readonly (readonly [kind: 'videoCodecs' | 'audioCodecs', name: string, contentType: string])[] =
  [
    ['videoCodecs', 'vp8', 'video/webm; codecs="vp8"'],
    ['videoCodecs', 'theora', 'video/ogg; codecs="theora"'],
    ['videoCodecs', 'mpeg4', 'video/mp4; codecs="mp4v.20.9"'],
    ['audioCodecs', 'mp4a.40.2', 'audio/mp4; codecs="mp4a.40.2"'],
    ['audioCodecs', 'mp4a.40.5', 'audio/mp4; codecs="mp4a.40.5"'],
    ['audioCodecs', 'mp3', 'audio/mpeg'],
    ['audioCodecs', 'opus', 'audio/webm; codecs="opus"'],
    ['audioCodecs', 'vorbis', 'audio/webm; codecs="vorbis"'],
    ['audioCodecs', 'flac', 'audio/mp4; codecs="flac"'],
    ['audioCodecs', 'ac3', 'audio/mp4; codecs="ac-3"'],
    ['audioCodecs', 'eac3', 'audio/mp4; codecs="ec-3"'],
    ['audioCodecs', 'dts', 'audio/mp4; codecs="dtsc"'],
    ['audioCodecs', 'alac', 'audio/mp4; codecs="alac"'],
    ['audioCodecs', 'pcm_s16le', 'audio/wav; codecs="1"'],
  ];

/** The same in segments, which are MP4 throughout (ADR 0013). */
const streamedSound: readonly (readonly [name: string, contentType: string])[] = [
  ['mp4a.40.2', 'audio/mp4; codecs="mp4a.40.2"'],
  ['mp4a.40.5', 'audio/mp4; codecs="mp4a.40.5"'],
  ['mp3', 'audio/mp4; codecs="mp3"'],
  ['opus', 'audio/mp4; codecs="opus"'],
  ['flac', 'audio/mp4; codecs="flac"'],
  ['ac3', 'audio/mp4; codecs="ac-3"'],
  ['eac3', 'audio/mp4; codecs="ec-3"'],
  ['alac', 'audio/mp4; codecs="alac"'],
];

const typeOf = (codec: string) =>
  `${codec.startsWith('vp09') ? 'video/webm' : 'video/mp4'}; codecs="${codec}"`;

/** What this browser and its screen can show, with the exact strings of `sources` tried first, and what it draws over it. */
export async function clientCapabilities(
  probe: CodecProbe,
  userAgent: string,
  sources: readonly Source[] = [],
  screen: ScreenFacts = {},
  subtitleFormats: ClientCapabilities['subtitleFormats'] = ['vtt'],
): Promise<ClientCapabilities> {
  const [files, streaming] = await Promise.all([inFiles(probe, sources), inSegments(probe, sources)]);
  return {
    containers: containersOf(probe, userAgent),
    ...files,
    streaming,
    ...screen,
    subtitleFormats,
  };
}

interface CodecLists {
  videoCodecs: string[];
  audioCodecs: string[];
}

async function inFiles(probe: CodecProbe, sources: readonly Source[]): Promise<CodecLists> {
  const [avcBest, families, names, own] = await Promise.all([
    Promise.all(avc.map((levels) => filtered(levels, (codec) => probe.plays(typeOf(codec))))),
    filtered(exact, (codec) => probe.plays(typeOf(codec))),
    filtered(plain, ([, , type]) => probe.plays(type)),
    ownStrings(probe, sources),
  ]);
  const named = (kind: keyof CodecLists) => names.filter(([of]) => of === kind).map(([, name]) => name);
  return {
    // The highest level of each H.264 profile stands for those below.
    videoCodecs: unique([
      ...own.video,
      ...avcBest.flatMap((levels) => levels.slice(0, 1)),
      ...named('videoCodecs'),
      ...families,
    ]),
    audioCodecs: unique([...own.audio, ...named('audioCodecs')]),
  };
}

/** Fed by segments a browser may decode less than from a file, or, like MSE in Safari, more. */
async function inSegments(probe: CodecProbe, sources: readonly Source[]): Promise<CodecLists> {
  const mp4 = (codec: string) => `video/mp4; codecs="${codec}"`;
  const [avcBest, families, names, own] = await Promise.all([
    Promise.all(avc.map((levels) => filtered(levels, (codec) => probe.feeds(mp4(codec))))),
    filtered(exact, (codec) => probe.feeds(mp4(codec))),
    filtered(streamedSound, ([, type]) => probe.feeds(type)),
    ownSegments(probe, sources),
  ]);
  const bearable = (codec: string) => !own.refused.has(codec);
  return {
    videoCodecs: unique([
      ...own.video,
      ...avcBest.flatMap((levels) => levels.slice(0, 1)),
      ...families,
    ]).filter(bearable),
    audioCodecs: unique([...own.audio, ...names.map(([name]) => name)]).filter(bearable),
  };
}

async function filtered<T>(list: readonly T[], test: (one: T) => Promise<boolean>): Promise<T[]> {
  const passed = await Promise.all(list.map(test));
  return list.filter((_, index) => passed[index]);
}

function containersOf(probe: CodecProbe, userAgent: string): string[] {
  const lied = falseClaims.filter((claim) => claim.userAgent.test(userAgent)).map((claim) => claim.container);
  return Object.entries(containerTypes)
    .filter(([name, type]) => !lied.includes(name) && probe.opens(type))
    .map(([name]) => name);
}

/** The codec strings of the very files, where this browser plays them. */
async function ownStrings(
  probe: CodecProbe,
  sources: readonly Source[],
): Promise<{ video: string[]; audio: string[] }> {
  const found = { video: new Set<string>(), audio: new Set<string>() };
  const streams = sources.flatMap((source) =>
    source.streams.map((stream) => ({ stream, container: containerTypes[source.container] ?? 'video/mp4' })),
  );
  await Promise.all(
    streams.map(async ({ stream, container }) => {
      if (stream.kind === 'subtitle' || !stream.codecString) return;
      const type = stream.kind === 'audio' ? container.replace('video/', 'audio/') : container;
      const other = stream.kind === 'audio' ? 'audio/mp4' : typeOf(stream.codecString).replace(/;.*/, '');
      const tries = [type, other].map((media) => `${media}; codecs="${stream.codecString}"`);
      const played = await Promise.all(tries.map((contentType) => probe.plays(contentType)));
      if (played.some(Boolean)) found[stream.kind].add(stream.codecString);
    }),
  );
  return { video: [...found.video], audio: [...found.audio] };
}

/** The files' own strings at their own size and rate; what would stutter is refused. */
async function ownSegments(
  probe: CodecProbe,
  sources: readonly Source[],
): Promise<{ video: string[]; audio: string[]; refused: Set<string> }> {
  const found = { video: new Set<string>(), audio: new Set<string>() };
  const refused = new Set<string>();
  await Promise.all(
    sources
      .flatMap((source) => source.streams)
      .map(async (stream) => {
        if (stream.kind === 'subtitle' || !stream.codecString) return;
        const fits = await probe.feeds(`${stream.kind}/mp4; codecs="${stream.codecString}"`, stream);
        if (fits) found[stream.kind].add(stream.codecString);
        else refused.add(stream.codecString);
      }),
  );
  return { video: [...found.video], audio: [...found.audio], refused };
}

const unique = (list: readonly string[]): string[] => [...new Set(list)].slice(0, 200);
