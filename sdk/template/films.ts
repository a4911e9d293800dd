/** Nobody owns these (in the United States). */
export const films = [
  { imdb: 'tt0000417', name: 'A Trip to the Moon', year: 1902, genre: 'fantasy', director: 'Georges Méliès' },
  {
    imdb: 'tt0010323',
    name: 'The Cabinet of Dr. Caligari',
    year: 1920,
    genre: 'horror',
    director: 'Robert Wiene',
  },
  { imdb: 'tt0013442', name: 'Nosferatu', year: 1922, genre: 'horror', director: 'F. W. Murnau' },
  { imdb: 'tt0014429', name: 'Safety Last!', year: 1923, genre: 'comedy', director: 'Fred C. Newmeyer' },
  { imdb: 'tt0015324', name: 'Sherlock Jr.', year: 1924, genre: 'comedy', director: 'Buster Keaton' },
  {
    imdb: 'tt0016220',
    name: 'The Phantom of the Opera',
    year: 1925,
    genre: 'horror',
    director: 'Rupert Julian',
  },
  { imdb: 'tt0017925', name: 'The General', year: 1926, genre: 'comedy', director: 'Buster Keaton' },
  { imdb: 'tt0017136', name: 'Metropolis', year: 1927, genre: 'fantasy', director: 'Fritz Lang' },
];
