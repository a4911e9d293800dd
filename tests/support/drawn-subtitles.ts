import { execFileSync } from 'node:child_process';

/** What ffmpeg draws of a subtitle input on black at some moments, one byte a pixel. */
export function drawn(path: string, size: string, moments: readonly number[], stream = 0): Buffer {
  const black = ['-f', 'lavfi', '-i', `color=black:s=${size}:r=5:d=6`];
  const chosen = moments.map((at) => `between(t,${at - 0.01},${at + 0.01})`).join('+');
  const graph = `[1:s:${stream}]scale=${size.replace('x', ':')}[s];[0][s]overlay=format=yuv444:eof_action=pass:repeatlast=0,select='${chosen}',format=gray`;
  const args = [
    '-v',
    'error',
    '-copyts',
    ...black,
    '-i',
    path,
    '-filter_complex',
    graph,
    '-fps_mode',
    'passthrough',
  ];
  return execFileSync('ffmpeg', [...args, '-f', 'rawvideo', '-'], { maxBuffer: 1e8 });
}

/** Share of pixels that differ by more than rounding. */
export function difference(a: Buffer, b: Buffer): number {
  expect(a.length).toBe(b.length);
  let count = 0;
  for (let at = 0; at < a.length; at++) if (Math.abs((a[at] ?? 0) - (b[at] ?? 0)) > 6) count++;
  return count / a.length;
}
