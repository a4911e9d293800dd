/** Where one subpicture begins in the `.sub` file, and when it is shown. */
export interface IndexEntry {
  readonly startSeconds: number;
  readonly offset: number;
}

/** What is said of a whole disc: also all that Matroska keeps of an `.idx` file. */
export interface VobSubHead {
  /** Of the disc's picture, in pixels that need not be square; null where it is not said. */
  readonly size: readonly [width: number, height: number] | null;
  /** Sixteen colours, `0xrrggbb`; null where they are not said. */
  readonly palette: readonly number[] | null;
}

/** One language of an `.idx` file. */
export interface IndexedLanguage {
  /** As written, two letters; null for `--`. */
  readonly language: string | null;
  /** Of its packets in the `.sub` file, 0 to 31. */
  readonly number: number;
  readonly entries: readonly IndexEntry[];
}

const mostLanguages = 32;
/** Of all languages; a disc of three hours has some three thousand of each. */
const mostEntries = 200_000;

/** Whether bytes begin as an `.idx` file does. */
export const looksLikeIndex = (head: Buffer): boolean =>
  /^\uFEFF?\s*# VobSub index file/.test(head.toString('utf8', 0, 64));

export function readHead(text: string): VobSubHead {
  const size = /^size:\s*(\d{2,4})\s*x\s*(\d{2,4})/m.exec(text)?.slice(1).map(Number);
  const colours = /^palette:([ \t0-9a-f,]+)/im.exec(text)?.[1]?.match(/[0-9a-f]{6}/gi) ?? [];
  const [width = 0, height = 0] = size ?? [];
  return {
    size: width > 0 && height > 0 && width <= 4096 && height <= 4096 ? [width, height] : null,
    palette: colours.length === 16 ? colours.map((colour) => parseInt(colour, 16)) : null,
  };
}

/** The languages that have pictures, in order. Lines that say nothing sound are passed over. */
export function readLanguages(text: string): IndexedLanguage[] {
  const found: (IndexedLanguage & { entries: IndexEntry[] })[] = [];
  let [delay, count] = [0, 0];
  for (const line of text.split(/\r?\n/)) {
    const id = /^id:\s*([a-z]{2}|--)\s*,\s*index:\s*(\d{1,2})\b/i.exec(line);
    if (id) {
      if (found.length >= mostLanguages) break;
      const language = id[1] === '--' ? null : (id[1]?.toLowerCase() ?? null);
      found.push({ language, number: Number(id[2]), entries: [] });
      delay = 0;
      continue;
    }
    const shift = /^delay:\s*(-?)(.+)/i.exec(line);
    if (shift) delay += (shift[1] === '-' ? -1 : 1) * (secondsOf(shift[2] ?? '') ?? 0);
    const entry = /^timestamp:\s*([\d:]+)\s*,\s*filepos:\s*([0-9a-f]{1,12})\b/i.exec(line);
    const at = entry && secondsOf(entry[1] ?? '');
    if (at === null || count++ >= mostEntries) continue;
    found
      .at(-1)
      ?.entries.push({ startSeconds: Math.max(0, at + delay), offset: parseInt(entry?.[2] ?? '', 16) });
  }
  return found.filter(({ entries, number }) => entries.length > 0 && number < mostLanguages);
}

/** `00:01:02:345`: the last part is in milliseconds. */
function secondsOf(time: string): number | null {
  const [, hours, minutes, seconds, ms] =
    /^(\d{1,3}):(\d{1,2}):(\d{1,2}):(\d{1,3})\s*$/.exec(time.trim()) ?? [];
  if (ms === undefined) return null;
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds) + Number(ms) / 1000;
}
