import { withTabLock } from './tab-lock';

// jsdom has no Web Locks: this is the fall-back that plain http addresses get.
test('work under one name never overlaps', async () => {
  let inside = 0;
  let most = 0;
  const work = async () => {
    most = Math.max(most, ++inside);
    await new Promise((resolve) => setTimeout(resolve, 20));
    inside -= 1;
  };
  await Promise.all([withTabLock('t', work), withTabLock('t', work), withTabLock('t', work)]);
  expect(most).toBe(1);
  expect(localStorage.getItem('t')).toBeNull();
});

test('failed work frees the lock', async () => {
  await expect(withTabLock('t', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  await expect(withTabLock('t', () => Promise.resolve('yes'))).resolves.toBe('yes');
});

test('the lease of a tab that died is not waited for', async () => {
  localStorage.setItem('t', JSON.stringify({ owner: 'dead', until: Date.now() - 1 }));
  await expect(withTabLock('t', () => Promise.resolve('mine'))).resolves.toBe('mine');
});

test('nonsense in storage is no lease', async () => {
  localStorage.setItem('t', '{{{');
  await expect(withTabLock('t', () => Promise.resolve('mine'))).resolves.toBe('mine');
});
