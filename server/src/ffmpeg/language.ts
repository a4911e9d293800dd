/** English names that files carry in place of codes; ISO 639 codes are left to `Intl`. */
const names: Readonly<Record<string, string>> = {
  english: 'en', french: 'fr', francais: 'fr', français: 'fr', german: 'de', deutsch: 'de', spanish: 'es',
  español: 'es', espanol: 'es', castellano: 'es', italian: 'it', italiano: 'it', portuguese: 'pt', português: 'pt',
  brazilian: 'pt-BR', dutch: 'nl', nederlands: 'nl', russian: 'ru', русский: 'ru', ukrainian: 'uk', polish: 'pl',
  polski: 'pl', czech: 'cs', slovak: 'sk', hungarian: 'hu', magyar: 'hu', romanian: 'ro', bulgarian: 'bg',
  greek: 'el', turkish: 'tr', türkçe: 'tr', arabic: 'ar', hebrew: 'he', persian: 'fa', farsi: 'fa', hindi: 'hi',
  tamil: 'ta', telugu: 'te', japanese: 'ja', 日本語: 'ja', chinese: 'zh', 中文: 'zh', korean: 'ko', 한국어: 'ko',
  vietnamese: 'vi', thai: 'th', indonesian: 'id', malay: 'ms', swedish: 'sv', svenska: 'sv', norwegian: 'no',
  norsk: 'no', danish: 'da', dansk: 'da', finnish: 'fi', suomi: 'fi', icelandic: 'is', croatian: 'hr', serbian: 'sr',
  slovenian: 'sl', catalan: 'ca', basque: 'eu', galician: 'gl', latin: 'la', estonian: 'et', latvian: 'lv',
  lithuanian: 'lt',
}; // prettier-ignore
/** Codes that people and tools write though no registry has them in this sense. */
const habits: Readonly<Record<string, string>> = {
  pob: 'pt-BR',
  ptbr: 'pt-BR',
  chs: 'zh-Hans',
  cht: 'zh-Hant',
  jp: 'ja',
  cz: 'cs',
};
/** ISO 639-1 and the code of ISO 639-2/T for the same. */
const threeLetters =
  'aaaar ababk aeave afafr akaka amamh anarg arara asasm avava ayaym azaze babak bebel bgbul bibis bmbam ' +
  'bnben bobod brbre bsbos cacat ceche chcha cocos crcre csces cuchu cvchv cycym dadan dedeu dvdiv dzdzo ' +
  'eeewe elell eneng eoepo esspa etest eueus fafas ffful fifin fjfij fofao frfra fyfry gagle gdgla glglg ' +
  'gngrn guguj gvglv hahau heheb hihin hohmo hrhrv hthat huhun hyhye hzher iaina idind ieile igibo iiiii ' +
  'ikipk ioido isisl itita iuiku jajpn jvjav kakat kgkon kikik kjkua kkkaz klkal kmkhm knkan kokor krkau ' +
  'kskas kukur kvkom kwcor kykir lalat lbltz lglug lilim lnlin lolao ltlit lulub lvlav mgmlg mhmah mimri ' +
  'mkmkd mlmal mnmon mrmar msmsa mtmlt mymya nanau nbnob ndnde nenep ngndo nlnld nnnno nonor nrnbl nvnav ' +
  'nynya ococi ojoji omorm orori ososs papan pipli plpol pspus ptpor quque rmroh rnrun roron rurus rwkin ' +
  'sasan scsrd sdsnd sesme sgsag sisin skslk slslv smsmo snsna sosom sqsqi srsrp ssssw stsot susun svswe ' +
  'swswa tatam tetel tgtgk ththa titir tktuk tntsn toton trtur tstso tttat tytah uguig ukukr ururd uzuzb ' +
  'veven vivie vovol wawln wowol xhxho yiyid yoyor zazha zhzho zuzul';

const saysNothing = new Set(['und', 'mis', 'mul', 'zxx', 'unknown', 'qaa', 'xxx']);
const known = new Map<string, string | null>();
const display = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });

/**
 * A language as files and file names give it (ISO 639-1, -2/B, -2/T, -3, BCP-47, or an English or own name) as a
 * canonical BCP-47 tag; null if it says nothing or is no language.
 */
export function normalizeLanguage(raw: string | null | undefined): string | null {
  if (raw === null || raw === undefined) return null;
  const key = raw.replaceAll('\0', '').trim().toLowerCase().replaceAll('_', '-');
  let tag = known.get(key);
  if (tag === undefined) {
    tag = canonical(key);
    if (known.size < 1000) known.set(key, tag); // the input is a file's: bound what it can make us keep
  }
  return tag;
}

function canonical(key: string): string | null {
  const named = names[key] ?? habits[key];
  if (named !== undefined) return named;
  const primary = key.split('-')[0] ?? '';
  if (!/^[a-z]{2,3}$/.test(primary) || saysNothing.has(primary)) return null;
  try {
    const tag = Intl.getCanonicalLocales(key)[0];
    return tag !== undefined && display.of(tag.split('-')[0] ?? '') !== undefined ? tag : null;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** A BCP-47 tag as MP4 and Matroska want it, by ISO 639-2/T; `und` where that has no word for it. */
export function threeLetterLanguage(tag: string | null): string {
  const primary = tag?.split('-')[0] ?? '';
  if (primary.length === 3) return primary;
  const at = primary.length === 2 ? ` ${threeLetters}`.indexOf(` ${primary}`) : -1;
  return at < 0 ? 'und' : threeLetters.slice(at + 2, at + 5);
}

/** Packed 15-bit language code of an MP4 `mdhd` box, ISO 14496-12 8.4.2; Macintosh codes (below 0x400) but for 0 are unknown. */
export function packedLanguage(code: number): string | null {
  if (code === 0) return null;
  if (code < 0x400) return null;
  const letters = [10, 5, 0].map((shift) => String.fromCharCode(((code >> shift) & 31) + 0x60));
  return normalizeLanguage(letters.join(''));
}
