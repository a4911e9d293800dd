/** A release year and the stretch it takes, brackets included. */
export interface FoundYear {
  year: number;
  start: number;
  end: number;
}

const YEAR = /(?<![\d\p{L}])(18[89]\d|19\d\d|20[0-3]\d)(?!\d|(?!г(?!\p{L}))\p{L})/gu;
const RANGE_TAIL = /^[ ]?[-–][ ]?(?:(?:19|20)\d\d|present|)(?=[)\] ])/iu;

/**
 * The year of release. A bracketed year is the surest («Movie (1997) - Group 2019»); otherwise the last one before
 * `techStart` counts, because earlier ones belong to the title («Blade Runner 2049 2017», «2012 2009»). A bare year that
 * begins the name is the title («1917.1080p»).
 */
export function findYear(text: string, techStart: number): FoundYear | null {
  let bare: FoundYear | null = null;
  let late: FoundYear | null = null;
  for (const match of text.matchAll(YEAR)) {
    const start = match.index;
    const end = start + match[0].length;
    const opens = /[[({][ ]?$/u.exec(text.slice(Math.max(0, start - 2), start));
    const range = RANGE_TAIL.exec(text.slice(end, end + 9));
    const closes = /^[ ]?[\])}]/u.exec(text.slice(end + (range?.[0].length ?? 0)));
    if (opens && (closes || /^[ .,/]/u.test(text.slice(end)))) {
      const from = start - opens[0].length;
      if (from > 0 || closes)
        return {
          year: Number(match[1]),
          start: from,
          end: closes ? end + (range?.[0].length ?? 0) + closes[0].length : end,
        };
    }
    if (start === 0 || /^[^\p{L}\p{N}]*$/u.test(text.slice(0, start))) continue;
    // A picture size, a group of digits (`x264-1920`), the second half of a span of years.
    if (
      /^(?:x| x )\d{3}/iu.test(text.slice(end, end + 6)) ||
      (end === text.length && text.charAt(start - 1) === '-')
    )
      continue;
    if (bare && /^[ ]?[-–][ ]?$/u.test(text.slice(bare.end, start))) continue;
    if (start > techStart && text.startsWith(match[0])) continue;
    if (start < techStart) bare = { year: Number(match[1]), start, end };
    else late ??= { year: Number(match[1]), start, end };
  }
  return bare ?? late;
}
