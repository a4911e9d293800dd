/** An air date and where it stands in the name. */
export interface FoundDate {
  date: string;
  start: number;
  end: number;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH = '(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}';
const S = '[ ._/-]';

interface DateForm {
  example: string;
  pattern: RegExp;
  /** Capture groups of year, month, day. */
  order: readonly [number, number, number];
}

/** Year first is unambiguous and comes first; eight and six digits in a row are accepted only as calendar days. */
const FORMS: readonly DateForm[] = [
  {
    example: '2023.02.13',
    pattern: new RegExp(
      `(?<![\\d\\p{L}])((?:19|20)\\d\\d)(?<sep>${S}{1,3})([01]?\\d)\\k<sep>([0-3]?\\d)(?![\\d])`,
      'iu',
    ),
    order: [1, 3, 4],
  },
  { example: '2023年02月13日', pattern: /((?:19|20)\d\d)年(\d{1,2})月(\d{1,2})日/iu, order: [1, 2, 3] },
  {
    example: '20230213',
    pattern: /(?<![\d\p{L}])((?:19|20)\d\d)([01]\d)([0-3]\d)(?![\d\p{L}])/iu,
    order: [1, 2, 3],
  },
  {
    example: '13-02-2023',
    pattern: new RegExp(
      `(?<!\\d|\\p{L}|\\d[ .-])([0-3]?\\d)(?<sep>${S})([0-3]?\\d)\\k<sep>((?:19|20)\\d\\d)(?!\\d)`,
      'iu',
    ),
    order: [4, 3, 1],
  },
  {
    example: '13 Feb 2023',
    pattern: new RegExp(
      `(?<![\\d\\p{L}])([0-3]?\\d)(?:st|nd|rd|th)?${S}{0,3}${MONTH}${S}{0,3}((?:19|20)\\d\\d)(?!\\d)`,
      'iu',
    ),
    order: [3, 2, 1],
  },
  {
    example: 'Feb 13 2023',
    pattern: new RegExp(
      `(?<![\\d\\p{L}])${MONTH}${S}{1,3}([0-3]?\\d)(?:st|nd|rd|th)?,?${S}{1,3}((?:19|20)\\d\\d)(?!\\d)`,
      'iu',
    ),
    order: [3, 1, 2],
  },
  {
    example: '2023 Feb 13',
    pattern: new RegExp(`(?<![\\d])((?:19|20)\\d\\d)${S}{1,3}${MONTH}${S}{1,3}([0-3]?\\d)(?!\\d)`, 'iu'),
    order: [1, 2, 3],
  },
  {
    example: '2023x02.13',
    pattern: /(?<![\d\p{L}])((?:19|20)\d\d)x(\d\d)\.(\d\d)(?!\d)/iu,
    order: [1, 2, 3],
  },
  {
    example: '13-Feb-23',
    pattern: new RegExp(`(?<![\\d\\p{L}])([0-3]?\\d)[-. ]${MONTH}[-. ](\\d\\d)(?!\\d)`, 'iu'),
    order: [3, 2, 1],
  },
  {
    example: '23.02.13',
    pattern: /(?<=[^\d][ ._-]+)(\d\d)[._-]([01]\d)[._-]([0-3]\d)(?![\d\p{L}]|[.-]\d)/iu,
    order: [1, 2, 3],
  },
  {
    example: '02-13-23',
    pattern: /(?<=[^\d][ ._-]+)([01]\d)[._-]([0-3]\d)[._-](\d\d)(?![\d\p{L}]|[.-]\d)/iu,
    order: [3, 1, 2],
  },
  {
    example: '23 02 13',
    pattern: /(?<![\d\p{L}-] ?)(\d\d) (\d\d) (\d\d)(?![\d\p{L}.]| \d)/iu,
    order: [1, 2, 3],
  },
  { example: '230213', pattern: /(?<![\d\p{L}])(\d\d)([01]\d)([0-3]\d)(?![\d\p{L}])/iu, order: [1, 2, 3] },
];

/** The first date a name states, trying the surest form first. Day and month swap where only that gives a real day. */
export function findAirDate(text: string): FoundDate | null {
  if (!/\d.*\d.*\d/u.test(text)) return null;
  for (const { pattern, order } of FORMS) {
    const match = pattern.exec(text);
    if (!match) continue;
    const [y, m, d] = order.map((group) => match[group] ?? '');
    const date = isoDate(y ?? '', m ?? '', d ?? '');
    if (date) return { date, start: match.index, end: match.index + match[0].length };
  }
  return null;
}

function isoDate(yearText: string, monthText: string, dayText: string): string | null {
  let year = Number(yearText);
  if (yearText.length === 2) year += year < 40 ? 2000 : 1900;
  let month = Number(monthText);
  if (Number.isNaN(month)) month = MONTHS.indexOf(monthText.slice(0, 3).toLowerCase()) + 1;
  let day = Number(dayText);
  if (month > 12 && day <= 12) [month, day] = [day, month];
  const date = new Date(Date.UTC(year, month - 1, day));
  if (month < 1 || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  return date.toISOString().slice(0, 10);
}
