import { withoutExtension } from './media-extensions.js';

/** A name made plain: ASCII digits and brackets, blanks for underscores, no ending, no web address in front or behind. */
export interface PreparedName {
  text: string;
  /** The CRC-32 that fansubs add was there: a strong sign of their conventions. */
  hasChecksum: boolean;
}

const FULL_WIDTH = /[\uFF01-\uFF5E]/gu;
const OTHER_DIGITS = /[\u0660-\u0669\u06F0-\u06F9\u0966-\u096F\u0E50-\u0E59]/gu;
const BRACKETS: Record<string, string> = {
  '【': '[',
  '】': ']',
  '〔': '[',
  '〕': ']',
  '『': '[',
  '』': ']',
  '《': '[',
  '》': ']',
};

/** Top-level domains that sites print into names; short ones that are also words need `www.` in front. */
const TLD =
  '(?:com|org|net|info|biz|tv|to|ru|re|me|cc|ws|in|is|io|mx|nz|fi|ag|se|eu|top|xyz|site|online|club|vip|pro|fun|cloud|wiki|tel|lol|moe|ca|nu|phd|sbs|pw|lat|buzz|xn--p1ai|org\\.au|com\\.au|co\\.uk|com\\.br)';
const SITE = `(?:www?[. ,][\\w-]{2,40}[. ][\\w-]{2,12}(?:[. ][\\w-]{2,3})?|[\\w-]{2,40}\\.(?:[\\w-]{2,20}\\.)?${TLD})`;
const LEADING_SITES = [
  new RegExp(`^\\s*[[({]+\\s*(?:visit\\s+)?${SITE}\\s*[\\])}]+[\\s._–:-]*`, 'iu'),
  new RegExp(
    `^\\s*(?:www[.,][\\w.-]{2,60}?\\.[a-z]{2,12}|[\\w-]{2,40}\\.${TLD})(?:\\s*[-–:_]+\\s*|\\s{2,}|_)(?=.)`,
    'iu',
  ),
  /^\s*www[. ][\w-]{2,40}[. ][a-z]{2,4}\s*[-–_]*\s*/iu,
];
const TRAILING_SITE = new RegExp(`[\\s._-]*[[({]\\s*${SITE}\\s*[\\])}]\\s*$`, 'iu');
const TRAILING_BARE_SITE = new RegExp(
  `[\\s_-]+(?:www\\.[\\w.-]{2,60}|[\\w-]{2,40}\\.(?:com|org|net))\\s*$`,
  'iu',
);
/** Names spelt backwards to hide from filters show their marks backwards: `p027.10E20S.emaN`. */
const REVERSED = /(?:^|[-. ])(?:p027|p0801|p084|\d\dE\d\dS)[-. ]/u;
const REQUEST = /^\s*[[({](?:req|request|repost|reup|pub|nuevo|new)[\])}][\s._-]*/iu;
const CHECKSUM = /[\s._-]*[[(]\s*(?:[0-9A-F]{8}|[0-9a-f]{8})\s*[\])]/u;
/** Derivative renditions the Internet Archive keeps beside an original (`film_512kb.mp4`, `film.ia.mp4`, `film_archive.torrent`). */
const ARCHIVE_RENDITION = /(?:_(?:\d{2,4}kb|archive|edit|ia)|\.ia)$/iu;

export function prepareName(name: string): PreparedName {
  let text = withoutExtension(name.normalize('NFC').trim()).replace(ARCHIVE_RENDITION, '');
  text = text
    .replace(FULL_WIDTH, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(OTHER_DIGITS, (c) => String((c.charCodeAt(0) & 0xf) - (c >= '\u0966' && c <= '\u096F' ? 6 : 0)))
    .replace(/[【】〔〕『』《》]/gu, (c) => BRACKETS[c] ?? c)
    .replace(/[\u2010-\u2015\u2212]/gu, '-')
    .replace(/[\u200B-\u200F\u202A-\u202E\uFEFF]/gu, '')
    .replace(/[_\u3000\s]+/gu, ' ')
    .replace(/%20/g, ' ')
    .trim();
  if (REVERSED.test(text)) text = Array.from(text).reverse().join('');
  if (!text.includes(' ') && /\+.*\+/u.test(text)) text = text.replace(/\+/gu, ' ');
  text = text.replace(REQUEST, '');
  for (const site of LEADING_SITES) text = text.replace(site, '');
  for (let before = ''; before !== text;) {
    before = text;
    text = text.replace(TRAILING_SITE, '');
  }
  text = text.replace(TRAILING_BARE_SITE, '');
  const hasChecksum = CHECKSUM.test(text) && !/^\W*[0-9a-f]{8}\W*$/iu.test(text);
  if (hasChecksum) text = text.replace(CHECKSUM, ' ');
  return { text: text.trim(), hasChecksum };
}
