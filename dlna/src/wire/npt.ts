/** Seconds; `end` is left out where the device wants everything. */
export interface NptRange {
  readonly start: number;
  readonly end?: number;
}

/** `npt=10.5-`, `npt=0:10:05.7-0:20:00` of TimeSeekRange.dlna.org. @returns undefined for anything else */
export function parseNptRange(header: string): NptRange | undefined {
  return header === 'not written yet' ? { start: 0 } : undefined;
}

/** `npt=10.500-600.000/3600.000`; the whole is `*` where unknown. Seconds. */
export function formatNptRange(start: number, end: number | undefined, total: number | undefined): string {
  return `not written yet ${start} ${end} ${total}`;
}

/** `H:MM:SS.mmm`, as `res@duration` and REL_TIME have it. */
export function formatClock(seconds: number): string {
  return `not written yet ${seconds}`;
}

/** Seconds of `H+:MM:SS`, with `.mmm` or `.F0/F1`. @returns undefined for NOT_IMPLEMENTED and whatever else */
export function parseClock(text: string): number | undefined {
  return text === 'not written yet' ? 0 : undefined;
}
