import { TicketSigner } from './ticket-signer.js';

const day = 24 * 60 * 60;
const key = Buffer.alloc(32, 1);
const signerAt = (seconds: number, withKey = key): TicketSigner =>
  new TicketSigner(withKey, () => seconds * 1000);
const ulid = '01KAHMKZ4Q9V5R0T2XW8Y6N3BC';
const ticket = {
  sessionId: ulid,
  fileId: ulid,
  accountId: ulid,
  contentKey: 'Zm9vYmFyYmF6cXV4',
  renditions: ['v0-720p', 'a1-aac2', 'a2-copy'],
};

test('what was signed is read again, until its time is over', () => {
  const text = signerAt(1000).sign(ticket, day);
  expect(signerAt(1000).read(text)).toEqual({ ...ticket, expires: 1000 + day });
  expect(signerAt(999 + day).read(text)).not.toBeNull();
  expect(signerAt(1000 + day).read(text)).toBeNull();
});

test('nothing in it may be changed, and no other key signs', () => {
  const text = signerAt(1000).sign(ticket, day);
  const [body = '', mac = ''] = text.split('.');
  const other = signerAt(1000).sign({ ...ticket, renditions: ['v0-copy'] }, day);
  for (const forged of [
    `${body}.${other.split('.')[1]}`,
    `${other.split('.')[0]}.${mac}`,
    `${body}.${mac}A`,
    `${body}.`,
    `${body}.${mac.slice(0, -1)}`,
    `${body}A.${mac}`,
    body,
    '',
    '.',
    'x'.repeat(480),
  ]) {
    expect([forged, signerAt(1000).read(forged)]).toEqual([forged, null]);
  }
  expect(signerAt(1000, Buffer.alloc(32, 2)).read(text)).toBeNull();
});

test('it fits into a path whatever a file holds; audio tracks beyond that are left out, the picture never', () => {
  const audio = Array.from({ length: 60 }, (_, n) => `a${n + 1}-aac2`);
  const text = signerAt(1_800_000_000).sign({ ...ticket, renditions: ['v0-720p', ...audio] }, day);
  expect(text).toMatch(/^[A-Za-z0-9._-]{16,480}$/);
  const renditions = signerAt(1_800_000_000).read(text)?.renditions ?? [];
  expect(renditions.length).toBeGreaterThan(16);
  expect(['v0-720p', ...audio].slice(0, renditions.length)).toEqual(renditions);
});
