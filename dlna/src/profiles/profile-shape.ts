import type {
  Conversion,
  DescriptionHabits,
  DeviceProfile,
  DidlHabits,
  Playable,
  ProfileMatch,
  PushHabits,
} from './device-profile.js';
import { costlyPattern } from './pattern-cost.js';
import { isJsonObject, type Json, type JsonObject } from './profile-layers.js';

/** Says where and what is wrong, or nothing. */
type Check = (value: Json | undefined, at: string, say: (fault: string) => void) => void;

const written = (value: Json | undefined): string => JSON.stringify(value ?? null).slice(0, 60);

const kind =
  (type: 'string' | 'boolean', what: string): Check =>
  (value, at, say) => {
    if (typeof value !== type) say(`${at}: ${what} expected, not ${written(value)}`);
  };
const text = kind('string', 'text');
const flag = kind('boolean', 'true or false');

const sentence: Check = (value, at, say) => {
  if (typeof value !== 'string' || !value.trim()) say(`${at}: a text is missing`);
};

const amount: Check = (value, at, say) => {
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0)
    say(`${at}: a number from 0 up expected, not ${written(value)}`);
};

const pattern: Check = (value, at, say) => {
  if (typeof value !== 'string' || !value) return say(`${at}: a regular expression expected`);
  try {
    new RegExp(value, 'i');
    const fault = costlyPattern(value);
    if (fault) say(`${at}: ${fault}`);
  } catch (error) {
    say(`${at}: ${error instanceof Error ? error.message : 'no regular expression'}`);
  }
};

const oneOf =
  (...allowed: readonly (string | number)[]): Check =>
  (value, at, say) => {
    if ((typeof value !== 'string' && typeof value !== 'number') || !allowed.includes(value))
      say(`${at}: one of ${allowed.join(', ')} expected, not ${written(value)}`);
  };

const listOf =
  (check: Check): Check =>
  (value, at, say) => {
    if (!Array.isArray(value)) return say(`${at}: a list expected, not ${written(value)}`);
    value.forEach((entry: Json, index) => check(entry, `${at}[${index}]`, say));
  };

const recordOf =
  (check: Check): Check =>
  (value, at, say) => {
    if (!isJsonObject(value)) return say(`${at}: an object expected, not ${written(value)}`);
    for (const [name, entry] of Object.entries(value)) check(entry, `${at}.${name}`, say);
  };

const optional =
  (check: Check): Check =>
  (value, at, say) => {
    if (value !== undefined) check(value, at, say);
  };

/** All fields, and none that nobody reads: a misspelt one must not pass for a wish that was granted. */
const shape =
  <T>(fields: Readonly<Record<keyof T & string, Check>>): Check =>
  (value, at, say) => {
    if (!isJsonObject(value)) return say(`${at}: an object expected, not ${written(value)}`);
    const checks: Readonly<Record<string, Check>> = fields;
    for (const name of Object.keys(value))
      if (!Object.hasOwn(checks, name)) say(`${at ? `${at}.` : ''}${name}: no such field`);
    for (const [name, check] of Object.entries(checks)) check(value[name], at ? `${at}.${name}` : name, say);
  };

const match = shape<ProfileMatch>({
  userAgent: optional(pattern),
  clientInfo: optional(pattern),
  friendlyName: optional(pattern),
  manufacturer: optional(pattern),
  modelName: optional(pattern),
  weak: optional(flag),
});

const plays = shape<Playable>({
  containers: recordOf(
    shape<Playable['containers'][string]>({ video: listOf(sentence), audio: listOf(sentence) }),
  ),
  audio: listOf(sentence),
  images: listOf(sentence),
  maxHeight: optional(amount),
  maxBitrate: optional(amount),
  maxAudioChannels: amount,
  bitDepth: oneOf(8, 10),
  hdr: listOf(oneOf('hdr10', 'hdr10plus', 'hlg', 'dolby-vision')),
});

const convert = shape<Conversion>({
  container: oneOf('mpegts'),
  audio: oneOf('aac', 'ac3'),
  maxHeight: amount,
  seek: oneOf('time', 'bytes', 'none'),
  length: oneOf('chunked', 'close', 'huge'),
  profileName: optional(text),
  claimsOriginal: optional(flag),
});

const didl = shape<DidlHabits>({
  date: flag,
  namespaces: listOf(oneOf('sec', 'pv')),
  plainClasses: flag,
  numberTitles: flag,
  ignoreSort: flag,
  mostActors: amount,
  asciiOnly: flag,
  albumArtQuery: flag,
  replaceSlashes: flag,
  escapeApostrophes: flag,
});

const profile = shape<DeviceProfile>({
  id: sentence,
  name: sentence,
  source: sentence,
  extends: optional(sentence),
  match: listOf(match),
  plays,
  mime: recordOf(sentence),
  profileNames: recordOf(text),
  flags: oneOf('full', 'none'),
  convert,
  didl,
  description: shape<DescriptionHabits>({ samsung: flag, sony: flag, windowsMediaConnect: flag }),
  subtitles: listOf(oneOf('resource', 'caption-info', 'caption-info-ex', 'pv', 'smi', 'burn')),
  alsoAs: recordOf(sentence),
  art: oneOf('tn', 'sm', 'med'),
  bookmark: oneOf('seconds', 'milliseconds'),
  ignoresRanges: flag,
  interactiveVideo: flag,
  push: shape<PushHabits>({ metadata: oneOf('full', 'empty'), mime: recordOf(sentence) }),
});

/** What is wrong with a whole profile, each fault with the path of its field; empty where it is one. */
export function profileFaults(candidate: JsonObject): string[] {
  const faults: string[] = [];
  profile(candidate, '', (fault) => faults.push(fault));
  return faults;
}

/** @param faults gets what is wrong */
export function isDeviceProfile(candidate: unknown, faults: string[]): candidate is DeviceProfile {
  if (!isJsonObject(candidate)) faults.push('not a JSON object');
  else faults.push(...profileFaults(candidate));
  return faults.length === 0;
}
