import type { TorrentFileInfo, TorrentMetadata } from '@hearth/contract/torrent';

/** What is looked for in a torrent. */
export interface WantedFile {
  readonly fileIndex: number | null;
  readonly fileName: string | null;
  readonly season?: number | undefined;
  readonly episode?: number | undefined;
}

const baseName = (path: string): string => path.split(/[/\\]/).at(-1)?.toLowerCase() ?? '';

/**
 * The file of a torrent to play: the one that was said, by number or by name; of a series the episode; else the best.
 * Null where it holds episodes, but not this one: another is not what was asked for.
 */
export function chooseFile({ files, bestFileIndex }: TorrentMetadata, wanted: WantedFile): number | null {
  const playable = files.filter((file) => file.playable);
  const { fileIndex, fileName, season, episode } = wanted;
  const named = fileName === null ? undefined : baseName(fileName);
  const said =
    playable.find(({ index }) => index === fileIndex) ??
    playable.find(({ name }) => name.toLowerCase() === named);
  if (said) return said.index;
  if (episode === undefined) return bestFileIndex;
  const numbered = playable.filter(({ guess }) => guess.episodes.length > 0);
  if (numbered.length === 0) return bestFileIndex;
  const isIt = ({ guess }: TorrentFileInfo): boolean =>
    guess.episodes.includes(episode) && (guess.season ?? season) === season;
  return largest(numbered.filter(isIt))?.index ?? null;
}

const largest = (files: readonly TorrentFileInfo[]): TorrentFileInfo | undefined =>
  files.toSorted((a, b) => b.size - a.size)[0];
