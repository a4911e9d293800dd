const bare = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\p{M}/gu, '')
    // A year in brackets behind a name is a note of whoever filed it.
    .replace(/\s*[([](?:18|19|20)\d\d[)\]]\s*$/u, '')
    .replace(/^(?:the|a|an)\s+/u, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, '');

/** Whether two names are the same but for writing: case, accents, a leading article, punctuation, a year behind it. */
export const isSameName = (a: string | null | undefined, b: string | null | undefined): boolean =>
  Boolean(a && b && bare(a) !== '' && bare(a) === bare(b));
