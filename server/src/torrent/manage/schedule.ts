import type { TorrentSettings } from '@hearth/contract/torrent';

type Schedule = TorrentSettings['schedules'][number];

/** What holds at a moment. Limits in bytes a second, 0 for none. */
export interface Limits {
  readonly downloadLimit: number;
  readonly uploadLimit: number;
  /** Nothing is fetched ahead of those who watch. */
  readonly holdsDownloads: boolean;
  /** Nothing is given while nobody watches. */
  readonly holdsSeeding: boolean;
}

const dayMinutes = 24 * 60;

/** Whether it holds; from ten in the evening to six, it goes on into the next day. Equal ends: the whole day. */
function holds({ days, fromMinute, toMinute }: Schedule, day: number, minute: number): boolean {
  const length = (toMinute - fromMinute + dayMinutes) % dayMinutes || dayMinutes;
  return days.some((first) => {
    const since =
      (((day - first + 7) % 7) * dayMinutes + minute - fromMinute + 7 * dayMinutes) % (7 * dayMinutes);
    return since < length;
  });
}

/** The limits of a moment, by the clock of the house; of schedules that overlap, the first one counts. Pure. */
export function limitsAt(
  settings: Pick<TorrentSettings, 'schedules' | 'downloadLimit' | 'uploadLimit'>,
  now: Date,
): Limits {
  const minute = now.getHours() * 60 + now.getMinutes();
  const active = settings.schedules.find((schedule) => holds(schedule, now.getDay(), minute));
  const { downloadLimit, uploadLimit } = active ?? settings;
  return {
    // Who watches meanwhile is not held up.
    downloadLimit: downloadLimit < 0 ? settings.downloadLimit : downloadLimit,
    uploadLimit: uploadLimit < 0 ? settings.uploadLimit : uploadLimit,
    holdsDownloads: downloadLimit < 0,
    holdsSeeding: uploadLimit < 0,
  };
}
