import type { VideoStream } from './media-info.js';

/** Width and height of a stream as shown: sample aspect and rotation applied, in square pixels. */
export function displaySize({ width, height, sampleAspect, rotation }: VideoStream): [number, number] {
  const wide = (width * sampleAspect.num) / sampleAspect.den;
  return rotation === 90 || rotation === 270 ? [height, wide] : [wide, height];
}

/** The height people call a picture by: 1920×800 is 1080p, and so is 1080×1920. */
export function nominalHeight(stream: VideoStream): number {
  const [width, height] = displaySize(stream);
  return Math.round(Math.max(Math.min(width, height), (Math.max(width, height) * 9) / 16));
}
