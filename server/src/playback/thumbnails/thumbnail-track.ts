import { spriteName, type ThumbnailPlan } from './thumbnail-plan.js';

const clock = (seconds: number): string => new Date(Math.round(seconds * 1000)).toISOString().slice(11, 23);

/**
 * A WebVTT track whose cues are pieces of sprites (`#xywh=`, W3C media fragments), as Video.js, Shaka and media-chrome
 * read it too.
 * @param address URL of a sprite by its name
 */
export function thumbnailTrack(
  plan: ThumbnailPlan,
  durationSeconds: number,
  address: (sprite: string) => string,
): string {
  const { intervalSeconds, width, height, columns, rows, count } = plan;
  const perSprite = columns * rows;
  const cues = Array.from({ length: count }, (_, index) => {
    const start = index * intervalSeconds;
    const end = index === count - 1 ? Math.max(durationSeconds, start + 0.001) : start + intervalSeconds;
    const place = index % perSprite;
    const [x, y] = [(place % columns) * width, Math.floor(place / columns) * height];
    const sprite = address(spriteName(Math.floor(index / perSprite)));
    return `${clock(start)} --> ${clock(end)}\n${sprite}#xywh=${x},${y},${width},${height}\n`;
  });
  return `WEBVTT\n\n${cues.join('\n')}`;
}
