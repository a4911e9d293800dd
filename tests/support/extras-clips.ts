import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cached } from './clips.js';
import type { MediaFolder } from './media-folder.js';

/** Length of {@link fadingFilm}, s. */
export const fadeSeconds = 80;
/** The opening of {@link introFilm}, by its chapter, s. */
export const introChapter = { start: 6, end: 30 };
/** An episode of {@link season}: where its opening begins and its credits, s. The server wants 150 s at least. */
export const firstEpisode = { seconds: 160, introAt: 10, introSeconds: 20, creditsAt: 122 };

/** A picture that brightens evenly from black to white: its light tells its time. */
const dawn = (seconds: number): string[] => [
  ...[
    '-f',
    'lavfi',
    '-i',
    `color=white:s=320x180:r=10:d=${seconds},format=yuv420p,fade=t=in:st=0:d=${seconds}`,
  ],
];
const tone = (seconds: number): string[] => ['-f', 'lavfi', '-i', `sine=f=330:d=${seconds}:r=48000`];
const h264 = [
  '-c:v',
  'libx264',
  '-preset',
  'ultrafast',
  '-g',
  '10',
  '-c:a',
  'aac',
  '-movflags',
  '+faststart',
];

/** A film that brightens, with three chapters. @returns its path */
export function fadingFilm(): Promise<string> {
  return withChapters('dawn.mp4', fadeSeconds, [
    ['Night', 0, 16],
    ['Morning', 16, 60],
    ['Day', 60, fadeSeconds],
  ]);
}

/** A film with an opening that its chapter names. @returns its path */
export function introFilm(): Promise<string> {
  const { start, end } = introChapter;
  return withChapters('intro.mp4', 60, [
    ['Part one', 0, start],
    ['Intro', start, end],
    ['Part two', end, 60],
  ]);
}

/** Ten minutes of a codec no browser plays. @returns its path */
export function oldFilm(): Promise<string> {
  return cached('old.avi', 600, () =>
    Promise.resolve([
      ...['-f', 'lavfi', '-i', 'testsrc2=d=600:s=640x360:r=24'],
      ...tone(600),
      ...['-c:v', 'mpeg4', '-vtag', 'XVID', '-b:v', '600k', '-g', '100', '-c:a', 'libmp3lame'],
    ]),
  );
}

/** Three episodes with the same opening and closing tune, at places of their own. */
export async function season(folder: MediaFolder, name: string, year: number): Promise<void> {
  for (const [index, shift] of [0, -5, 5].entries()) {
    const code = `S01E0${index + 1}`;
    await folder.clip(`${name} (${year})/Season 01/${name} ${code}.mp4`, await episode(index, shift));
  }
}

function episode(index: number, shift: number): Promise<string> {
  const { seconds, introAt, introSeconds, creditsAt } = firstEpisode;
  const [opening, own] = [introAt + shift, (index + 1) * 3];
  const parts = [
    melody(own, opening),
    melody(11, introSeconds),
    melody(own + 1, creditsAt - opening - introSeconds),
    melody(23, 22),
    melody(own + 2, seconds - creditsAt - 22),
  ];
  return cached(`tune-${index}.mp4`, seconds, () =>
    Promise.resolve([
      ...dawn(seconds),
      ...parts.flatMap((source) => ['-f', 'lavfi', '-i', source]),
      ...['-filter_complex', '[1][2][3][4][5]concat=n=5:v=0:a=1[a]', '-map', '0:v', '-map', '[a]', ...h264],
    ]),
  );
}

/** Half-second tones; another seed is another melody. */
function melody(seed: number, seconds: number): string {
  const note = (factor: number): string =>
    `sin(2*PI*t*220*pow(2\\,mod(floor(t*2)*floor(t*2)*${seed}+floor(t*2)*5+${factor}\\,24)/12))`;
  return `aevalsrc=exprs=0.4*${note(seed)}+0.3*${note(seed * 3 + 7)}:s=44100:d=${seconds}`;
}

function withChapters(
  name: string,
  seconds: number,
  list: readonly (readonly [title: string, start: number, end: number])[],
): Promise<string> {
  return cached(name, seconds, async (folder) => {
    const chapters = list.map(
      ([title, start, end]) => `[CHAPTER]\nTIMEBASE=1/1\nSTART=${start}\nEND=${end}\ntitle=${title}\n`,
    );
    await writeFile(join(folder, 'chapters.txt'), `;FFMETADATA1\n${chapters.join('')}`);
    const maps = ['-i', join(folder, 'chapters.txt'), '-map', '0:v', '-map', '1:a', '-map_metadata', '2'];
    return [...dawn(seconds), ...tone(seconds), ...maps, ...h264];
  });
}

/** An ffmpeg whose encoders begin only while nobody holds them, as on a machine that has too much to do. */
export class HeldEncoder {
  private constructor(private readonly folder: string) {}

  static async make(): Promise<HeldEncoder> {
    const held = new HeldEncoder(await mkdtemp(join(tmpdir(), 'hearth-held-')));
    const real = process.env['FFMPEG_PATH'] ?? 'ffmpeg';
    const script = [
      '#!/bin/sh',
      `case "$*" in *libx264*pipe:*) while [ -e "${held.flag}" ]; do sleep 0.1; done ;; esac`,
      `exec ${real} "$@"`,
    ];
    await writeFile(held.path, `${script.join('\n')}\n`);
    await chmod(held.path, 0o755);
    return held;
  }

  get path(): string {
    return join(this.folder, 'ffmpeg');
  }

  hold(): Promise<void> {
    return writeFile(this.flag, '');
  }

  release(): Promise<void> {
    return rm(this.flag, { force: true });
  }

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }

  private get flag(): string {
    return join(this.folder, 'held');
  }
}
