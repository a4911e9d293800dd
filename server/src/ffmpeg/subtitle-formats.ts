import { cueText, formatWebVtt, isSound, type Cue } from './webvtt.js';

export type SubtitleFormat = 'srt' | 'ass' | 'webvtt' | 'microdvd';

/** Text in which no subtitle could be found. */
export class SubtitleUnreadable extends Error {
  override readonly name = 'SubtitleUnreadable';
}

/**
 * Any of the text formats as WebVTT; the format is told from the contents, because file names lie.
 * @param framesPerSecond of the film, for MicroDVD, which counts frames. @throws SubtitleUnreadable
 */
export function toWebVtt(text: string, framesPerSecond: number | null = null): string {
  const parsers: Readonly<Record<SubtitleFormat, () => Cue[]>> = {
    srt: () => parseSrt(text),
    ass: () => parseAss(text),
    webvtt: () => parseWebVtt(text),
    microdvd: () => parseMicroDvd(text, framesPerSecond ?? 23.976),
  };
  const format = detectFormat(text);
  const cues = format === null ? [] : parsers[format]();
  if (!cues.some(isSound)) throw new SubtitleUnreadable('The file holds no subtitle of a known text format.');
  return formatWebVtt(cues);
}

/** Every pattern takes a bounded step from each place it starts at: hostile text must not cost the square of its length. */
export function detectFormat(text: string): SubtitleFormat | null {
  const head = text.slice(0, 20_000);
  if (/^\uFEFF?WEBVTT/.test(head)) return 'webvtt';
  if (/^[ \t]*(\[script info\]|dialogue:)/im.test(head)) return 'ass';
  if (/^[ \t]*\{\d+\}\{\d*\}/m.test(head)) return 'microdvd';
  return /\d{1,4}:\d{1,2}[,.:]\d{1,3}\s*-+>/.test(head) ? 'srt' : null;
}

const lines = (text: string): string[] => text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
const TIMES =
  /^\s*(?:(\d+):)?(\d{1,2}):(\d{1,2})(?:[,.:](\d{1,3}))?\s*-+>\s*(?:(\d+):)?(\d{1,2}):(\d{1,2})(?:[,.:](\d{1,3}))?(.*)$/;

const seconds = (
  h: string | undefined,
  m: string | undefined,
  s: string | undefined,
  fraction = '',
): number => Number(h ?? 0) * 3600 + Number(m) * 60 + Number(s) + Number(fraction.padEnd(3, '0')) / 1000;

type Timed = { startSeconds: number; endSeconds: number; rest: string; body: string[] };

/** Blocks under a line of times; numbers, blank lines and a missing blank line between blocks are all tolerated. */
function timedBlocks(text: string): Timed[] {
  const blocks: Timed[] = [];
  let current: Timed | null = null;
  for (const line of lines(text)) {
    const times = TIMES.exec(line);
    if (times === null) {
      current?.body.push(line);
      continue;
    }
    const [, h1, m1, s1, f1, h2, m2, s2, f2, rest = ''] = times;
    current = { startSeconds: seconds(h1, m1, s1, f1), endSeconds: seconds(h2, m2, s2, f2), rest, body: [] };
    blocks.push(current);
  }
  return blocks;
}

/** SubRip. A number before the next line of times belongs to that one, if a blank line or nothing comes before it. */
function parseSrt(text: string): Cue[] {
  return timedBlocks(text).map(({ startSeconds, endSeconds, body }, i, all) => {
    const kept = [...body];
    if (i + 1 < all.length) {
      while (kept.at(-1)?.trim() === '') kept.pop();
      if (
        /^\s*\d+\s*$/.test(kept.at(-1) ?? '') &&
        (kept.length === 1 || kept.at(-2)?.trim() === '' || Number(kept.at(-1)) === i + 2)
      )
        kept.pop();
    }
    return { startSeconds, endSeconds, text: srtText(kept.join('\n').trim()) };
  });
}

/** SubRip text also carries ASS position marks (`{\an8}`): top lines stay at the top by a setting no one needs. */
export const srtText = (raw: string): string => cueText(raw.replace(/\{\\[^{}]*\}/g, ''));

/** WebVTT itself: the cues alone (NOTE, STYLE and REGION blocks go), their settings and text as they are. */
export function parseWebVtt(text: string): Cue[] {
  return timedBlocks(text).map(({ startSeconds, endSeconds, rest, body }) => {
    const end = body.findIndex((line) => line.trim() === '');
    return {
      startSeconds,
      endSeconds,
      text: (end < 0 ? body : body.slice(0, end)).join('\n'),
      settings: rest.trim(),
    };
  });
}

/** MicroDVD `{start}{end}text|text` in frames; a first line `{1}{1}25` states the rate. */
export function parseMicroDvd(text: string, framesPerSecond: number): Cue[] {
  let rate = framesPerSecond;
  const cues: Cue[] = [];
  for (const line of lines(text)) {
    const [, from, to, raw = ''] = /^\s*\{(\d+)\}\{(\d*)\}(.*)$/.exec(line) ?? [];
    if (from === undefined) continue;
    const stated = Number(raw);
    if (cues.length === 0 && Number(from) <= 1 && stated > 5 && stated < 130) rate = stated;
    else {
      const startSeconds = Number(from) / rate;
      const endSeconds = to ? Number(to) / rate : startSeconds + 3;
      cues.push({ startSeconds, endSeconds, text: raw.split('|').map(microDvdLine).join('\n') });
    }
  }
  return cues;
}

function microDvdLine(line: string): string {
  const style = /\{[yY]:([^{}]*)\}/.exec(line)?.[1]?.toLowerCase() ?? '';
  const plain = line.replace(/\{[^{}]*\}/g, '').replace(/^\//, '<i>');
  return cueText(
    ['b', 'i', 'u'].reduce((text, tag) => (style.includes(tag) ? `<${tag}>${text}</${tag}>` : text), plain),
  );
}

const defaultFields = [
  'layer',
  'start',
  'end',
  'style',
  'name',
  'marginl',
  'marginr',
  'marginv',
  'effect',
  'text',
];

/** ASS/SSA as plain text with italics and the like; typesetting is for a renderer in the browser. */
function parseAss(text: string): Cue[] {
  let fields = defaultFields;
  const cues: Cue[] = [];
  let section = '[events]';
  for (const line of lines(text)) {
    if (line.startsWith('[')) section = line.trim().toLowerCase();
    if (section !== '[events]') continue;
    const [, kind, rest = ''] = /^(format|dialogue):\s*(.*)$/i.exec(line) ?? [];
    if (kind?.toLowerCase() === 'format') fields = rest.split(',').map((name) => name.trim().toLowerCase());
    if (kind?.toLowerCase() !== 'dialogue') continue;
    const values = rest.split(',');
    const value = (name: string): string => values[fields.indexOf(name)] ?? '';
    const [startSeconds, endSeconds] = [assTime(value('start')), assTime(value('end'))];
    if (startSeconds === null || endSeconds === null) continue;
    cues.push({ startSeconds, endSeconds, text: assText(values.slice(fields.length - 1).join(',')) });
  }
  return cues;
}

function assTime(raw: string): number | null {
  const [, h, m, s, fraction] = /^\s*(\d+):(\d+):(\d+)[.:](\d+)\s*$/.exec(raw) ?? [];
  return h === undefined ? null : seconds(h, m, s, fraction);
}

/** Text of a Dialogue line: override blocks become tags or nothing, drawings (`\p1`) vanish. */
function assText(raw: string): string {
  let drawing = false;
  const tagged = raw.split(/(\{[^{}]*\})/).map((part) => {
    if (!part.startsWith('{')) return drawing ? '' : part;
    const mode = /\\p(\d+)/.exec(part);
    if (mode !== null) drawing = mode[1] !== '0';
    return [...part.matchAll(/\\([biu])(\d+)/g)]
      .map(([, tag, on]) => (on === '0' ? `</${tag}>` : `<${tag}>`))
      .join('');
  });
  return cueText(
    tagged
      .join('')
      .replace(/\\[Nn]/g, '\n')
      .replaceAll('\\h', '\u00a0'),
  );
}

/** Text of an ASS event as Matroska stores it: `ReadOrder, Layer, Style, Name, MarginL, MarginR, MarginV, Effect, Text`. */
export const matroskaAssText = (payload: string): string => assText(payload.split(',').slice(8).join(','));
