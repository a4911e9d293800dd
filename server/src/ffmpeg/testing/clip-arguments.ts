/** What ffmpeg makes small clips of, as arguments. */
export const picture = (seconds: number, rate = '24000/1001'): string[] => [
  ...['-f', 'lavfi', '-i', `testsrc2=d=${seconds}:s=320x180:r=${rate}`],
];
export const sound = (seconds: number, rate = 48000): string[] => [
  ...['-f', 'lavfi', '-i', `sine=d=${seconds}:r=${rate}`],
];
/** With B-frames, and a key frame every 30 pictures or at a cut. */
export const x264 = [
  ...['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'],
  ...['-bf', '3', '-b_strategy', '0', '-g', '30'],
];
export const x265 = ['-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', 'log-level=none:keyint=48'];
export const aac = ['-c:a', 'aac'];
