interface Named {
  readonly name: string;
  readonly year: number | null;
}
interface Numbered {
  readonly seasonNumber: number;
  readonly number: number;
}

const two = (value: number): string => String(value).padStart(2, '0');

/** `Harbour Nine S01E02 (720p)`: what every system takes as a file name, without the ending. */
export function downloadName(title: Named | null, episode: Numbered | null, quality: string | null): string {
  const name = title?.name ?? 'Download';
  const what = episode
    ? `${name} S${two(episode.seasonNumber)}E${two(episode.number)}`
    : `${name}${title?.year ? ` (${title.year})` : ''}`;
  return `${what}${quality === null ? '' : ` (${quality})`}`
    .replace(/[\p{Cc}<>:"/\\|?*]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '')
    .slice(0, 150);
}
