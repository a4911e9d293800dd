/** Words that stand where a group would but are none: languages, cuts, parts, numbers. */
const WORDS = [
  'dl|hd|uhd|ma|es|hra?|x|rip|ray|web|bd|dvd|tv|r|ou|sbs|ou|hi10p?|fps|\\d+fps',
  '(?:cd|disc|part|pt|ep?|s|v)\\d+(?:e\\d+)?',
  'multi|dual|dub(?:bed)?|sub(?:s|bed)?|audio|raws?|softsubs?|hardsubs?|msubs?|esubs?|hebsubs?|nlsubs?',
  'eng?(?:lish)?|ita?(?:lian)?|fre?(?:nch)?|german?|ger|spa(?:nish)?|esp|jpn?|jap(?:anese)?|rus?(?:sian)?|hun|ukr|pol|pl|cz|kor(?:ean)?|hindi|tamil|telugu|chi|chs|cht|nl|dutch|swedish|danish|finnish|norwegian|nordic|portuguese|latino|castellano|lat',
  'vostfr|vf[fqi2]?|vo|subfrench|truefrench|proper|repack|extended|uncut|unrated|remastered|internal|complete|batch|end|final|sample|trailer|scene|3d|hdr(?:10)?(?:plus|\\+)?|dv|dovi|sdr|(?:8|10)-?bits?|atmos|\\d+ch|imax|cut|edition|hsbs|h-?sbs|extras',
  '\\d{1,3}|(?:19|20)\\d\\d|\\d{3,4}[pi]|mkv|mp4|avi|ts',
];
export const NOT_A_GROUP = new RegExp(`^(?:${WORDS.join('|')})$`, 'iu');

/** Tags of indexers and re-posters that hang behind the real group. */
export const REPOST_TAIL =
  /[ ._]*(?:[-._ ](?:obfuscated|obfuscation|scrambled|postbot|xpost|rp|buymore|asrequested|alternativeto(?:recovery|requested)|gerov|z0ids3n|chamele0n|4p|4planet|altezachen|alteregofrom\w*|re-?post|repackpost|pre|sample|whiterev|nzbgeek|rakuv\w*|1)|\[(?:rartv|rarbg|ettv|eztvx?(?:\.\w+)?|tgx|ethd|vtv|prime|tvu|nzb|usenet|scene|publichd)[^\]]*\]|(?:-=)?\{{1,3}[^{}]*\}{1,3}(?:=-)?)$/iu;
