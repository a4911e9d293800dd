import type { Chapter } from './next-episode';

/** The place (s) under a pointer at `x` on a bar from `left`, `width` wide (px). */
export function positionAt(x: number, left: number, width: number, duration: number): number {
  return width <= 0 ? 0 : Math.min(1, Math.max(0, (x - left) / width)) * duration;
}

/** `part` of `whole` in percent, kept between 0 and 100. */
export function percentOf(part: number, whole: number): number {
  return whole <= 0 ? 0 : Math.min(100, Math.max(0, (part / whole) * 100));
}

/** The chapter a place is in. */
export function chapterAt(chapters: readonly Chapter[], position: number): Chapter | undefined {
  return chapters.findLast((chapter) => chapter.startSeconds <= position);
}

/** Where chapters begin, in percent; the very beginning needs no mark. */
export function chapterMarks(chapters: readonly Chapter[], duration: number): number[] {
  return chapters
    .filter(({ startSeconds }) => startSeconds > 1 && startSeconds < duration - 1)
    .map(({ startSeconds }) => percentOf(startSeconds, duration));
}
