import { execFileSync } from 'node:child_process';
import { pgsFile } from './pgs.js';

/** How long the film is. */
export const seconds = 24;

/** 4–6 s: a red sign drawn as a shape, and a green letter of the attached font. 8–10 s: blue Cyrillic in no font there is. */
export const script = `[Script Info]
ScriptType: v4.00+
PlayResX: 640
PlayResY: 360

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding
Style: Sign,Hearth Blocks,80,&H0000FF00,&H0,&H0,&H0,0,0,0,0,100,100,0,0,1,0,0,7,0,0,0,1
Style: Lost,Nobody Has This,120,&H00FF0000,&H0,&H0,&H0,0,0,0,0,100,100,0,0,1,0,0,7,0,0,0,1

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Dialogue: 0,0:00:04.00,0:00:06.00,Sign,,0,0,0,,{\\pos(80,100)\\1c&H0000FF&\\p1}m 0 0 l 200 0 200 80 0 80{\\p0}
Dialogue: 0,0:00:04.00,0:00:06.00,Sign,,0,0,0,,{\\pos(320,100)}A
Dialogue: 0,0:00:08.00,0:00:10.00,Lost,,0,0,0,,{\\pos(80,80)}Жук
`;
export const sign = [180 / 640, 140 / 360] as const;
/** Its upper left corner: no other font’s `A` has one. */
export const letter = [328 / 640, 108 / 360] as const;
/** Of the film’s picture, the Blu-ray’s rectangle above the controls. */
export const rectangle = [0.5, 0.72] as const;
export const pictures = pgsFile([
  { start: 4, end: 6, width: 600, height: 320 },
  { start: 20, end: 21, width: 200, height: 40 },
]);

/** Nothing but black, so that every colour was drawn over it. */
export function blackFilm(more: readonly string[], output: readonly string[]): void {
  execFileSync(process.env['FFMPEG_PATH'] ?? 'ffmpeg', [
    ...['-v', 'error', '-y', '-nostdin', '-copyts'],
    ...['-f', 'lavfi', '-i', `color=black:d=${seconds}:s=640x360:r=24`],
    ...['-f', 'lavfi', '-i', `sine=frequency=300:duration=${seconds}`],
    ...[...more, '-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-g', '48'],
    ...['-c:a', 'aac', '-c:s', 'copy', ...output],
  ]);
}
