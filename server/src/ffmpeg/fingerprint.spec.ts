import { copyFileSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fingerprint } from './fingerprint.js';
import { normalizeLanguage, packedLanguage, threeLetterLanguage } from './language.js';

describe('fingerprint', () => {
  const dir = mkdtempSync(join(tmpdir(), 'hearth-print-'));
  const path = join(dir, 'a');
  afterAll(() => rmSync(dir, { recursive: true, force: true }));
  const of = (bytes: Uint8Array): string => {
    writeFileSync(path, bytes);
    return fingerprint(path);
  };

  test('survives a move and a copy', () => {
    const before = of(Buffer.alloc(500_000, 'abc'));
    copyFileSync(path, join(dir, 'b'));
    renameSync(path, join(dir, 'c'));
    expect([fingerprint(join(dir, 'b')), fingerprint(join(dir, 'c'))]).toEqual([before, before]);
    expect(before).toMatch(/^[0-9a-f]{32}$/);
  });

  test('differs by size, head, middle and tail', () => {
    const film = Buffer.alloc(1_000_000);
    const prints = new Set([of(film), of(film.subarray(1))]);
    for (const at of [0, 500_000, 999_999]) {
      const other = Buffer.from(film);
      other[at] = 1;
      prints.add(of(other));
    }
    expect(prints.size).toBe(5);
  });

  test('reads all of a small file, and an empty one', () => {
    expect(new Set([of(Buffer.alloc(0)), of(Buffer.from('a')), of(Buffer.from('b'))]).size).toBe(3);
  });

  test('names a file that is not there', () => {
    expect(() => fingerprint(join(dir, 'absent'))).toThrow(/ENOENT/);
  });
});

describe('language', () => {
  test.each([
    ['eng', 'en'], ['fre', 'fr'], ['fra', 'fr'], ['ger', 'de'], ['pt-br', 'pt-BR'], ['pt_BR', 'pt-BR'], ['English', 'en'],
    ['FIL', 'fil'], ['zh-Hant', 'zh-Hant'], ['pob', 'pt-BR'], ['jpn', 'ja'], ['en\0', 'en'], ['scr', 'hr'],
    ['und', null], ['', null], ['zz', null], ['x', null], ['1080p', null], ['qqq', null], [undefined, null], ['en-' + 'x'.repeat(50), null],
  ])('%s is %s', (raw, tag) => {
    expect(normalizeLanguage(raw)).toBe(tag);
  }); // prettier-ignore

  test('packed codes of MP4', () => {
    expect(packedLanguage(0x15c7)).toBe('en');
    expect(packedLanguage(0x55c4)).toBeNull();
    expect(packedLanguage(0)).toBeNull();
  });

  test('codes of three letters for MP4, each read back as what it was', () => {
    expect(['de', 'pt-BR', 'zh-Hans', 'fil', 'aa', 'zu', 'zz', null].map(threeLetterLanguage)).toEqual([
      ...['deu', 'por', 'zho', 'fil', 'aar', 'zul', 'und', 'und'],
    ]);
    for (const tag of ['de', 'fr', 'nl', 'el', 'ro', 'sr', 'ms'])
      expect(normalizeLanguage(threeLetterLanguage(tag))).toBe(tag);
  });
});
