import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SubtitleExtractor } from '../ffmpeg/subtitle-extractor.js';
import type { MediaInput } from './media-input.js';

/** Extracted tracks that are kept; each is some hundred kilobytes. */
const mostFiles = 50;

/** A path inside a filter's option inside a filter graph: escaped once for each (ffmpeg-filters, “Notes on filtergraph escaping”). */
export function filterPath(path: string): string {
  const option = path.replace(/[\\:']/g, '\\$&');
  return option.replace(/[\\'[\],;]/g, '\\$&');
}

/**
 * Text subtitles that are drawn into the picture, as a file of their own: from the film itself, ffmpeg would read all of
 * it before the first frame.
 */
export class DrawnText {
  constructor(
    private readonly directory: string,
    private readonly extractor: Pick<SubtitleExtractor, 'subtitles'>,
  ) {}

  /** The filter that draws a track; null where it is none of text. @throws SubtitlesFailed */
  async filter({ path, contentKey, media }: MediaInput, stream: number): Promise<string | null> {
    const track = media.streams.find(({ index }) => index === stream);
    if (track?.kind !== 'subtitle' || track.form !== 'text') return null;
    const file = join(this.directory, `${contentKey}-${stream}.vtt`);
    if (!(await stat(file).catch(() => null))) {
      await mkdir(this.directory, { recursive: true });
      const own = `${file}.${process.pid}`;
      await writeFile(own, await this.extractor.subtitles(path, stream, media));
      await rename(own, file);
      await this.prune();
    }
    return `subtitles=filename=${filterPath(file)}`;
  }

  private async prune(): Promise<void> {
    const names = await readdir(this.directory);
    const files = await Promise.all(
      names.map(async (name) => ({
        name,
        made: (await stat(join(this.directory, name)).catch(() => null))?.mtimeMs ?? 0,
      })),
    );
    const old = files.sort((a, b) => b.made - a.made).slice(mostFiles);
    for (const { name } of old) await rm(join(this.directory, name), { force: true });
  }
}
