import type { TorrentSettings } from '@hearth/contract/torrent';

/** Settings as they are typed: speeds in MB/s, room in GB, hours; lists line by line. */
export interface TorrentDraft {
  readonly downloadLimit: string;
  readonly uploadLimit: string;
  readonly maxConnections: string;
  readonly maxPeers: string;
  readonly maxActive: string;
  readonly cacheBytes: string;
  readonly port: string;
  readonly discovery: TorrentSettings['discovery'];
  readonly encryption: TorrentSettings['encryption'];
  readonly browserPeers: boolean;
  readonly seedRatio: string;
  readonly seedMinutes: string;
  readonly trackerListUrl: string;
  readonly extraTrackers: string;
  readonly blockedTrackers: string;
  readonly blockListUrl: string;
  readonly blockedAddresses: string;
  readonly networkInterface: string;
  readonly proxy: string;
  readonly watchFolder: string;
  readonly schedules: readonly ScheduleDraft[];
}

export interface ScheduleDraft {
  readonly days: readonly number[];
  /** `22:30` */
  readonly from: string;
  readonly to: string;
  readonly pause: boolean;
  readonly downloadLimit: string;
  readonly uploadLimit: string;
}

export type TorrentChange = Partial<Omit<TorrentSettings, 'noticeAcceptedAt'>>;
export type DraftField = keyof TorrentDraft;

/** What a number’s field takes, and what one of its units is of the setting’s. */
export const numberFields = {
  downloadLimit: { least: 0, most: 10_000, unit: 1e6, optional: true },
  uploadLimit: { least: 0, most: 10_000, unit: 1e6, optional: true },
  maxConnections: { least: 1, most: 2000, unit: 1, optional: false },
  maxPeers: { least: 1, most: 2000, unit: 1, optional: false },
  maxActive: { least: 1, most: 100, unit: 1, optional: false },
  cacheBytes: { least: 0.1, most: 60_000, unit: 1e9, optional: false },
  port: { least: 0, most: 65_535, unit: 1, optional: false },
  seedRatio: { least: 0, most: 1000, unit: 1, optional: false },
  seedMinutes: { least: 0, most: 100_000, unit: 60, optional: false },
} as const;
export type NumberField = keyof typeof numberFields;
const numberNames = Object.keys(numberFields).filter((name): name is NumberField => name in numberFields);

/** A number as people of any language type it, in the setting’s unit; undefined where it is none, or out of bounds. */
export function readNumber(
  text: string,
  { least, most, unit, optional }: { least: number; most: number; unit: number; optional: boolean },
  whole = true,
): number | undefined {
  const plain = text.trim().replace(',', '.');
  if (plain === '') return optional ? 0 : undefined;
  if (!/^\d+(\.\d+)?$/.test(plain)) return undefined;
  const value = Number(plain);
  if (value < least || value > most || (whole && unit === 1 && !Number.isInteger(value))) return undefined;
  return whole ? Math.round(value * unit) : value * unit;
}

function shownNumber(value: number, { unit, optional }: { unit: number; optional: boolean }, locale: string) {
  if (optional && value === 0) return '';
  return (value / unit).toLocaleString(locale, { maximumFractionDigits: 3, useGrouping: false });
}

export function draftOf(settings: TorrentSettings, locale: string): TorrentDraft {
  const number = (name: NumberField) => shownNumber(settings[name], numberFields[name], locale);
  const { discovery, encryption, browserPeers, networkInterface } = settings;
  const { trackerListUrl, blockListUrl, proxy, watchFolder } = settings;
  return {
    downloadLimit: number('downloadLimit'),
    uploadLimit: number('uploadLimit'),
    maxConnections: number('maxConnections'),
    maxPeers: number('maxPeers'),
    maxActive: number('maxActive'),
    cacheBytes: number('cacheBytes'),
    port: number('port'),
    seedRatio: number('seedRatio'),
    seedMinutes: number('seedMinutes'),
    ...{ discovery, encryption, browserPeers, networkInterface },
    ...{ trackerListUrl, blockListUrl, proxy, watchFolder },
    extraTrackers: settings.extraTrackers.join('\n'),
    blockedTrackers: settings.blockedTrackers.join('\n'),
    blockedAddresses: settings.blockedAddresses.join('\n'),
    schedules: settings.schedules.map((one) => ({
      days: one.days,
      from: clock(one.fromMinute),
      to: clock(one.toMinute),
      pause: one.downloadLimit === -1 || one.uploadLimit === -1,
      downloadLimit: shownNumber(Math.max(0, one.downloadLimit), numberFields.downloadLimit, locale),
      uploadLimit: shownNumber(Math.max(0, one.uploadLimit), numberFields.uploadLimit, locale),
    })),
  };
}

/** What differs from `settings`, or the fields that can’t be read. */
export function changeOf(
  draft: TorrentDraft,
  settings: TorrentSettings,
): { readonly change: TorrentChange } | { readonly wrong: readonly DraftField[] } {
  const numbers = numberNames.map((name) => ({
    name,
    value: readNumber(draft[name], numberFields[name], name !== 'seedRatio'),
  }));
  const schedules = draft.schedules.map(readSchedule);
  const wrong: DraftField[] = [
    ...numbers.filter(({ value }) => value === undefined).map(({ name }) => name),
    ...(['trackerListUrl', 'blockListUrl'] as const).filter((name) => !isUrl(draft[name])),
    ...(/^$|^socks5h?:\/\/\S+$/i.test(draft.proxy.trim()) ? [] : (['proxy'] as const)),
    ...(/^$|^(\/|[a-z]:\\)/i.test(draft.watchFolder.trim()) ? [] : (['watchFolder'] as const)),
    ...(schedules.includes(undefined) ? (['schedules'] as const) : []),
  ];
  if (wrong.length > 0) return { wrong };
  const { discovery, encryption, browserPeers, networkInterface } = draft;
  const whole: TorrentChange = {
    ...Object.fromEntries(numbers.map(({ name, value }) => [name, value])),
    ...{ discovery, encryption, browserPeers, networkInterface },
    trackerListUrl: draft.trackerListUrl.trim(),
    blockListUrl: draft.blockListUrl.trim(),
    proxy: draft.proxy.trim(),
    watchFolder: draft.watchFolder.trim(),
    extraTrackers: lines(draft.extraTrackers),
    blockedTrackers: lines(draft.blockedTrackers),
    blockedAddresses: lines(draft.blockedAddresses),
    schedules: schedules.filter((one) => one !== undefined),
  };
  return { change: differences(whole, settings) };
}

function differences(whole: TorrentChange, settings: TorrentSettings): TorrentChange {
  const before = new Map<string, unknown>(Object.entries(settings));
  return Object.fromEntries(
    Object.entries(whole).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(before.get(name)),
    ),
  );
}

function readSchedule(one: ScheduleDraft): TorrentSettings['schedules'][number] | undefined {
  const [fromMinute, toMinute] = [minutes(one.from), minutes(one.to)];
  const download = one.pause ? -1 : readNumber(one.downloadLimit, numberFields.downloadLimit);
  const upload = one.pause ? -1 : readNumber(one.uploadLimit, numberFields.uploadLimit);
  if (fromMinute === undefined || toMinute === undefined || download === undefined || upload === undefined)
    return undefined;
  if (one.days.length === 0 || fromMinute === toMinute) return undefined;
  const days = [...one.days].sort((a, b) => a - b);
  return { days, fromMinute, toMinute, downloadLimit: download, uploadLimit: upload };
}

const isUrl = (text: string) => /^$|^https?:\/\/[^\s/]+\S*$/i.test(text.trim());
const lines = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
const two = (value: number) => String(value).padStart(2, '0');
const clock = (minute: number) => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;

function minutes(text: string): number | undefined {
  const [, hour, minute] = /^(\d{1,2}):(\d{2})/.exec(text) ?? [];
  if (hour === undefined || minute === undefined) return undefined;
  const value = Number(hour) * 60 + Number(minute);
  return value < 1440 ? value : undefined;
}
