/** Cuts, editions and completeness that stand between the title and its year or technical part. */
const EDITION =
  "(?:the[ .])?(?:complete|full)(?:[ .](?:version|series|seasons?|pack|collection|box[ .]?set|s[eé]rie))?|extended(?:[ .](?:cut|edition|version))?|(?:directors?|director'?s)[ .]?(?:cut|edition)|theatrical(?:[ .](?:cut|edition))?|final[ .]cut|unrated|uncut|uncensored|remastered|restored|internal|proper|repack|rerip|limited|open[ .]matte|multi|dual[ .]audio|(?:(?:criterion|special|(?:\\d{1,3}th[ .])?anniversary|collector'?s|ultimate|imax|deluxe|diamond|ultimate[ .]collector'?s)[ .]edition)|\\d{1,3}th[ .]anniversary|extras(?:[ .]only)?|multisubs?|ws|hdr|hq|imax|dubbed|subbed|batch|vostfr|truefrench|vff|vfq|vfi|vf2|custom|version[ .]longue|integrale?|h-?sbs|half[ .-]?(?:sbs|ou)|10-?bit|8-?bit|nf|amzn|hmax|dsnp|atvp|hulu|ac3d|read[ .]?nfo|(?<=[(\\[])tv";
/** Languages end a title only in dotted release names, and not behind a word that wants a noun («The Good German»). */
const LANGUAGE =
  '(?<!(?:^|[ .])(?:the|a|an|my|good|and|of|in|und|le|la|der|die|das)[ .])(?:german(?:[ .](?:dl|ml|dubbed))?|truefrench|french|vostfr|subfrench|italian|ita(?:[ .]eng)?|spanish|castellano|nordic|swedish|danish|dutch|polish|pl|rus(?:sian)?|hindi|tamil|telugu|korean|japanese|vo|vff|vfq|vf2?)';
const OPENING = '[ .([{,+-]+';
const EDITION_TAIL = new RegExp(
  `(?<!(?:^|[ .])(?:and|the|of|&|a|longer))${OPENING}(?:${EDITION})[\\])}]?[ .]*$`,
  'iu',
);
const LANGUAGE_TAIL = new RegExp(`${OPENING}${LANGUAGE}[\\])}]?[ .]*$`, 'iu');
/** Upper case only: «DC» the cut, «SE» the edition, «3D» the picture. */
const CAPITALS_TAIL =
  /[ .]+(?:DC|SE|DL|ML|HD|STV|MULTI|EXTENDED|iNT|XXX|BOXSET|HFR|PAL|NTSC|CONVERT|NFOFi?X|FS|LINE|OM)[ .]*$/u;
/** Words that announce the numbers behind them. */
const NUMBERING_TAIL =
  /(?:[ ._(]+-?[ ._(]*(?:(?:the[ .])?complete[ .])?(?:seasons?(?:[ .]\d{1,2})?|ep|eps|episodes?|серии|сезон|saison|staffel|temporada)|[ ._-]+v\d)[ ._:(-]*$/iu;

const SEPARATOR_TAIL = /[\s._,:;/|+=~*–#-]+$/u;
const SEPARATOR_HEAD = /^[\s._,:;/|+=~*)\]}–-]+/u;

/**
 * The readable title: dots become blanks unless they belong to initials («S.H.I.E.L.D.», «Mr. Robot»), separators and
 * unbalanced brackets at either end go, «Simpsons, The» turns round.
 */
export function cleanTitle(raw: string): string {
  let title = undotted(raw).replace(/\s+/gu, ' ').trim();
  title = title.replace(/[\s.-]*[[({][\s._-]*[\])}]/gu, ' ');
  for (let before = ''; before !== title;) {
    before = title;
    title = balanced(title.replace(SEPARATOR_HEAD, '').replace(tailOf(title), '')).trim();
  }
  const also = /^(.{2,}?)[ (]+a\.?k\.?a\.?[ ].{2,}$/iu.exec(title);
  if (also) title = (also[1] ?? title).trim();
  const turned = /^(.+),\s*(the|a|an|der|die|das|le|la|les|el|los|il)$/iu.exec(title);
  if (turned) title = `${turned[2] ?? ''} ${turned[1] ?? ''}`;
  return title.replace(/\s+/gu, ' ').trim();
}

/** Initials and abbreviations keep their final dot. */
function tailOf(title: string): RegExp {
  return /(?:(?:^|[\s.])\p{L}\.(?:\p{L}\.)+|(?<!\p{L})(?:jr|sr|dr|mr|mrs|st|inc|vs|etc)\.|\.\.\.)$/iu.test(
    title,
  )
    ? /[\s_,:;/|+=~*–#-]+$/u
    : SEPARATOR_TAIL;
}

/** Takes edition, language and announcing words off the end; never the whole title. */
export function withoutEditionTail(title: string): string {
  const dotted = /^[^ ]*\.[^ ]*$/u.test(title.trim()) && title.includes('.');
  for (let text = title; ;) {
    let shorter = text.replace(EDITION_TAIL, '').replace(NUMBERING_TAIL, '').replace(CAPITALS_TAIL, '');
    if (dotted || /[a-z].*[ .](?:GERMAN|FRENCH|TRUEFRENCH|ITA|VOSTFR)[ .]*$/u.test(shorter))
      shorter = shorter.replace(LANGUAGE_TAIL, '');
    if (shorter === text || !/[\p{L}\p{N}]/u.test(shorter)) return text;
    text = shorter;
  }
}

function undotted(raw: string): string {
  if (!raw.includes('.')) return raw;
  const text = raw.trim();
  // Blanks between words: the dots are punctuation («Mr. Robot», «What If...»).
  if (/ /u.test(text) && !/\p{L}{2}\.\p{L}{2}.*\.\p{L}{2}/u.test(text))
    return text.replace(/(?<=\p{L}{2})\.(?=\p{L}{2})/gu, ' ');
  return text
    .replace(
      /(?<![\p{L}\p{N}'])(\p{L}(?:\.\p{L}){1,})(?=\.(?!\p{L}(?:\.|$))|$)\.?/gu,
      (_all: string, letters: string) => initialsOf(letters),
    )
    .replace(/(?<!\u0001)\./gu, ' ')
    .replace(/\u0001\.?/gu, (mark) => (mark.length > 1 ? '.' : ''));
}

/** «S.H.I.E.L.D» → protected dots; two lone letters such as «I.A» stay words when either is a common one. */
function initialsOf(letters: string): string {
  const list = letters.split('.');
  if (list.length === 2 && list.some((letter) => /^[aiy&]$/iu.test(letter)) && letters !== 'A.I')
    return `${letters}.`;
  return `${list.join('\u0001.')}\u0001. `;
}

function balanced(title: string): string {
  let text = title;
  for (const [open, close] of [
    ['(', ')'],
    ['[', ']'],
    ['{', '}'],
  ] as const) {
    const opens = text.split(open).length;
    const closes = text.split(close).length;
    if (opens > closes) {
      const at = text.lastIndexOf(open);
      text = at > 0 ? text.slice(0, at) : text.slice(1);
    } else if (closes > opens && text.endsWith(close)) text = text.slice(0, -1);
  }
  return text;
}
