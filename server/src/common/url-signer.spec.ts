import { type UrlSignature, UrlSigner } from './url-signer.js';

const day = 24 * 60 * 60;
const key = Buffer.alloc(32, 1);
const signerAt = (seconds: number, withKey = key): UrlSigner => new UrlSigner(withKey, () => seconds * 1000);
const path = '/api/images/1';

function signatureOf(url: string): UrlSignature {
  const query = new URL(url, 'http://localhost').searchParams;
  const value = (name: string): string => query.get(name) ?? '';
  return { user: value('user'), expires: Number(value('expires')), signature: value('signature') };
}

test('a URL works for its path, its account and its time only', () => {
  const signature = signatureOf(signerAt(1000).sign(path, 'ada', day));
  expect(signerAt(1000).verify(path, signature)).toBe(true);
  expect(signerAt(1000).verify('/api/images/2', signature)).toBe(false);
  expect(signerAt(1000).verify(path, { ...signature, user: 'eve' })).toBe(false);
  expect(signerAt(1000).verify(path, { ...signature, expires: signature.expires + 1 })).toBe(false);
  expect(signerAt(signature.expires - 1).verify(path, signature)).toBe(true);
  expect(signerAt(signature.expires).verify(path, signature)).toBe(false);
  expect(signerAt(1000, Buffer.alloc(32, 2)).verify(path, signature)).toBe(false);
  expect(signerAt(1000).verify(path, { ...signature, expires: NaN })).toBe(false);
});

test('it lives at least half of its lifetime and never longer than all of it', () => {
  for (const now of [0, 1, day / 4, day / 2 - 1, day / 2, day]) {
    const life = signatureOf(signerAt(now).sign(path, 'ada', day)).expires - now;
    expect(life).toBeGreaterThanOrEqual(day / 2);
    expect(life).toBeLessThanOrEqual(day);
  }
});

test('the same picture keeps its URL for hours, so that browsers keep it cached', () => {
  expect(signerAt(100).sign(path, 'ada', day)).toBe(signerAt(100 + day / 3).sign(path, 'ada', day));
});
