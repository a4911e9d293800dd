import type { SubtitleBlock } from './matroska-subtitles.js';

type Event = Pick<SubtitleBlock, 'startSeconds' | 'durationSeconds' | 'payload'>;

/**
 * An `.ass` file from what Matroska keeps of one: the head (CodecPrivate) and the events, `ReadOrder, Layer, Style,
 * Name, MarginL, MarginR, MarginV, Effect, Text` without times (Matroska codec mappings, S_TEXT/ASS). In the order the
 * author wrote them, which decides what lies on top. Null where a block has no end.
 */
export function assScript(head: string, blocks: readonly Event[]): string | null {
  const clean = head
    .replace(/^\uFEFF/, '')
    .replace(/\0/g, '')
    .trimEnd();
  const isOld = !/^\[v4\+ styles\]/im.test(clean);
  const events: { order: number; line: string }[] = [];
  for (const { startSeconds, durationSeconds, payload } of blocks) {
    if (durationSeconds === null) return null;
    const [order = '', layer = '0', ...rest] = payload.toString('utf8').replaceAll('\0', '').split(',');
    const times = `${assTime(startSeconds)},${assTime(startSeconds + durationSeconds)}`;
    // A line break would end the event; in its text it is written \N.
    const text = rest.join(',').replace(/\r?\n/g, '\\N');
    const first = isOld ? `Marked=${layer.replace(/^Marked=/i, '')}` : layer;
    events.push({ order: Number(order) || 0, line: `Dialogue: ${first},${times},${text}` });
  }
  const lines = events.toSorted((a, b) => a.order - b.order).map(({ line }) => line);
  return [...withEvents(clean, isOld), ...lines, ''].join('\n');
}

const fields = 'Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text';

/** Some muxers leave the last section out of the head. Sections that follow it (fonts) would swallow the events. */
function withEvents(head: string, isOld: boolean): string[] {
  const [, before = head, events = '', after = ''] =
    /^([\s\S]*?)(^\[events\][^[]*)([\s\S]*)$/im.exec(head) ?? [];
  const format = /^format:.*$/im.exec(events)?.[0] ?? `Format: ${isOld ? 'Marked' : 'Layer'}, ${fields}`;
  return [before.trimEnd(), ...(after ? [after.trimEnd()] : []), '', '[Events]', format];
}

/** `H:MM:SS.cc` */
export function assTime(seconds: number): string {
  const hundredths = Math.max(0, Math.round(seconds * 100));
  const pad = (value: number): string => String(value).padStart(2, '0');
  const [minutes, rest] = [Math.floor(hundredths / 6000), hundredths % 6000];
  return `${Math.floor(minutes / 60)}:${pad(minutes % 60)}:${pad(Math.floor(rest / 100))}.${pad(rest % 100)}`;
}
