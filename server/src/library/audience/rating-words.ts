/** Upper case, without diacritics, spaces and signs: “Ohne Altersbeschränkung”, “TV-Y7-FV”. */
export const folded = (text: string): string =>
  text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toUpperCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');

/** `age: words that mean it`, into a look-up by word. */
function table(ages: Readonly<Record<number, string>>): ReadonlyMap<string, number> {
  return new Map(
    Object.entries(ages).flatMap(([age, list]) => list.split(' ').map((word) => [word, Number(age)])),
  );
}

/**
 * What ratings mean that are no numbers, in years. Sources: the published categories of the Motion Picture Association,
 * TV Parental Guidelines, ESRB, FSK, BBFC, CNC, Kijkwijzer, the Australian and New Zealand classification, Canadian Home
 * Video Rating System. Advice without an age stands between theirs: parental guidance is 10. What two systems use
 * differently counts as the stricter says (`A`: everybody in Denmark, grown people in India).
 */
export const words = table({
  0:
    'G U UC AL E EC TP L ATP APT ALL BTL TE TVY TVG GENERAL GENERALAUDIENCES UNIVERSAL TOUSPUBLICS TOUSPUBLIC TODOS LIVRE' +
    ' OHNEALTERSBESCHRANKUNG FREIGEGEBENOHNEALTERSBESCHRANKUNG OA INFO LEHR ALLELEEFTIJDEN PERTUTTI ALLAGES ALLE',
  7: 'TVY7 TVY7FV',
  10: 'PG TVPG GP E10 PARENTALGUIDANCE TOUSPUBLICSAVECAVERTISSEMENT',
  12: '12A 12PG PG12 UA IIA',
  13: 'PG13 T TEEN',
  14: 'TV14 PG14 14A AA',
  15: 'M MA M15 MA15 MAV15 PG15 15A 15PG IIB',
  17: 'R TVMA MATURE RESTRICTED',
  18:
    'NC17 18A R18 X18 X XX XXX A S AO RC ADULT ADULTS ADULTSONLY BANNED KEINEJUGENDFREIGABE KJ INDIZIERT SPIO SPIOJK' +
    ' JK III',
});

/** The same words where they mean something else. */
export const localWords: ReadonlyMap<string, ReadonlyMap<string, number>> = new Map([
  ['AU', table({ 0: 'E', 8: 'PG', 18: 'R' })],
  ['BR', table({ 0: 'L AL', 10: 'A10' })],
  ['CA', table({ 8: 'PG', 18: 'R' })],
  ['DK', table({ 0: 'A' })],
  ['ES', table({ 0: 'A APTA' })],
  ['FI', table({ 0: 'S' })],
  ['GB', table({ 8: 'PG', 14: 'AA' })],
  ['HK', table({ 0: 'I' })],
  ['IE', table({ 8: 'PG' })],
  ['IT', table({ 0: 'T' })],
  ['MX', table({ 0: 'A AA', 12: 'B', 18: 'C D' })],
  ['NO', table({ 0: 'A' })],
  ['NZ', table({ 8: 'PG', 16: 'M', 18: 'R' })],
]);

/** Said of what nobody rated; the old American code knew no ages. */
export const unratedWords = new Set(
  'NR UR UNRATED NOTRATED NOTYETRATED NONE NA APPROVED PASSED EXEMPT TBC TBD PENDING RATINGPENDING UNKNOWN'.split(
    ' ',
  ),
);

/** Countries and systems by what they are called, as ISO 3166 codes. */
export const ratingSystems: ReadonlyMap<string, string> = new Map(
  Object.entries({
    AU: 'AUSTRALIA ACB OFLC',
    BR: 'BRAZIL BRASIL',
    CA: 'CANADA CHVRS',
    DE: 'GERMANY DEUTSCHLAND FSK',
    DK: 'DENMARK',
    ES: 'SPAIN ICAA',
    EU: 'PEGI',
    FI: 'FINLAND',
    FR: 'FRANCE CNC CSA ARCOM',
    GB: 'UK UNITEDKINGDOM GREATBRITAIN BBFC',
    HK: 'HONGKONG',
    IE: 'IRELAND IFCO',
    IN: 'INDIA CBFC',
    IT: 'ITALY',
    JP: 'JAPAN EIRIN',
    KR: 'KOREA SOUTHKOREA KMRB',
    MX: 'MEXICO RTC',
    NL: 'NETHERLANDS KIJKWIJZER NICAM',
    NO: 'NORWAY',
    NZ: 'NEWZEALAND',
    PT: 'PORTUGAL',
    SE: 'SWEDEN',
    SG: 'SINGAPORE IMDA',
    US: 'USA UNITEDSTATES MPAA MPA ESRB',
  }).flatMap(([code, names]) => names.split(' ').map((name) => [name, code] as const)),
);
