/** Seconds; `end` is left out where the device wants everything. */
export interface NptRange {
  readonly start: number;
  readonly end?: number;
}

const range = /^npt\s*=\s*([\d:.]{1,20})\s*-\s*([\d:.]{1,20})?\s*(?:\/.*)?$/i;
const seconds = /^\d{1,8}(?:\.\d{0,9})?$/;
// H+:MM:SS, with a decimal fraction or F0/F1 (AVTransport:1 §2.2.14); some leave the hours out.
const clock = /^(?:(\d{1,6}):)?(\d{1,2}):(\d{1,2})(?:\.(\d{1,9})(?:\/(\d{1,9}))?)?$/;

/** `npt=10.5-`, `npt=0:10:05.7-0:20:00` of TimeSeekRange.dlna.org. @returns undefined for anything else */
export function parseNptRange(header: string): NptRange | undefined {
  const found = range.exec(header.trim());
  const start = parseTime(found?.[1]);
  if (!found || start === undefined) return undefined;
  if (found[2] === undefined) return { start };
  const end = parseTime(found[2]);
  return end === undefined || end < start ? undefined : { start, end };
}

function parseTime(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  return seconds.test(text) ? Number(text) : parseClock(text);
}

/** `npt=10.500-600.000/3600.000`; what is unknown is `*`, or left out at the end. Seconds. */
export function formatNptRange(start: number, end: number | undefined, total: number | undefined): string {
  return `npt=${start.toFixed(3)}-${end?.toFixed(3) ?? ''}/${total?.toFixed(3) ?? '*'}`;
}

const padded = (value: number, digits: number): string => String(value).padStart(digits, '0');

/** `H:MM:SS.mmm`, as `res@duration` and REL_TIME have it; nothing below zero. */
export function formatClock(time: number): string {
  const milliseconds = Math.max(0, Math.round(time * 1000)) || 0;
  const whole = Math.floor(milliseconds / 1000);
  const minutes = Math.floor(whole / 60);
  return `${Math.floor(minutes / 60)}:${padded(minutes % 60, 2)}:${padded(whole % 60, 2)}.${padded(milliseconds % 1000, 3)}`;
}

/** Seconds of `H+:MM:SS`, with `.mmm` or `.F0/F1`. @returns undefined for NOT_IMPLEMENTED and whatever else */
export function parseClock(text: string): number | undefined {
  const found = clock.exec(text.trim());
  if (!found) return undefined;
  const [, hours = '0', minutes, second, fraction, divisor] = found;
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(second) + fractionOf(fraction, divisor);
}

function fractionOf(fraction: string | undefined, divisor: string | undefined): number {
  if (fraction === undefined) return 0;
  if (divisor === undefined) return Number(`0.${fraction}`);
  return Number(divisor) > Number(fraction) ? Number(fraction) / Number(divisor) : 0;
}
