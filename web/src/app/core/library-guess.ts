import type { LibraryKind } from '@hearth/contract/library';

/** Names people give such folders, in the languages of the app and a few neighbours. */
const words: readonly (readonly [LibraryKind, RegExp])[] = [
  ['series', /\b(series|serien?|shows?|tv|television|tv[ ._-]?shows?|episodes|anime|s[eé]ries)\b/iu],
  ['movies', /\b(movies?|films?|filme|cinema|kino|spielfilme|pel[ií]culas)\b/iu],
  ['music', /\b(music|musik|audio|albums?|songs)\b/iu],
  ['photos', /\b(photos?|fotos?|pictures|bilder|images|camera|dcim)\b/iu],
];

/** What a folder probably holds, by its own name first and its parents' after that; `mixed` when none tells. */
export function guessKind(path: string): LibraryKind {
  for (const part of path.split('/').filter(Boolean).reverse()) {
    const readable = part.replace(/[._-]+/g, ' ');
    const found = words.find(([, pattern]) => pattern.test(readable));
    if (found) return found[0];
  }
  return 'mixed';
}

/** A name for a library in this folder: `/media/kids_movies` → “Kids movies”. Empty for the root. */
export function guessName(path: string): string {
  const last = path.split('/').filter(Boolean).at(-1) ?? '';
  const readable = last.replace(/[._]+/g, ' ').trim();
  return readable.charAt(0).toUpperCase() + readable.slice(1);
}
