import { defineProvider, type Item } from '@hearth/sdk/provider';
import { films } from './films.js';

/** As Hearth shows it; what is left out is not known. */
const itemOf = ({ imdb, name, year, genre }: (typeof films)[number]): Item => ({
  id: imdb,
  type: 'movie',
  name,
  year,
  genres: [genre],
  externalIds: { imdb },
});

export default defineProvider({
  /** A page of a list. Filters are texts, as they stand in a query: `{ genre: 'horror', year: '1920-1925' }`. */
  catalog({ extra, cursor }, { config, log }) {
    const { search = '', genre, year = '-', sort = 'year' } = extra;
    const [from, to] = year.split('-').map(Number);
    const found = films
      .filter((film) => film.name.toLowerCase().includes(search.toLowerCase()))
      .filter((film) => genre === undefined || film.genre === genre)
      .filter((film) => film.year >= (from || 0) && film.year <= (to || 9999))
      .sort((a, b) => (sort === 'name' ? (a.name < b.name ? -1 : 1) : a.year - b.year));
    if (config.newestFirst === true) found.reverse();
    log('found', found.length);

    const start = Number(cursor ?? 0);
    const end = start + 5;
    return { items: found.slice(start, end).map(itemOf), next: end < found.length ? String(end) : null };
  },

  /** A title in full, by the id that `catalog` gave, or by what else is known of it. */
  title({ id, externalIds }) {
    const film = films.find(({ imdb }) => imdb === id || imdb === externalIds.imdb);
    if (!film) return null;
    return {
      ...itemOf(film),
      description: `${film.name} was directed by ${film.director}.`,
      credits: [{ name: film.director, role: 'director' }],
    };
  },
});
