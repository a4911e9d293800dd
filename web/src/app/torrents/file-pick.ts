import type { TorrentFileInfo } from '@hearth/contract/torrent';

type Pickable = Pick<TorrentFileInfo, 'index' | 'kind' | 'playable' | 'size'>;

/** What is fetched unless somebody says otherwise: what plays, and its subtitles. */
export function usualPick(files: readonly Pickable[]): ReadonlySet<number> {
  return new Set(
    files.filter(({ playable, kind }) => playable || kind === 'subtitle').map(({ index }) => index),
  );
}

/** The chosen files in order; undefined where they are the usual ones, which need not be named. */
export function namedPick(
  files: readonly Pickable[],
  chosen: ReadonlySet<number>,
): readonly number[] | undefined {
  const usual = usualPick(files);
  if (usual.size === chosen.size && [...chosen].every((index) => usual.has(index))) return undefined;
  return files.map(({ index }) => index).filter((index) => chosen.has(index));
}

/** Bytes of the chosen files. */
export function sizeOf(files: readonly Pickable[], chosen: ReadonlySet<number>): number {
  return files.reduce((sum, { index, size }) => (chosen.has(index) ? sum + size : sum), 0);
}
