import type { HistoryEntry } from '@hearth/contract/playback';

export interface Day {
  /** `2026-11-21`, in the time zone of the person. */
  readonly key: string;
  readonly entries: readonly HistoryEntry[];
}

/** The calendar day of a moment, in this device’s time zone. */
export function dayOf(time: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
}

/** Entries by day, in the order they come in. */
export function groupByDay(entries: readonly HistoryEntry[]): Day[] {
  const days = Map.groupBy(entries, (entry) => dayOf(new Date(entry.watchedAt)));
  return [...days].map(([key, ofDay]) => ({ key, entries: ofDay }));
}

/** `Today`, `Yesterday`, else the date with its weekday; the year only when it is another one. */
export function dayName(
  key: string,
  locale: string,
  words: { readonly today: string; readonly yesterday: string },
  now: Date,
): string {
  const before = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1);
  if (key === dayOf(now)) return words.today;
  if (key === dayOf(before)) return words.yesterday;
  const [year = 0, month = 1, day = 1] = key.split('-').map(Number);
  return new Intl.DateTimeFormat(locale, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...(year === now.getFullYear() ? {} : { year: 'numeric' }),
  }).format(new Date(year, month - 1, day));
}
