import { binary, float, inside, text, uint, type Element } from './ebml.js';
import { colourOf, dolbyVisionOf, noColour, type DolbyVision } from './colour.js';
import type { FileBytes } from './file-bytes.js';
import { normalizeLanguage } from './language.js';
import type { Colour } from './media-info.js';
import { streamTitle, type StreamFlags } from './stream-flags.js';

/** One TrackEntry, RFC 9559 5.1.4. */
export type MatroskaTrack = Readonly<{
  index: number;
  number: number;
  uid: string;
  /** 1 video, 2 audio, 17 subtitle */
  type: number;
  codecId: string;
  config: Buffer;
  language: string | null;
  title: string | null;
  flags: Partial<StreamFlags>;
  /** nanoseconds a frame; 0 if the file does not say */
  defaultDuration: number;
  /** nanoseconds of sound that only wake the decoder, already in the time stamps (RFC 9559 5.1.4.1.25) */
  codecDelay: number;
  video: VideoSettings;
  audio: AudioSettings;
  dolbyVision: DolbyVision | null;
  /** The whole `dvcC`/`dvvC` record and its type, as it goes into an MP4. */
  dolbyVisionRecord: Readonly<{ type: string; bytes: Buffer }> | null;
  /** How block payloads are packed: ContentCompression, RFC 9559 5.1.4.1.31. */
  compression: Readonly<{ algorithm: number; settings: Buffer }> | null;
}>;

export type VideoSettings = {
  width: number;
  height: number;
  displayWidth: number;
  displayHeight: number;
  /** 0 undetermined, 1 interlaced, 2 progressive */
  interlaced: number;
  bits: number;
  roll: number;
  colour: Colour;
  light: LightLevels;
};
/** Of the mastering display and the brightest pixels, in the units of Matroska (chromaticities, cd/m²). */
export type LightLevels = Readonly<{
  /** Red, green, blue, white point: x and y each; most and least luminance. Null unless all are there. */
  mastering: readonly number[] | null;
  maxContent: number;
  maxFrameAverage: number;
}>;
export type AudioSettings = { sampleRate: number; channels: number; bitDepth: number };

const noLight: LightLevels = { mastering: null, maxContent: 0, maxFrameAverage: 0 };

type Draft = { -readonly [K in keyof MatroskaTrack]: MatroskaTrack[K] } & {
  language639: string;
  languageTag: string | null;
  flags: { -readonly [K in keyof StreamFlags]?: boolean };
};
type Field = (draft: Draft, file: FileBytes, element: Element) => void;

const fields: Readonly<Record<number, Field>> = {
  0xd7: (draft, file, element) => (draft.number = uint(file, element)),
  0x73c5: (draft, file, element) => (draft.uid = binary(file, element, 8).toString('hex').replace(/^0+/, '')),
  0x83: (draft, file, element) => (draft.type = uint(file, element)),
  0x86: (draft, file, element) => (draft.codecId = text(file, element)),
  0x63a2: (draft, file, element) => (draft.config = binary(file, element)),
  0x22b59c: (draft, file, element) => (draft.language639 = text(file, element)),
  0x22b59d: (draft, file, element) => (draft.languageTag = text(file, element)),
  0x536e: (draft, file, element) => (draft.title = streamTitle(text(file, element))),
  0x88: (draft, file, element) => (draft.flags.default = uint(file, element) === 1),
  0x55aa: (draft, file, element) => (draft.flags.forced = uint(file, element) === 1),
  0x55ab: (draft, file, element) => (draft.flags.hearingImpaired = uint(file, element) === 1),
  0x55ac: (draft, file, element) => (draft.flags.visualImpaired = uint(file, element) === 1),
  0x55ae: (draft, file, element) => (draft.flags.original = uint(file, element) === 1),
  0x55af: (draft, file, element) => (draft.flags.commentary = uint(file, element) === 1),
  0x23e383: (draft, file, element) => (draft.defaultDuration = uint(file, element)),
  0x56aa: (draft, file, element) => (draft.codecDelay = uint(file, element)),
  0xe0: (draft, file, element) => (draft.video = readVideo(file, element)),
  0xe1: (draft, file, element) => (draft.audio = readAudio(file, element)),
  0x41e4: (draft, file, element) => {
    draft.dolbyVisionRecord = readAddition(file, element) ?? draft.dolbyVisionRecord;
    draft.dolbyVision = draft.dolbyVisionRecord && dolbyVisionOf(draft.dolbyVisionRecord.bytes);
  },
  0x6d80: (draft, file, element) => (draft.compression = readCompression(file, element)),
};

export function readTracks(file: FileBytes, tracks: Element): MatroskaTrack[] {
  return [...inside(file, tracks)]
    .filter(({ id }) => id === 0xae)
    .slice(0, 1000)
    .map((entry, index) => readEntry(file, entry, index));
}

function readEntry(file: FileBytes, entry: Element, index: number): MatroskaTrack {
  const draft: Draft = {
    index,
    number: 0,
    uid: '',
    type: 0,
    codecId: '',
    config: Buffer.alloc(0),
    language: null,
    language639: 'eng', // the default of the format
    languageTag: null,
    title: null,
    flags: { default: true },
    defaultDuration: 0,
    codecDelay: 0,
    video: {
      width: 0,
      height: 0,
      displayWidth: 0,
      displayHeight: 0,
      interlaced: 0,
      bits: 0,
      roll: 0,
      colour: noColour,
      light: noLight,
    },
    audio: { sampleRate: 8000, channels: 1, bitDepth: 0 },
    dolbyVision: null,
    dolbyVisionRecord: null,
    compression: null,
  };
  for (const element of inside(file, entry)) fields[element.id]?.(draft, file, element);
  const { language639, languageTag, ...track } = draft;
  return { ...track, language: normalizeLanguage(languageTag ?? language639) };
}

function readVideo(file: FileBytes, element: Element): VideoSettings {
  const values = new Map<number, number>();
  let colour = noColour;
  let light = noLight;
  let roll = 0;
  let bits = 0;
  for (const field of inside(file, element)) {
    if (field.id === 0x55b0) ({ colour, bits, light } = readColour(file, field));
    else if (field.id === 0x7670) {
      for (const part of inside(file, field)) if (part.id === 0x7675) roll = float(file, part);
    } else values.set(field.id, uint(file, field));
  }
  const value = (id: number): number => values.get(id) ?? 0;
  const width = value(0xb0) - value(0x54cc) - value(0x54dd);
  const height = value(0xba) - value(0x54aa) - value(0x54bb);
  const aspectOnly = value(0x54b2) > 3; // unit "unknown"
  return {
    width: value(0xb0),
    height: value(0xba),
    displayWidth: aspectOnly ? 0 : value(0x54b0) || width,
    displayHeight: aspectOnly ? 0 : value(0x54ba) || height,
    interlaced: value(0x9a),
    bits,
    roll,
    colour,
    light,
  };
}

type ColourSettings = { colour: Colour; bits: number; light: LightLevels };

function readColour(file: FileBytes, element: Element): ColourSettings {
  const values = new Map<number, number>();
  let mastering: number[] | null = null;
  for (const field of inside(file, element)) {
    if (field.id === 0x55d0) mastering = readMastering(file, field);
    else values.set(field.id, uint(file, field));
  }
  const range = values.get(0x55b9) ?? 0;
  const full = range === 1 ? false : range === 2 ? true : null;
  return {
    colour: colourOf(values.get(0x55bb) ?? 2, values.get(0x55ba) ?? 2, values.get(0x55b1) ?? 2, full),
    bits: values.get(0x55b2) ?? 0,
    light: {
      mastering,
      maxContent: values.get(0x55bc) ?? 0,
      maxFrameAverage: values.get(0x55bd) ?? 0,
    },
  };
}

/** MasteringMetadata: ten numbers with ids in a row, 0x55d1 to 0x55da. */
function readMastering(file: FileBytes, element: Element): number[] | null {
  const values = new Map<number, number>();
  for (const field of inside(file, element)) values.set(field.id, float(file, field));
  const all = Array.from({ length: 10 }, (_, at) => values.get(0x55d1 + at));
  return all.every((value) => value !== undefined) ? all : null;
}

function readAudio(file: FileBytes, element: Element): AudioSettings {
  const audio = { sampleRate: 8000, channels: 1, bitDepth: 0 };
  for (const field of inside(file, element)) {
    if (field.id === 0xb5) audio.sampleRate = Math.round(float(file, field));
    if (field.id === 0x9f) audio.channels = uint(file, field);
    if (field.id === 0x6264) audio.bitDepth = uint(file, field);
  }
  for (const field of inside(file, element)) {
    if (field.id === 0x78b5) audio.sampleRate = Math.round(float(file, field)); // with SBR the output is what counts
  }
  return audio;
}

/** `dvcC`/`dvvC` as a block addition mapping type. */
function readAddition(file: FileBytes, element: Element): MatroskaTrack['dolbyVisionRecord'] {
  let type = 0;
  let extra = Buffer.alloc(0);
  for (const field of inside(file, element)) {
    if (field.id === 0x41e7) type = uint(file, field);
    if (field.id === 0x41ed) extra = Buffer.from(binary(file, field, 64));
  }
  if (type === 0x64766343) return { type: 'dvcC', bytes: extra };
  return type === 0x64767643 ? { type: 'dvvC', bytes: extra } : null;
}

function readCompression(file: FileBytes, encodings: Element): MatroskaTrack['compression'] {
  for (const encoding of inside(file, encodings)) {
    for (const part of encoding.id === 0x6240 ? inside(file, encoding) : []) {
      if (part.id !== 0x5034) continue;
      let algorithm = 0;
      let settings = Buffer.alloc(0);
      for (const field of inside(file, part)) {
        if (field.id === 0x4254) algorithm = uint(file, field);
        if (field.id === 0x4255) settings = Buffer.from(binary(file, field, 4096));
      }
      return { algorithm, settings };
    }
  }
  return null;
}
