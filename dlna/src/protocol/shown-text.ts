import type { MediaObject } from '../media-source.port.js';
import type { DidlHabits } from '../profiles/device-profile.js';

const spelled: Readonly<Record<string, string>> = {
  ß: 'ss',
  Æ: 'AE',
  æ: 'ae',
  Œ: 'OE',
  œ: 'oe',
  Ø: 'O',
  ø: 'o',
  Đ: 'D',
  đ: 'd',
  Ł: 'L',
  ł: 'l',
  Þ: 'Th',
  þ: 'th',
  ı: 'i',
  '‘': "'",
  '’': "'",
  '“': '"',
  '”': '"',
  '–': '-',
  '—': '-',
  '…': '...',
  '\u00a0': ' ',
};

/** Plain ASCII for those whose display has nothing else (gerbera's AsciiXML, for Yamaha); `?` where there is no likeness. */
export function asciiOf(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .replace(/[^\t\n\r -~]/gu, (character) => spelled[character] ?? '?');
}

/** What a device shows of any text. */
export function shownText(text: string, habits: DidlHabits): string {
  return habits.asciiOnly ? asciiOf(text) : text;
}

/** A title as a device wants it: numbered where it sorts by name, without slashes where they are folders to it. */
export function shownTitle(object: MediaObject, habits: DidlHabits): string {
  const title = habits.numberTitles ? numbered(object) : object.title;
  return shownText(habits.replaceSlashes ? title.replaceAll('/', ' ') : title, habits);
}

/** Ten before two otherwise; what has its number in front already keeps it. */
function numbered(object: MediaObject): string {
  const number = object.type === 'item' ? (object.trackNumber ?? object.episodeNumber) : undefined;
  if (number === undefined || /^\s*(?:\d|S\d+E\d)/i.test(object.title)) return object.title;
  return `${String(number).padStart(2, '0')} ${object.title}`;
}

/** `YYYY-MM-DD` or with a time; a zone is more than Frontier's radios bear (dlna.md I). @returns undefined for no date */
export function shownDate(date: string): string | undefined {
  const [, year, month = '01', day = '01', time = ''] =
    /^(\d{4})(?:-(\d\d)(?:-(\d\d)(T\d\d:\d\d:\d\d)?)?)?/.exec(date) ?? [];
  return year === undefined ? undefined : `${year}-${month}-${day}${time}`;
}
