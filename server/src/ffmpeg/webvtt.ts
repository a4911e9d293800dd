/** One line of a subtitle. `text` is WebVTT cue text: escaped, with `<i> <b> <u>` and voice tags at most. */
export type Cue = Readonly<{ startSeconds: number; endSeconds: number; text: string; settings?: string }>;

/** Has text, and a time to show it in. */
export const isSound = ({ startSeconds, endSeconds, text }: Cue): boolean =>
  endSeconds > startSeconds && text.trim() !== '';

/** A WebVTT file (W3C WebVTT 1): cues in order of time, those without text or duration left out. */
export function formatWebVtt(cues: readonly Cue[]): string {
  const sound = cues.filter(isSound);
  const sorted = sound.toSorted((a, b) => a.startSeconds - b.startSeconds || a.endSeconds - b.endSeconds);
  const blocks = sorted.map(({ startSeconds, endSeconds, text, settings }) => {
    const line = `${timestamp(startSeconds)} --> ${timestamp(endSeconds)}${settings ? ` ${settings}` : ''}`;
    return `${line}\n${withoutBlankLines(text)}\n`;
  });
  return ['WEBVTT\n', ...blocks].join('\n');
}

/** A blank line would end the cue. */
const withoutBlankLines = (text: string): string =>
  text
    .split(/\r\n?|\n/)
    .map((line) => line.trimEnd())
    .filter((line) => line !== '')
    .join('\n');

export function timestamp(seconds: number): string {
  const ms = Math.max(0, Math.round(seconds * 1000));
  const pad = (value: number, width = 2): string => String(value).padStart(width, '0');
  return `${pad(Math.floor(ms / 3_600_000))}:${pad(Math.floor(ms / 60_000) % 60)}:${pad(Math.floor(ms / 1000) % 60)}.${pad(ms % 1000, 3)}`;
}

/** Deeper is nobody's typography, and an unbounded depth lets a hostile file block the server for hours. */
const deepestMarkup = 8;

/** Text of another format as cue text: `<i> <b> <u>` kept and balanced, all other markup dropped, the rest escaped. */
export function cueText(raw: string): string {
  const open: string[] = [];
  const parts = raw.split(/(<\/?[a-z][^<>\n]{0,200}>)/i).map((part, i) => {
    if (i % 2 === 0) return escapeText(part);
    const tag = /^<(\/?)([biu])>$/i.exec(part.replace(/\s/g, ''));
    if (tag === null) return '';
    const name = (tag[2] ?? '').toLowerCase();
    if (tag[1] === '') {
      if (open.length >= deepestMarkup) return '';
      open.push(name);
      return `<${name}>`;
    }
    const at = open.lastIndexOf(name);
    return at < 0
      ? ''
      : open
          .splice(at)
          .reverse()
          .map((inner) => `</${inner}>`)
          .join('');
  });
  return (
    parts.join('') +
    open
      .reverse()
      .map((name) => `</${name}>`)
      .join('')
  );
}

/** Leaves entities that are already there. */
function escapeText(text: string): string {
  return text
    .replace(/&(?!(amp|lt|gt|nbsp|lrm|rlm|quot|#\d+);)/g, '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
