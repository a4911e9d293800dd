import { harmlessPath, harmlessText, turnsDirection } from './harmless-text.js';

const rows: [text: string, expected: string][] = [
  ['The Quiet Orchard (2014)', 'The Quiet Orchard (2014)'],
  ['a\u202egnp.exe', 'agnp.exe'],
  ['a\u2066b\u2069c\u200fd\u061ce', 'abcde'],
  ['a\0b\tc\r\nd\u0085e\u2028f', 'a b c d e f'],
  ['z\u200be\u2060r\ufeffo\u00ad', 'zero'],
  ['\ud800x\udc00', '\ufffdx\ufffd'],
  ['می\u200cخواهم', 'می\u200cخواهم'],
  ['👨\u200d👩\u200d👧 ❤\ufe0f', '👨\u200d👩\u200d👧 ❤\ufe0f'],
  ['A\u030a', 'Å'],
  [`a${'\u0335'.repeat(50)}b`, `a${'\u0335'.repeat(6)}b`],
  ['\u{e0041}\u{e0042}tags', 'tags'],
  ['x\ufffe\ufdd0\u{1fffe}y', 'xy'],
  ['   ', ''],
  ['静かな果樹園', '静かな果樹園'],
];
test.each(rows)('%j', (text, expected) => expect(harmlessText(text)).toBe(expected));

test('is cut to its length without leaving half a character', () => {
  expect(harmlessText('x'.repeat(300))).toBe(`${'x'.repeat(254)}…`);
  const cut = harmlessText('😀'.repeat(200));
  expect(cut.length).toBeLessThanOrEqual(255);
  expect(cut.isWellFormed()).toBe(true);
  expect(harmlessText('\ufdfa'.repeat(400)).length).toBeLessThanOrEqual(255);
});

test.each([
  [['a', 'b.mkv'], 'a/b.mkv'],
  [['..', 'b.mkv'], 'b.mkv'],
  [['', '.', 'b/c\\d'], 'b c d'],
  [['/etc/passwd'], 'etc passwd'],
  [['\u200b..'], ''],
])('the path %j', (segments, expected) => expect(harmlessPath(segments)).toBe(expected));

test('knows what turns the direction of names', () => {
  expect(turnsDirection('a\u202egnp.exe')).toBe(true);
  expect(turnsDirection('فیلم')).toBe(false);
});
