import { createHmac } from 'node:crypto';
import { ResourceIds } from './resource-ids.js';

const ids = new ResourceIds(Buffer.alloc(32, 1));
const file = '01ARZ3NDEKTSV4RRFFQ69G5FAV';

test.each([
  ['original', '', undefined],
  [
    'converted',
    '',
    { accountId: 'household', sessionId: '01ARZ3NDEKTSV4RRFFQ69G5FAX', until: 1_800_000_000 },
  ],
  ['photo', 'lrg', undefined],
  [
    'subtitle',
    '01ARZ3NDEKTSV4RRFFQ69G5FAV',
    {
      accountId: '01ARZ3NDEKTSV4RRFFQ69G5FAW',
      sessionId: '01ARZ3NDEKTSV4RRFFQ69G5FAX',
      until: 99_800_000_000,
    },
  ],
  ['art', '', undefined],
] as const)('%s: what is written can be read, after a restart too', (kind, part, grant) => {
  const text = ids.write(kind, file, part, grant);
  expect(text).toMatch(/^[A-Za-z0-9_-]{1,160}$/);
  expect(new ResourceIds(Buffer.alloc(32, 1)).read(text)).toEqual({ kind, id: file, part, grant });
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

test('how long it is lent cannot be changed, and what was lent without an end is no longer', () => {
  const grant = { accountId: 'ann', sessionId: 'phone', until: 1_800_000_000 };
  const text = ids.write('original', file, '', grant);
  const until = grant.until.toString(36);
  expect(text).toContain(`_${until}_`);
  for (const forged of [
    text.replace(until, 'zzzzzz'),
    text.replace('ann', 'ben'),
    text.replace('phone', 'pad'),
    text.replace(`_${until}`, ''),
  ])
    expect(ids.read(forged)).toBeUndefined();
  const body = `o_${file}__ann`;
  const mac = createHmac('sha256', Buffer.alloc(32, 1)).update(`resource\n${body}`).digest('hex');
  expect(ids.read(`${body}_${mac.slice(0, 24)}`)).toBeUndefined();
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
  const grant = { accountId: file, sessionId: file, until: 1_900_000_000 };
  const text = ids.write('subtitle', film, subtitle, grant);
  expect(text).toMatch(/^[A-Za-z0-9_-]{1,160}$/);
  expect(ids.read(text)).toEqual({ kind: 'subtitle', id: film, part: subtitle, grant });
  expect(ids.read(ids.write('converted', film, '120'))).toMatchObject({ id: film, part: '120' });
});
