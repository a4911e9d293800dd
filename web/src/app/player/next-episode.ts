import type { SkipMarker } from '@hearth/contract/playback';
import { creditsStart } from './skip-marker';

export interface Chapter {
  readonly startSeconds: number;
  readonly endSeconds: number;
  readonly title: string;
}

/** Seconds before the end at which the next episode is offered, where no chapter says when the credits begin. */
const leadSeconds = 30;
/** Short episodes get a shorter one: a tenth of them. */
const leadPart = 0.1;
/** Chapters named like this are credits, if they come late enough. */
const creditsName = /\b(credits?|end(ing)?|outro|abspann|ed)\b/i;
/** Seconds to change one's mind before the next episode starts by itself. */
export const countdownSeconds = 10;

/** When the next episode is offered (s): where the credits begin, by a marker or a chapter, else a little before the end. */
export function offerAt(
  durationSeconds: number,
  chapters: readonly Chapter[],
  markers: readonly SkipMarker[] = [],
): number {
  const known = creditsStart(markers);
  if (known !== undefined) return known;
  const credits = chapters.find(
    (chapter) => creditsName.test(chapter.title) && chapter.startSeconds > durationSeconds * 0.75,
  );
  return credits?.startSeconds ?? durationSeconds - Math.min(leadSeconds, durationSeconds * leadPart);
}

/** Whether the card shows now. Seeking back takes it away, the end always brings it. */
export function isOffered(options: {
  readonly hasNext: boolean;
  readonly dismissed: boolean;
  readonly ended: boolean;
  readonly position: number;
  readonly durationSeconds: number;
  readonly chapters: readonly Chapter[];
  readonly markers: readonly SkipMarker[];
}): boolean {
  if (!options.hasNext || options.durationSeconds <= 0) return false;
  if (options.ended) return true;
  const { durationSeconds, chapters, markers } = options;
  return !options.dismissed && options.position >= offerAt(durationSeconds, chapters, markers);
}
