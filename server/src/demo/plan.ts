import type { ClipSpec, EpisodeSpec, FilmSpec, Household, SeriesSpec } from './household.js';
import { outingFiles, recordFiles } from './leisure.js';
import { episodeNfo, movieNfo, seriesNfo } from './nfo.js';
import type { PlannedFile } from './planned-file.js';
import { drawBackdrop, drawPoster } from './poster.js';
import { srt } from './subtitles.js';

const two = (number: number): string => String(number).padStart(2, '0');

function filmFiles(film: FilmSpec): PlannedFile[] {
  const name = `${film.title} (${film.year})`;
  const at = (file: string): string => `Movies/${name}/${file}`;
  const small = `${film.director} · ${film.year}`;
  const clip = (spec: ClipSpec, suffix: string, line: string): PlannedFile => ({
    path: at(`${name}${suffix}`),
    clip: { spec, look: film.look, title: film.title, small: line },
  });
  const first = film.clips[0];
  const seconds = first?.seconds ?? 0;
  const trailer =
    film.trailer && first
      ? [clip({ ...first, seconds: Math.min(15, seconds), chapters: [] }, '-trailer.mp4', 'Trailer')]
      : [];
  return [
    { path: at(`${name}.nfo`), content: () => movieNfo(film) },
    { path: at('poster.jpg'), content: () => drawPoster(film.look, film.title, small) },
    { path: at('fanart.jpg'), content: () => drawBackdrop(film.look) },
    ...(film.external ?? []).map((code) => ({
      path: at(`${name}.${code}.srt`),
      content: () => srt(code, seconds),
    })),
    ...film.clips.map((spec) => clip(spec, spec.suffix, small)),
    ...trailer,
  ];
}

function episodeFiles(series: SeriesSpec, episode: EpisodeSpec): PlannedFile[] {
  const { season, episodes, titles } = episode;
  const numbers = `S${two(season)}${episodes.map((number) => `E${two(number)}`).join('-')}`;
  const folder = season === 0 ? 'Specials' : `Season ${two(season)}`;
  const base = `Series/${series.title}/${folder}/${series.title} - ${numbers} - ${titles.join(' & ')}`;
  const look = series.seasonLooks[season] ?? series.look;
  // Each episode looks from another place along the same shore.
  const here = { ...look, seed: look.seed * 10 + (episodes[0] ?? 0) };
  const spec = { ...series.clip, seconds: series.clip.seconds * episodes.length };
  return [
    { path: `${base}.nfo`, content: () => episodeNfo(episode) },
    { path: `${base}-thumb.jpg`, content: () => drawBackdrop(here, 1280, 720) },
    ...(series.external ?? []).map((code) => ({
      path: `${base}.${code}.srt`,
      content: () => srt(code, spec.seconds),
    })),
    {
      path: `${base}${spec.suffix}`,
      clip: { spec, look: here, title: titles.join(' & '), small: `${series.title} · ${numbers}` },
    },
  ];
}

function seriesFiles(series: SeriesSpec): PlannedFile[] {
  const at = (file: string): string => `Series/${series.title}/${file}`;
  const small = String(series.year);
  const seasons = Object.entries(series.seasonLooks).map(([season, look]): PlannedFile => {
    const special = season === '0';
    const name = special ? 'season-specials-poster.jpg' : `season${two(Number(season))}-poster.jpg`;
    return {
      path: at(name),
      content: () => drawPoster(look, series.title, special ? 'Specials' : `Season ${season}`),
    };
  });
  return [
    { path: at('tvshow.nfo'), content: () => seriesNfo(series) },
    { path: at('poster.jpg'), content: () => drawPoster(series.look, series.title, small) },
    { path: at('fanart.jpg'), content: () => drawBackdrop(series.look) },
    ...seasons,
    ...series.episodes.flatMap((episode) => episodeFiles(series, episode)),
  ];
}

/** Every file of a household, in the order of their making: what a scan meets first is complete first. */
export const plan = ({ films, series, records, outings }: Household): PlannedFile[] => [
  ...films.flatMap(filmFiles),
  ...series.flatMap(seriesFiles),
  ...records.flatMap(recordFiles),
  ...outings.flatMap(outingFiles),
];
