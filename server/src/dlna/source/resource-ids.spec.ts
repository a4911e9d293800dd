import { createHmac } from 'node:crypto';
import { ResourceIds } from './resource-ids.js';

const ids = new ResourceIds(Buffer.alloc(32, 1));
const file = '01ARZ3NDEKTSV4RRFFQ69G5FAV';

test.each([
  ['original', '', undefined],
  ['converted', '', 'household'],
  ['photo', 'lrg', undefined],
  ['subtitle', '3', '01ARZ3NDEKTSV4RRFFQ69G5FAW'],
  ['art', '', undefined],
] as const)('%s: what is written can be read, after a restart too', (kind, part, accountId) => {
  const text = ids.write(kind, file, part, accountId);
  expect(text).toMatch(/^[A-Za-z0-9_-]{1,128}$/);
  expect(new ResourceIds(Buffer.alloc(32, 1)).read(text)).toEqual({ kind, id: file, part, accountId });
});

test('nothing can be guessed or turned into something else', () => {
  const text = ids.write('original', file);
  const other = `01ARZ3NDEKTSV4RRFFQ69G5FAW`;
  for (const forged of [
    text.replace(file, other),
    text.replace(/^o/, 'c'),
    text.replace('__', '_household_'),
    text.slice(0, -1),
    `${text}0`,
    `${text}_`,
    text.toUpperCase(),
    file,
    '',
    'o____',
    '__proto___',
    'constructor___',
  ])
    expect(ids.read(forged)).toBeUndefined();
  expect(new ResourceIds(Buffer.alloc(32, 2)).read(text)).toBeUndefined();
  expect(() => ids.write('original', '../etc')).toThrow('Not an id');
});

test('the names are signed with HMAC-SHA-256', () => {
  const key = Buffer.from('0123456789abcdef0123456789abcdef');
  const [, body = '', mac] = /^(.*)_([0-9a-f]+)$/.exec(new ResourceIds(key).write('original', file)) ?? [];
  const expected = createHmac('sha256', key).update(`resource\n${body}`).digest('hex');
  expect(mac).toBe(expected.slice(0, 24));
});

test('names of what is in a torrent fit into an address, and lead back', () => {
  const torrent = `torrent-${'a1'.repeat(20)}`;
  const [film, subtitle] = [`${torrent}-4999`, `${torrent}-t4998-4999`];
  const text = ids.write('subtitle', film, subtitle, file);
  expect(text).toMatch(/^[A-Za-z0-9_-]{1,128}$/);
  expect(ids.read(text)).toEqual({ kind: 'subtitle', id: film, part: subtitle, accountId: file });
  expect(ids.read(ids.write('converted', film, '120'))).toMatchObject({ id: film, part: '120' });
});
