/** `2 h 5 min`, `48 min`, `30 s`. */
export function formatDuration(seconds: number, locale: string): string {
  const unit = (value: number, name: 'hour' | 'minute' | 'second') =>
    new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'short' }).format(value);
  if (seconds < 60) return unit(Math.round(seconds), 'second');
  const minutes = Math.round(seconds / 60);
  const hours = Math.floor(minutes / 60);
  if (hours === 0) return unit(minutes, 'minute');
  return minutes % 60 === 0 ? unit(hours, 'hour') : `${unit(hours, 'hour')} ${unit(minutes % 60, 'minute')}`;
}

/** A place in a film: `1:02:03`, `2:03`. */
export function formatClock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (value: number) => String(value).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/** `4.2 GB`: powers of ten, as disks are sold and file managers count. */
export function formatBytes(bytes: number, locale: string): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;
  const power = Math.min(units.length - 1, bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3));
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: units[power],
    unitDisplay: power === 0 ? 'long' : 'short',
    maximumFractionDigits: power >= 3 ? 1 : 0,
  }).format(bytes / 1000 ** power);
}

/** `8.4 Mbit/s` */
export function formatBitrate(bitsPerSecond: number, locale: string): string {
  const mega = bitsPerSecond >= 1e6;
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: mega ? 'megabit-per-second' : 'kilobit-per-second',
    maximumFractionDigits: mega ? 1 : 0,
  }).format(bitsPerSecond / (mega ? 1e6 : 1e3));
}

/** `4.2 MB/s`; at least kilobytes, so that the unit does not jump while little moves. */
export function formatSpeed(bytesPerSecond: number, locale: string): string {
  const units = ['kilobyte-per-second', 'megabyte-per-second', 'gigabyte-per-second'] as const;
  const power = bytesPerSecond >= 1e9 ? 3 : bytesPerSecond >= 1e6 ? 2 : 1;
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: units[power - 1],
    unitDisplay: 'short',
    maximumFractionDigits: power > 1 ? 1 : 0,
  }).format(bytesPerSecond / 1000 ** power);
}

/** `4K`, `1080p`, `720p`, `SD`: what people call a picture height in pixels. Wide films are cropped: 800 lines are 1080p. */
export function formatResolution(height: number): string {
  if (height > 1200) return '4K';
  if (height > 740) return '1080p';
  return height > 580 ? '720p' : 'SD';
}

/** `2019`, `2019–2023`, `2019–` while it runs. */
export function formatYears(type: 'movie' | 'series', year: number | null, endYear: number | null): string {
  if (year === null) return '';
  if (type === 'movie' || endYear === year) return String(year);
  return `${year}–${endYear ?? ''}`;
}

/** `12 March 2024`; an unreadable date is empty. */
export function formatDate(
  date: string,
  locale: string,
  style: 'long' | 'medium' | 'short' = 'medium',
): string {
  const time = new Date(date);
  return Number.isNaN(time.getTime())
    ? ''
    : new Intl.DateTimeFormat(locale, { dateStyle: style }).format(time);
}

/** `3 hours ago`, `yesterday`; for the last week, a date before that. */
export function formatAgo(date: string, locale: string, now = Date.now()): string {
  const seconds = (new Date(date).getTime() - now) / 1000;
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const age = Math.abs(seconds);
  if (age < 60) return format.format(0, 'minute');
  if (age < 3600) return format.format(Math.round(seconds / 60), 'minute');
  if (age < 86_400) return format.format(Math.round(seconds / 3600), 'hour');
  return age < 7 * 86_400 ? format.format(Math.round(seconds / 86_400), 'day') : formatDate(date, locale);
}

/** `S2 E5`, short enough for a card. */
export function formatEpisodeCode(season: number, episode: number): string {
  return `S${season} E${episode}`;
}

/** The language's name in `locale`: `de` → “German”. Unknown tags come back as they are. */
export function formatLanguage(tag: string, locale: string): string {
  try {
    return new Intl.DisplayNames(locale, { type: 'language' }).of(tag) ?? tag;
  } catch {
    // Not a BCP 47 tag; files carry all sorts.
    return tag;
  }
}
