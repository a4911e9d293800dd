import { appendFile, copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { artwork, episodeClip, filmClip, tinyClip } from './clips.js';

export interface FilmFacts {
  readonly year: number;
  readonly genres?: readonly string[];
  readonly plot?: string;
  readonly rating?: number;
  readonly cast?: readonly string[];
  /** Two colours for its poster and backdrop; without, the app draws one. */
  readonly colors?: readonly [string, string];
}

/** Real media in a temporary folder, laid out as people do. */
export class MediaFolder {
  private made = 0;

  private constructor(readonly path: string) {}

  static async make(): Promise<MediaFolder> {
    return new MediaFolder(await mkdtemp(join(tmpdir(), 'hearth-media-')));
  }

  get name(): string {
    return basename(this.path);
  }

  /** `Name (year)/Name (year).mp4`, 80 s long, with `.nfo` and artwork. @returns the file's path */
  async film(name: string, facts: FilmFacts): Promise<string> {
    const path = await this.clip(`${name} (${facts.year})/${name} (${facts.year}).mp4`, await filmClip());
    await this.describe(path, name, facts);
    return path;
  }

  /** The same, but one second and a few kilobytes. */
  async tinyFilm(name: string, facts: FilmFacts): Promise<string> {
    const path = await this.clip(`${name} (${facts.year})/${name} (${facts.year}).mkv`, await tinyClip());
    await this.describe(path, name, facts);
    return path;
  }

  /** A folder for each season, `episodes[n]` playable episodes in season n + 1. */
  async series(name: string, year: number, episodes: readonly number[]): Promise<void> {
    for (const [index, count] of episodes.entries()) {
      const season = String(index + 1).padStart(2, '0');
      for (let number = 1; number <= count; number++) {
        const code = `S${season}E${String(number).padStart(2, '0')}`;
        await this.clip(`${name} (${year})/Season ${season}/${name} ${code}.mp4`, await episodeClip());
      }
    }
  }

  async text(name: string, contents: string): Promise<void> {
    const path = join(this.path, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, contents);
  }

  /** Copies `clip` to `name`, with a tail of its own so that no two files are the same. @returns the new path */
  async clip(name: string, clip: string): Promise<string> {
    const path = join(this.path, name);
    await mkdir(dirname(path), { recursive: true });
    await copyFile(clip, path);
    await appendFile(path, freeBox(`clip ${this.made++} of ${this.path}`));
    return path;
  }

  /** `count` tiny films as fast as the disk takes them: `prefix 0001 (1950)` and so on. */
  async crowd(count: number, prefix: string): Promise<void> {
    const bytes = await readFile(await tinyClip());
    const batch = 64;
    for (let first = 0; first < count; first += batch) {
      const numbers = Array.from({ length: Math.min(batch, count - first) }, (_, index) => first + index);
      await Promise.all(
        numbers.map((number) => {
          const name = `${prefix} ${String(number + 1).padStart(4, '0')} (${1950 + (number % 70)}).mkv`;
          return writeFile(join(this.path, name), Buffer.concat([bytes, freeBox(`crowd ${number}`)]));
        }),
      );
    }
  }

  remove(): Promise<void> {
    return rm(this.path, { recursive: true, force: true });
  }

  private async describe(path: string, name: string, facts: FilmFacts): Promise<void> {
    const tag = (key: string, value: string): string => `  <${key}>${value}</${key}>\n`;
    const lines = [
      tag('title', name),
      tag('year', String(facts.year)),
      facts.plot ? tag('plot', facts.plot) : '',
      facts.rating ? tag('rating', String(facts.rating)) : '',
      ...(facts.genres ?? []).map((genre) => tag('genre', genre)),
      ...(facts.cast ?? []).map((actor) => tag('actor', `<name>${actor}</name>`)),
    ];
    await writeFile(path.replace(/\.\w+$/, '.nfo'), `<movie>\n${lines.join('')}</movie>\n`);
    if (!facts.colors) return;
    await copyFile(await artwork('400x600', facts.colors), join(dirname(path), 'poster.jpg'));
    await copyFile(await artwork('1280x720', facts.colors), join(dirname(path), 'fanart.jpg'));
  }
}

/** An MP4 `free` box (ISO/IEC 14496-12, 8.1.2); Matroska readers skip it as trailing bytes. */
function freeBox(text: string): Buffer {
  const body = Buffer.from(text);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + body.length, 0);
  head.write('free', 4);
  return Buffer.concat([head, body]);
}
