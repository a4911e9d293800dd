import { redact } from './redact.js';

test.each<[string, unknown, unknown]>([
  ['a password by its key', { password: 'x', newPassword: 'y' }, { password: '***', newPassword: '***' }],
  ['a token anywhere below', { a: { refreshToken: 'x' } }, { a: { refreshToken: '***' } }],
  ['a signed URL', '/api/media/files/1?user=a&signature=abc', '/api/media/files/1?user=a&signature=***'],
  ['a bearer header in text', 'Authorization: Bearer abc.def', 'Authorization: Bearer ***'],
  ['credentials in a URL', 'postgres://hearth:secret@db/x', 'postgres://***@db/x'],
  ['what is harmless stays', { path: '/films', count: 2 }, { path: '/films', count: 2 }],
])('%s', (_, given, expected) => {
  expect(redact(given)).toEqual(expected);
});

test('is bounded in depth, width and length', () => {
  const endless: Record<string, unknown> = {};
  endless['self'] = endless;
  expect(JSON.stringify(redact(endless)).length).toBeLessThan(200);
  expect(redact(Array.from({ length: 1000 }, () => 1))).toHaveLength(50);
  expect(String(redact('x'.repeat(10_000))).length).toBeLessThan(2100);
});
