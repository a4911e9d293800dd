/** The words people write before (or behind) season and episode numbers, as pattern sources for the `iu` flags. */

export const SEASON_WORD =
  '(?:seasons?|series(?=[ ._]?\\d)|saisons?|staffel|temporadas?|temp?(?=[. ]?\\d)|stagion[ei]|seizoen|se[zs]on[aiyu]?|sn|сезон[аыі]?|kausi|säsong|s[æe]songen?|sæson|évad|sezonul|se(?=[. ]?\\d{1,2}(?!\\d)))';

export const EPISODE_WORD =
  '(?:episod(?:e?s?|io|ios|io?s?|en|ul|i)|[eé]pisodes?|episódios?|eps?|folgen?|cap(?:[ií]tulos?|s)?|puntat[ae]|ser[iy][jy]?[aei]|сери[яийю]|серія|эпизод(?:ы|ов)?|епізод|выпуск|afl(?:evering)?|odcinek|odc|b[oö]l[uü]m|blm|jakso|avsnitt|afsnit|d[ií]l|r[eé]sz|epizod[aeiy]?|tập|ตอนที่|ตอน|الحلقة|حلقة)';

/** Counters of Chinese, Japanese and Korean: 第2季第5集, 第3話, 12화. */
export const HAN_SEASON = '[季期部]|シーズン';
export const HAN_EPISODE = '[话話集回]|화|회';

/** Words that join the numbers of one file: `E01-E03`, `E01 to E03`, `E01 & E02`. */
export const JOINT = '(?:[-~&+,]|and|to|et|à|a|bis|y|until|through|по)';
