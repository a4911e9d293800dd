import type { ProviderSourceInput } from '@hearth/contract/provider-exchange';
import type { ArchiveFile, ArchiveItem } from './archive-answers.js';

/** How its derivatives are called; the further in front, the surer a browser plays it and the better it looks. */
const formats = ['h.264 HD', 'h.264', 'h.264 IA', 'HiRes MPEG4', 'MPEG4', '512Kb MPEG4', 'WebM', 'Ogg Video', 'Matroska']; // prettier-ignore
const rank = ({ format }: ArchiveFile): number => {
  const at = formats.indexOf(format);
  return at < 0 ? formats.length : at;
};

const mostFiles = 4;

const isVideo = ({ name }: ArchiveFile): boolean => /\.(?:mp4|m4v|mkv|webm|ogv|mpe?g|avi|mov)$/iu.test(name);

/** The film itself among what lies in an item: the longest original, or the largest where nobody measured. */
export function mainFilm(files: readonly ArchiveFile[]): ArchiveFile | undefined {
  const videos = files.filter((file) => isVideo(file) && !file.private);
  const originals = videos.filter((file) => file.source === 'original');
  const [main] = (originals.length > 0 ? originals : videos).toSorted(
    (a, b) => (b.length ?? 0) - (a.length ?? 0) || (b.size ?? 0) - (a.size ?? 0),
  );
  return main;
}

/** Ways to the film of an item: its H.264 over HTTP first, since few share its torrent, which comes last. */
export function sourcesOf(item: ArchiveItem, base: string): ProviderSourceInput[] {
  const main = mainFilm(item.files);
  if (!item.metadata || !main) return [];
  const { identifier, title } = item.metadata;
  const name = title ?? identifier;
  const download = (path: string): string =>
    `${base}/download/${identifier}/${path.split('/').map(encodeURIComponent).join('/')}`;
  const versions = item.files.filter(
    (file) => isVideo(file) && !file.private && (file === main || file.original === main.name),
  );
  const http = versions
    .toSorted((a, b) => rank(a) - rank(b) || (b.size ?? 0) - (a.size ?? 0))
    .slice(0, mostFiles)
    .map((file) => ({
      kind: 'http' as const,
      name: `${name} ${file.format}`,
      fileName: file.name.split('/').at(-1) ?? file.name,
      size: file.size,
      height: file.height,
      url: download(file.name),
    }));
  const torrent = item.files.find((file) => file.format === 'Archive BitTorrent');
  if (!torrent) return http;
  return [
    ...http,
    {
      kind: 'torrent',
      name,
      fileName: main.name.split('/').at(-1) ?? main.name,
      size: main.size,
      height: main.height,
      infoHash: torrent.btih,
      torrentUrl: download(torrent.name),
    },
  ];
}
