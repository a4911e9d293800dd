/** A made-up household of any size, the same on every run. */

/** Mulberry32: small, seeded, even enough for test data. */
export function randomFrom(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const starts =
  'b br c ch cl cr d dr f fl g gr h j k kl l m n p pl pr qu r s sc sh sl st str t th tr v w z'.split(' ');
const middles = 'a e i o u ai ea ee ie oo ou y'.split(' ');
const ends = 'b ck d ff g ll m n nd ng nt p r rd rn s ss st t th x'.split(' ');
const genres = 'Action Adventure Animation Comedy Crime Documentary Drama Family Fantasy History Horror Music Mystery Romance Science-Fiction Thriller War Western'.split(' '); // prettier-ignore
const ratings = ['G', 'PG', 'PG-13', 'R', 'NC-17', '12', '16', '18', null];
const little = ['the', 'a', 'of', 'and', 'in', 'to', 'my', 'love', 'night', 'last', 'dead', 'man', 'girl', 'house', 'day', 'life', 'black', 'war', 'world', 'dark']; // prettier-ignore

export const account = 'bench-account';
const day = 86_400_000;
const base = Date.UTC(2020, 0, 1);

/** Words with a long tail, as titles have: few very common ones, tens of thousands of rare ones. */
function vocabulary(random, size) {
  const pick = (list) => list[Math.floor(random() * list.length)];
  const words = new Set(little);
  while (words.size < size) {
    const syllables = 1 + Math.floor(random() * 3);
    let word = '';
    for (let at = 0; at < syllables; at++) word += pick(starts) + pick(middles);
    words.add(word + pick(ends));
  }
  const list = [...words];
  return () => list[Math.floor(list.length * random() ** 4)];
}

const capital = (word) => word[0].toUpperCase() + word.slice(1);
const id = (prefix, number) => `01BENCH${prefix}${String(number).padStart(17, '0')}`;

/** Rows by table, in batches: `for (const { table, columns, rows } of generateLibrary(n))`. */
export function* generateLibrary(count) {
  const random = randomFrom(42);
  const word = vocabulary(random, Math.max(2000, Math.floor(count * 0.6)));
  const name = (least, most) =>
    Array.from({ length: least + Math.floor(random() * (most - least + 1)) }, () => capital(word())).join(
      ' ',
    );
  yield rows('account', ['id', 'username', 'username_key', 'password_hash', 'role', 'preferences', 'created_at'], [
    [account, 'Bench', 'bench', 'x', 'admin', '{}', base],
    ['other-account', 'Other', 'other', 'x', 'member', '{}', base],
  ]); // prettier-ignore
  yield rows(
    'library',
    ['id', 'name', 'kind', 'created_at'],
    [
      ['movies', 'Movies', 'movies', base],
      ['series', 'Series', 'series', base],
    ],
  );
  yield rows(
    'library_folder',
    ['id', 'library_id', 'path'],
    [
      ['folder-m', 'movies', '/bench/m'],
      ['folder-s', 'series', '/bench/s'],
    ],
  );
  const people = Math.ceil(count / 2);
  yield rows('person', ['id', 'name', 'name_key'], Array.from({ length: people }, (_, at) => {
    const person = name(2, 2);
    return [id('P', at), person, `${person.toLowerCase()} ${at}`];
  })); // prettier-ignore
  for (let from = 0; from < count; from += 1000)
    yield* titles(random, name, from, Math.min(count, from + 1000), people);
}

const rows = (table, columns, values) => ({ table, columns, rows: values });

function* titles(random, name, from, to, people) {
  const out = { title: [], genre: [], image: [], credit: [], season: [], episode: [], file: [], link: [], state: [], favorite: [] }; // prettier-ignore
  for (let at = from; at < to; at++) oneTitle(out, random, name, at, people);
  yield rows('image', ['id', 'folder_id', 'relative_path', 'kind', 'size', 'modified_ms', 'width', 'height', 'blurhash', 'color'], out.image); // prettier-ignore
  yield rows('title', ['id', 'library_id', 'type', 'identity', 'name', 'sort_name', 'letter', 'original_name', 'year', 'overview', 'rating', 'content_rating', 'runtime_seconds', 'genres', 'external_ids', 'locked_fields', 'poster_id', 'available', 'max_height', 'hdr', 'random_key', 'added_at', 'updated_at'], out.title); // prettier-ignore
  yield rows('title_genre', ['title_id', 'genre', 'type'], out.genre);
  yield rows('credit', ['title_id', 'person_id', 'role', 'position', 'character'], out.credit);
  yield rows('season', ['id', 'title_id', 'number'], out.season);
  yield rows('episode', ['id', 'title_id', 'season_id', 'season_number', 'number', 'name', 'added_at'], out.episode); // prettier-ignore
  yield rows('media_file', ['id', 'library_id', 'folder_id', 'relative_path', 'size', 'modified_ms', 'state', 'title_id', 'added_at', 'scanned_at'], out.file); // prettier-ignore
  yield rows('episode_file', ['episode_id', 'file_id'], out.link);
  yield rows('play_state', ['account_id', 'item_id', 'title_id', 'episode_id', 'position_seconds', 'duration_seconds', 'watched', 'updated_at'], out.state); // prettier-ignore
  yield rows('favorite', ['account_id', 'title_id', 'created_at'], out.favorite);
}

function oneTitle(out, random, name, at, people) {
  const isSeries = random() < 0.15;
  const [key, label, image] = [id('T', at), name(1, 4), id('I', at)];
  const added = base + Math.floor(random() * 2000) * day + at;
  const picked = [...new Set(Array.from({ length: 1 + Math.floor(random() * 3) }, () => genres[Math.floor(genres.length * random() ** 2)]))]; // prettier-ignore
  const year = random() < 0.03 ? null : Math.floor(2026 - 90 * random() ** 2);
  const height = [480, 720, 1080, 1080, 1080, 2160][Math.floor(random() * 6)];
  const library = isSeries ? 'series' : 'movies';
  const letter = /[a-z]/i.test(label[0]) ? label[0].toUpperCase() : '#';
  out.image.push([image, `folder-${library[0]}`, `${at}/poster.jpg`, 'poster', 90_000, base, 1000, 1500, 'LEHV6nWB2yk8pyo0adR*.7kCMdnj', '#335577']); // prettier-ignore
  out.title.push([key, library, isSeries ? 'series' : 'movie', `${label.toLowerCase()} ${at}`, label, label.toLowerCase(), letter, random() < 0.2 ? name(1, 4) : null, year, `${label}: ${name(40, 80)}.`, random() < 0.1 ? null : Math.round(random() * 100) / 10, ratings[Math.floor(random() * ratings.length)], isSeries ? null : 4000 + Math.floor(random() * 6000), JSON.stringify(picked), '{}', '[]', image, random() > 0.02, height, height === 2160 && random() < 0.5, Math.floor(random() * 2 ** 31), added, added]); // prettier-ignore
  for (const genre of picked) out.genre.push([key, genre, isSeries ? 'series' : 'movie']);
  for (let cast = 0; cast < 4; cast++)
    out.credit.push([
      key,
      id('P', Math.floor(people * random() ** 2)),
      cast ? 'actor' : 'director',
      cast,
      null,
    ]);
  if (random() < 0.01) out.favorite.push([account, key, added]);
  const watched = random();
  if (isSeries) return someEpisodes(out, random, name, { at, key, label, added, watched });
  out.file.push([id('F', at), library, 'folder-m', `${at}/${label.replaceAll(' ', '.')}.${year}.1080p.WEB.mkv`, 1e9, base, 'matched', key, added, added]); // prettier-ignore
  if (watched < 0.65)
    out.state.push([account, key, key, null, watched < 0.02 ? 1800 : 0, 6000, watched >= 0.02, added + day]);
}

function someEpisodes(out, random, name, { at, key, label, added, watched }) {
  const season = id('S', at);
  out.season.push([season, key, 1]);
  const count = 4 + Math.floor(random() * 12);
  const seen = watched < 0.4 ? count : watched < 0.5 ? Math.floor(count / 2) : 0;
  for (let number = 1; number <= count; number++) {
    const episode = id('E', at * 100 + number);
    const file = id('F', at * 100 + number + 1e9);
    out.episode.push([episode, key, season, 1, number, name(1, 4), added + number]);
    out.file.push([file, 'series', 'folder-s', `${at}/Season 01/${label} S01E${number}.mkv`, 5e8, base, 'matched', key, added, added]); // prettier-ignore
    out.link.push([episode, file]);
    if (number <= seen) out.state.push([account, episode, key, episode, 0, 2400, true, added + day + number]);
  }
}
