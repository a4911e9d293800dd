/** A piece of a sprite: what the film looks like from `start` to `end` (s). Pixels. */
export interface Thumbnail {
  readonly start: number;
  readonly end: number;
  readonly url: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const timing = /^(?:(\d+):)?(\d{1,2}):(\d{2}[.,]\d{3})\s+-->\s+(?:(\d+):)?(\d{1,2}):(\d{2}[.,]\d{3})/;
const region = /^([^#]*)#xywh=(?:pixel:)?(\d+),(\d+),(\d+),(\d+)$/;

/**
 * Reads WebVTT whose cues are pieces of sprites (Media Fragments `#xywh=`). `base`: where the file lies, so that
 * relative addresses keep its query (the signature). Cues that say something else are left out.
 */
export function parseThumbnails(text: string, base: string): Thumbnail[] {
  return text
    .replace(/\r\n?/g, '\n')
    .split(/\n{2,}/)
    .flatMap((block) => {
      const lines = block.split('\n');
      const at = lines.findIndex((line) => timing.test(line));
      const times = timing.exec(lines[at] ?? '');
      const piece = region.exec(lines[at + 1]?.trim() ?? '');
      if (!times || !piece) return [];
      const [, address = '', x, y, width, height] = piece;
      return [
        {
          start: secondsOf(times[1], times[2], times[3]),
          end: secondsOf(times[4], times[5], times[6]),
          url: new URL(address, base).href,
          x: Number(x),
          y: Number(y),
          width: Number(width),
          height: Number(height),
        },
      ];
    })
    .filter(({ width, height }) => width > 0 && height > 0);
}

/** The piece for a place (s): the one it lies in, else the last before it. */
export function thumbnailAt(list: readonly Thumbnail[], position: number): Thumbnail | undefined {
  return list.findLast(({ start }) => start <= position) ?? list[0];
}

function secondsOf(hours = '0', minutes = '0', seconds = '0'): number {
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds.replace(',', '.'));
}
