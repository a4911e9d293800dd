/** Words between title and year or technical part that are no title: editions, cuts, completeness, languages of the sound. */
const TRAILING_WORDS =
  /[ .(\[{-]+(?:(?:the[ .])?(?:complete|full)(?:[ .](?:series|season|pack|collection|box[ .]?set))?|extended(?:[ .](?:cut|edition|version))?|(?:directors?|director's)[ .]?(?:cut|edition)|theatrical(?:[ .]cut)?|final[ .]cut|unrated|uncut|uncensored|remastered|internal|proper|repack|rerip|limited|multi|dual[ .]audio|(?:criterion|special|anniversary|collector'?s|ultimate|imax)[ .]edition|vostfr|truefrench|subfrench|multisubs?|ws|hdr|dubbed|subbed|batch|3d|h-?sbs|half[ .-]?(?:sbs|ou)|10-?bit|8-?bit|nf|amzn|hmax|dsnp|atvp|hulu)[\])}]?[ .]*$/iu;

const SEPARATOR_TAIL = /[\s._,:;/|+=~*–-]+$/u;
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
  const turned = /^(.+),\s*(the|a|an|der|die|das|le|la|les|el|los|il)$/iu.exec(title);
  if (turned) title = `${turned[2] ?? ''} ${turned[1] ?? ''}`;
  return title.replace(/\s+/gu, ' ').trim();
}

/** Initials and abbreviations keep their final dot. */
function tailOf(title: string): RegExp {
  return /(?:(?:^|[\s.])\p{L}\.(?:\p{L}\.)*|\b(?:jr|sr|dr|mr|mrs|st|inc|vs|etc)\.|\.\.\.)$/iu.test(title) ? /[\s_,:;/|+=~*–-]+$/u : SEPARATOR_TAIL;
}

/** Takes edition and language words off the end; never the whole title. */
export function withoutEditionTail(title: string): string {
  for (let text = title; ;) {
    const shorter = text.replace(TRAILING_WORDS, '');
    if (shorter === text || shorter.trim() === '') return text;
    text = shorter;
  }
}

function undotted(raw: string): string {
  if (!raw.includes('.')) return raw;
  const text = raw.trim();
  // Blanks between words: the dots are punctuation («Mr. Robot», «What If...»).
  if (/\p{L}{2} \p{L}/u.test(text) || (/ /u.test(text) && !/\p{L}{2}\.\p{L}{2}/u.test(text))) return text.replace(/(?<=\p{L}{2})\.(?=\p{L}{2})/gu, ' ');
  return text
    .replace(/(?<![\p{L}\p{N}'])(\p{L}(?:\.\p{L}){1,})(?=\.(?!\p{L}(?:\.|$))|$)\.?/gu, (_initials: string, letters: string) => initialsOf(letters))
    .replace(/(?<![\u0001])\./gu, ' ')
    .replace(/\u0001\./gu, '.')
    .replace(/\u0001/gu, '');
}

/** «S.H.I.E.L.D» → protected dots; two lone letters such as «I.A» stay words when either is a common one. */
function initialsOf(letters: string): string {
  const list = letters.split('.');
  if (list.length === 2 && list.some((letter) => /^[aiy&]$/iu.test(letter)) && !/^(?:A\.I)$/u.test(letters)) return letters + '.';
  return `${list.join('\u0001.')}\u0001. `;
}

function balanced(title: string): string {
  let text = title;
  for (const [open, close] of [['(', ')'], ['[', ']'], ['{', '}']] as const) {
    const opens = text.split(open).length;
    const closes = text.split(close).length;
    if (opens > closes) {
      const at = text.lastIndexOf(open);
      text = at > 0 ? text.slice(0, at) : text.slice(1);
    } else if (closes > opens && text.endsWith(close)) text = text.slice(0, -1);
  }
  return text;
}
