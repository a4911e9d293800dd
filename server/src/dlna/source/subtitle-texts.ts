import { parseWebVtt } from '../../ffmpeg/subtitle-formats.js';
import { type Cue, isSound, timestamp } from '../../ffmpeg/webvtt.js';

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  nbsp: '\u00A0',
  lrm: '\u200E',
  rlm: '\u200F',
  quot: '"',
};

const decoded = (text: string): string =>
  text.replace(/&(amp|lt|gt|nbsp|lrm|rlm|quot);/g, (_, name: string) => entities[name] ?? '');

/** Italics and the like stay: players that do not know them are few, and those show the letters. */
const srtText = (text: string): string => decoded(text.replace(/<(?!\/?[ibu]>)[^<>]*>/g, ''));

const soundCues = (vtt: string): Cue[] => parseWebVtt(vtt).filter(isSound);

/** SubRip: CRLF line ends and a comma before the milliseconds, as old televisions want them. */
export function srtOf(vtt: string): string {
  const time = (seconds: number): string => timestamp(seconds).replace('.', ',');
  return soundCues(vtt)
    .map(
      ({ startSeconds, endSeconds, text }, at) =>
        `${at + 1}\r\n${time(startSeconds)} --> ${time(endSeconds)}\r\n${srtText(text).replaceAll('\n', '\r\n')}\r\n`,
    )
    .join('\r\n');
}

/** SAMI (Microsoft, 1998): each text stands until the next, so that silence is a text of its own. */
export function smiOf(vtt: string): string {
  const head = '<SAMI><HEAD><STYLE TYPE="text/css"><!-- P { text-align: center; } .CC { Name: Subtitles; lang: en-US; SAMIType: CC; } --></STYLE></HEAD><BODY>'; // prettier-ignore
  const cues = soundCues(vtt);
  const lines = cues.flatMap(({ startSeconds, endSeconds, text }, at) => {
    const next = cues[at + 1]?.startSeconds ?? Infinity;
    const shown = sync(startSeconds, text.replace(/<(?!\/?[ibu]>)[^<>]*>/g, '').replaceAll('\n', '<BR>'));
    return next > endSeconds ? [shown, sync(endSeconds, '&nbsp;')] : [shown];
  });
  return [head, ...lines, '</BODY></SAMI>', ''].join('\r\n');
}

const sync = (seconds: number, text: string): string =>
  `<SYNC Start=${Math.max(0, Math.round(seconds * 1000))}><P Class=CC>${text}`;
