import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Nfo } from '../sidecar/nfo.js';
import { largestNfo, parseNfo } from '../sidecar/parse-nfo.js';
import type { SidecarFile } from './directory-index.js';
import type { NfoFacts } from './placement.js';
import type { Surroundings } from './surroundings.js';

/** Reads NFO files; a series' own is asked for by every episode and kept. One reader serves one scan. */
export class NfoReader {
  private readonly series = new Map<string, Promise<Nfo[]>>();

  /** @param root absolute path of the library folder */
  async read(root: string, surroundings: Surroundings): Promise<NfoFacts> {
    const own = (await Promise.all(surroundings.nfo.map((file) => this.load(root, file)))).flat();
    const movie = own.find((nfo) => nfo.kind === 'movie') ?? own.find((nfo) => nfo.kind === 'ids') ?? null;
    const episodes = own.filter((nfo) => nfo.kind === 'episode');
    return {
      movie,
      episodes,
      series: surroundings.seriesNfo ? await this.loadSeries(root, surroundings.seriesNfo) : null,
    };
  }

  private async loadSeries(root: string, file: SidecarFile): Promise<Nfo | null> {
    const path = join(root, file.path);
    let loading = this.series.get(path);
    if (!loading) {
      loading = this.load(root, file);
      if (this.series.size > 200) this.series.clear();
      this.series.set(path, loading);
    }
    const entries = await loading;
    return entries.find((nfo) => nfo.kind === 'series') ?? entries.find((nfo) => nfo.kind === 'ids') ?? null;
  }

  private async load(root: string, { path, entry }: SidecarFile): Promise<Nfo[]> {
    if (entry.size > largestNfo) return [];
    // Gone or unreadable meanwhile: the file is scanned without it.
    const bytes = await readFile(join(root, path)).catch(() => null);
    return bytes ? parseNfo(bytes) : [];
  }
}
