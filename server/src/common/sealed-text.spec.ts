import { randomBytes } from 'node:crypto';
import { SealedText } from './sealed-text.js';

const older = randomBytes(32);
const newer = randomBytes(32);
const box = new SealedText([newer, older]);

test('opens what it sealed, for what it was sealed for only', () => {
  const sealed = box.seal('https://indexer.example/api?apikey=s3cret · ü', 'row-1');
  expect(sealed).not.toContain('s3cret');
  expect(Buffer.from(sealed.split('.')[1] ?? '', 'base64url').toString('latin1')).not.toContain('s3cret');
  expect(box.open(sealed, 'row-1')).toBe('https://indexer.example/api?apikey=s3cret · ü');
  expect(box.open(sealed, 'row-2')).toBeNull();
});

test('the same text is never sealed the same twice', () => {
  expect(box.seal('a', 'x')).not.toBe(box.seal('a', 'x'));
});

test('unless it is to be: then it tells only whether two are equal', () => {
  expect(box.sealAlike('a', 'x')).toBe(box.sealAlike('a', 'x'));
  expect(new Set([box.sealAlike('a', 'y'), box.sealAlike('b', 'x'), box.sealAlike('a', 'x')]).size).toBe(3);
  expect(box.open(box.sealAlike('a', 'x'), 'x')).toBe('a');
});

test('after a change of keys the old one still opens, and says that it is old', () => {
  const sealed = new SealedText([older]).seal('kept', 'x');
  expect(box.open(sealed, 'x')).toBe('kept');
  expect(box.isStale(sealed)).toBe(true);
  expect(box.isStale(box.seal('kept', 'x'))).toBe(false);
  expect(new SealedText([newer]).open(sealed, 'x')).toBeNull();
});

test.each(['', '.', 'nonsense', 'ffffffff.AAAA'])('%j opens to nothing', (text) => {
  expect(box.open(text, 'x')).toBeNull();
});

test('every changed byte is noticed', () => {
  const sealed = box.seal('a secret of some length', 'x');
  const [id = '', packed = ''] = sealed.split('.');
  const bytes = Buffer.from(packed, 'base64url');
  for (let index = 0; index < bytes.length; index++) {
    const changed = Buffer.from(bytes);
    changed[index] = (changed[index] ?? 0) ^ 1;
    expect(box.open(`${id}.${changed.toString('base64url')}`, 'x')).toBeNull();
  }
});
