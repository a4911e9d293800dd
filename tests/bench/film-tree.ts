/** `node --import ./tests/support/typescript-hooks.mjs tests/bench/film-tree.ts DIR 10000`: a tree of small films, each with bytes of its own. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(process.argv[2] ?? 'films');
const count = Number(process.argv[3] ?? 10_000);
mkdirSync(root, { recursive: true });
const clip = join(root, 'clip.mp4');
const inputs = ['-f', 'lavfi', '-i', 'testsrc2=d=2:s=320x180:r=25', '-f', 'lavfi', '-i', 'sine=d=2'];
const codecs = ['-c:v', 'libx264', '-preset', 'ultrafast', '-c:a', 'aac', '-movflags', '+faststart'];
execFileSync('ffmpeg', ['-v', 'error', '-y', ...inputs, ...codecs, clip]);
const bytes = readFileSync(clip);
rmSync(clip);
const words =
  'Amber Anchor Arrow Autumn Beacon Birch Bridge Canyon Castle Cedar Cliff Comet Copper Coral Crater Dawn'.split(
    ' ',
  );
for (let index = 0; index < count; index++) {
  const word = (at: number): string => words[Math.floor(index / words.length ** at) % words.length] ?? '';
  const name = `${word(0)} ${word(1)} ${word(2)} ${word(3)} (${1930 + (index % 90)})`;
  const own = Buffer.from(`film ${String(index).padStart(8, '0')}`);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + own.length); // a `free` box behind the film: other bytes, as good a film
  head.write('free', 4);
  mkdirSync(join(root, name));
  writeFileSync(join(root, name, `${name} 1080p.mp4`), Buffer.concat([bytes, head, own]));
}
process.stdout.write(`${count} films in ${root}\n`);
