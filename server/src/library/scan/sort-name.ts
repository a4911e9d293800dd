/** Leading articles of the languages people's libraries are in. Ambiguous short words (`as`, `do`, `en`) stay. */
const articles =
  /^(?:(?:the|an|a|der|die|das|den|dem|ein|eine|le|la|les|un|une|el|los|las|una|il|lo|gli|uno|het|een|de|os|um|uma|det|ett)\s+|(?:l|un|all|dell)['’]\s*)(?=\S)/iu;

/** Lower case, diacritics and punctuation gone, blanks single: for sorting and comparing names of any script. */
export function foldName(name: string): string {
  return name
    .normalize('NFKD')
    .replaceAll(/(\p{Script=Latin})\p{M}+/gu, '$1')
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('ø', 'o')
    .replaceAll('æ', 'ae')
    .replaceAll('œ', 'oe')
    .replaceAll('ł', 'l')
    .replaceAll('đ', 'd')
    .replaceAll('&', ' and ')
    .replaceAll(/['’`´]/g, '')
    .replaceAll(/[^\p{L}\p{N}\p{M}]+/gu, ' ')
    .trim();
}

/** What titles are sorted by: without a leading article, numbers padded so that 2 comes before 10. */
export function sortNameOf(name: string): string {
  const bare = name.replace(articles, '');
  const folded = foldName(bare) || foldName(name) || name.trim().toLowerCase();
  return folded.replaceAll(/\d+/g, (digits) => digits.padStart(5, '0'));
}

/** The letter a title is filed under: A–Z or another script's own letter in upper case, `#` for the rest. */
export function letterOf(sortName: string): string {
  const first = /^\p{L}/u.exec(sortName)?.[0] ?? '#';
  return /^./u.exec(first.toUpperCase())?.[0] ?? '#';
}

/** Name and year as one key: two files with equal keys in one library are one title. */
export function identityOf(name: string, year: number | null): string {
  return `${nameKeyOf(name)}|${year ?? ''}`;
}

/** The part of an identity before the year. */
export function nameKeyOf(name: string): string {
  return (foldName(name) || name.trim().toLowerCase()).replaceAll('|', ' ').slice(0, 300);
}
