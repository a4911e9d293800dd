import type { SkipMarker } from '@hearth/contract/playback';
import type { Chapter } from '../../ffmpeg/media-info.js';

/** What people and programs call such chapters; anime uses OP and ED. */
const names: readonly (readonly [RegExp, SkipMarker['kind']])[] = [
  [/^(intro(duction)?|opening( credits| theme| titles)?|op\d*|title sequence|main titles?|vorspann|générique( de début)?)$/i, 'intro'],
  [/^(recap|previously( on.*)?|last time.*|was bisher geschah|rückblick|résumé)$/i, 'recap'],
  [/^(end(ing)? ?(credits?|titles|theme)?|ed\d*|credits|closing( credits)?|outro|abspann|générique de fin)$/i, 'credits'],
]; // prettier-ignore

/** A part named “intro” that lasts longer is the first act. Seconds. */
const longest: Record<SkipMarker['kind'], number> = { intro: 240, recap: 300, credits: 1200 };
const shortest = 5;

/** Parts that can be skipped, by the names of the chapters. */
export function chapterMarkers(chapters: readonly Chapter[], durationSeconds: number): SkipMarker[] {
  return chapters.flatMap(({ title, startSeconds, endSeconds }) => {
    const kind = names.find(([pattern]) => pattern.test(title?.trim() ?? ''))?.[1];
    if (kind === undefined) return [];
    const length = endSeconds - startSeconds;
    const fits = length >= shortest && length <= longest[kind];
    // “End” may be the last act; credits lie in the last third.
    const inPlace = kind !== 'credits' || startSeconds >= durationSeconds * 0.66;
    return fits && inPlace ? [{ kind, startSeconds, endSeconds }] : [];
  });
}
