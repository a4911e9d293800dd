import type { NameGuess, TorrentFileInfo, TorrentMetadata, TorrentWarning } from '@hearth/contract/torrent';
import { isSingleHugeWmv, suspicionsOfFile } from '../content/suspicions.js';
import { allowedWebSeeds, trackerVerdict } from '../lists/tracker-rules.js';
import { bestFile, isCalledExtra, liesAmongExtras } from './best-file.js';
import { fileEnding, fileKind } from './file-kinds.js';
import { harmlessPath, harmlessText, turnsDirection } from './harmless-text.js';
import { magnetLink } from './magnet-link.js';
import type { MetainfoFile } from './metainfo-files.js';
import { emptyGuess, guessFile, guessName } from './name-guess.js';
import type { Metainfo } from './parse-metainfo.js';
import type { TorrentLink } from './parse-link.js';

/** Names beyond so many are not guessed: a millisecond each until the patterns are warm. */
const MOST_GUESSES = 500;

/** Warnings after which a file is not streamed, whatever its ending. */
const UNPLAYABLE: ReadonlySet<TorrentWarning> = new Set<TorrentWarning>([
  'executable', 'archive', 'disguised-extension', 'content-mismatch',
]); // prettier-ignore

/**
 * What a torrent says about itself, harmless for display. Padding is no file; `index` is still the engine's.
 * @param allowPrivate as links are read with it: what may be asked is not told as taken out
 */
export function describe(torrent: TorrentLink | Metainfo, allowPrivate = false): TorrentMetadata {
  return torrent.kind === 'link' ? describeLink(torrent) : describeMetainfo(torrent, allowPrivate);
}

function describeLink(link: TorrentLink): TorrentMetadata {
  const name = link.name ?? link.infoHash;
  return {
    infoHash: link.infoHash,
    name,
    guess: link.name === null ? emptyGuess : guessName(link.name),
    size: null,
    pieceLength: null,
    pieceCount: null,
    private: false,
    comment: null,
    createdBy: null,
    createdAt: null,
    trackers: link.trackers.map(withoutPasskey),
    files: [],
    bestFileIndex: null,
    warnings: link.removed.length > 0 ? ['external-links-removed'] : [],
    magnet: magnetLink({ infoHash: link.infoHash, name: link.name, trackers: link.trackers }),
  };
}

function describeMetainfo(metainfo: Metainfo, allowPrivate: boolean): TorrentMetadata {
  const name = harmlessText(metainfo.name) || metainfo.infoHash;
  const guess = guessName(name);
  const files = describeFiles(metainfo, guess);
  const comment = harmlessText(metainfo.comment ?? '', 1000);
  const createdBy = harmlessText(metainfo.createdBy ?? '', 200);
  const trackers = metainfo.private ? [] : metainfo.trackers;
  return {
    infoHash: metainfo.infoHash,
    name,
    guess,
    size: metainfo.files.reduce((sum, file) => sum + (file.padding ? 0 : file.length), 0),
    pieceLength: metainfo.pieceLength,
    pieceCount: metainfo.pieceCount,
    private: metainfo.private,
    comment: comment || null,
    createdBy: createdBy || null,
    createdAt: metainfo.createdAt?.toISOString() ?? null,
    trackers: metainfo.trackers.map(withoutPasskey).map((url) => harmlessText(url, 500)),
    files,
    bestFileIndex: bestFile(files),
    warnings: warningsOf(metainfo, files, allowPrivate),
    magnet: magnetLink({ infoHash: metainfo.infoHash, name, trackers }),
  };
}

function describeFiles(metainfo: Metainfo, guess: NameGuess): TorrentFileInfo[] {
  const folders = new Map<string, NameGuess>();
  const guessFolder = (folder: string): NameGuess => {
    const known = folders.get(folder) ?? guessName(folder);
    folders.set(folder, known);
    return known;
  };
  const files = metainfo.files.filter(({ padding }) => !padding);
  let guesses = 0;
  return files.map((file) => {
    const kind = fileKind(fileName(file));
    const guessed = (kind === 'video' || kind === 'audio' || kind === 'subtitle') && guesses++ < MOST_GUESSES;
    const above = guessed
      ? file.path
          .slice(0, -1)
          .reverse()
          .map((folder) => guessFolder(harmlessText(folder)))
      : [];
    return describeFile(file, guessed ? [...above, guess] : null);
  });
}

const fileName = (file: MetainfoFile): string => file.path[file.path.length - 1] ?? '';

/** @param above guesses of what it lies in, nearest first; null: not guessed */
function describeFile(file: MetainfoFile, above: readonly NameGuess[] | null): TorrentFileInfo {
  const raw = fileName(file);
  const path = harmlessPath(file.path) || `file ${file.index}`;
  const name = path.slice(path.lastIndexOf('/') + 1);
  const kind = fileKind(name);
  const guess = above ? guessFile(name, above) : { ...emptyGuess, title: name };
  const video = kind === 'video';
  const warnings = new Set<TorrentWarning>(
    suspicionsOfFile({
      name: raw,
      ending: fileEnding(name),
      size: file.length,
      // Only what calls itself a release claims to be whole: clips, samples and trailers are small.
      resolution: isReleased(guess, path, name) ? guess.resolution : null,
      video,
    }),
  );
  if (turnsDirection(raw)) warnings.add('disguised-extension');
  if (file.oddPath) warnings.add('path-refused');
  const media = kind === 'video' || kind === 'audio';
  return {
    index: file.index,
    path,
    name,
    size: file.length,
    kind,
    guess,
    warnings: [...warnings],
    playable: media && file.length > 0 && ![...warnings].some((warning) => UNPLAYABLE.has(warning)),
  };
}

/** Names of releases say what they were made from: a disc, a stream, a broadcast. */
const isReleased = ({ source }: NameGuess, path: string, name: string): boolean =>
  source !== null && !liesAmongExtras(path) && !isCalledExtra(name);

function warningsOf(
  metainfo: Metainfo,
  files: readonly TorrentFileInfo[],
  allowPrivate: boolean,
): TorrentWarning[] {
  const warnings = new Set(files.flatMap((file) => file.warnings));
  if (turnsDirection(metainfo.name)) warnings.add('disguised-extension');
  if (isSingleHugeWmv(files.map(({ name, size }) => ({ ending: fileEnding(name), size })))) {
    warnings.add('single-huge-wmv');
  }
  if (!files.some(({ playable }) => playable)) warnings.add('no-playable-file');
  if (metainfo.private) warnings.add('private');
  if (hasRefusedAddresses(metainfo, allowPrivate)) warnings.add('external-links-removed');
  return [...warnings];
}

/**
 * Whether it names web seeds that are left out, or trackers in somebody's house. Trackers that are misspelt, or speak what
 * nobody speaks any more, are in half of all torrents and no reason to worry.
 */
function hasRefusedAddresses({ trackers, webSeeds }: Metainfo, allowPrivate: boolean): boolean {
  const rules = { blocked: [], allowPrivate };
  return (
    trackers.some((url) => trackerVerdict(url, rules) === 'private-address') ||
    allowedWebSeeds(webSeeds, rules).length < webSeeds.length
  );
}

/** Private trackers know their members by a part of the address, which is nobody else's business. */
export function withoutPasskey(url: string): string {
  return url
    .replace(/([?&][^=&]*(?:key|pass|auth|token|uid|secret)[^=&]*=)[^&]*/giu, '$1…')
    .replace(/\/[0-9a-z_-]{16,}(?=\/|$|\?)/giu, '/…');
}
