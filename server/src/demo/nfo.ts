import type { EpisodeSpec, FilmSpec, Person } from './household.js';

/** The `.nfo` files that Kodi and others write beside media (https://kodi.wiki/view/NFO_files). */

type Node = readonly [name: string, content: string | number | readonly Node[]];

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function write([name, content]: Node, indent = ''): string {
  if (typeof content !== 'object') return `${indent}<${name}>${escape(String(content))}</${name}>\n`;
  return `${indent}<${name}>\n${content.map((node) => write(node, `${indent}  `)).join('')}${indent}</${name}>\n`;
}

const document = (node: Node): string =>
  `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${write(node)}`;

const actors = (cast: readonly Person[]): Node[] =>
  cast.map(({ name, role }, order): Node => [
    'actor',
    [
      ['name', name],
      ['role', role],
      ['order', order],
    ],
  ]);

type Described = Omit<FilmSpec, 'clips' | 'trailer'>;

const about = (work: Described): Node[] => [
  ['title', work.title],
  ['originaltitle', work.originalTitle ?? work.title],
  ['year', work.year],
  ['tagline', work.tagline],
  ['plot', work.plot],
  ['mpaa', work.certificate],
  ['rating', work.rating],
  ...work.genres.map((genre): Node => ['genre', genre]),
  ['director', work.director],
  ...actors(work.cast),
];

export const movieNfo = (film: Described): string => document(['movie', about(film)]);
export const seriesNfo = (series: Described): string => document(['tvshow', about(series)]);

/** A file with several episodes has one document root each, as Kodi reads it. */
export function episodeNfo(episode: EpisodeSpec): string {
  const roots = episode.episodes.map((number, index) =>
    write([
      'episodedetails',
      [
        ['title', episode.titles[index] ?? ''],
        ['season', episode.season],
        ['episode', number],
        ['plot', episode.plot],
        ['aired', episode.aired],
      ],
    ]),
  );
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${roots.join('')}`;
}
