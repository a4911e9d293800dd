import { afterAll, expect, test } from '@jest/globals';
import { callOf, stageSandbox } from './testing/sandbox-stage.js';

const stages: ReturnType<typeof stageSandbox>[] = [];
const stage = (...args: Parameters<typeof stageSandbox>) => {
  const made = stageSandbox(...args);
  stages.push(made);
  return made;
};
afterAll(() => Promise.all(stages.map(({ sandbox }) => sandbox.close())));

test('a provider is asked, and asks', async () => {
  const { sandbox, lines } = stage(`
    export default {
      async catalog({ id, extra }, { config, fetch, log }) {
        const url = new URL('/list?a=1', 'https://api.example.org/x');
        url.searchParams.set('q', 'ä b&c');
        const response = await fetch(url, { accept: ['application/json'], headers: { 'x-key': config.key } });
        const { names } = await response.json();
        log('key', config.key, { id });
        console.log('plain');
        return { items: names.map((name) => ({ id: name, type: 'movie', name, year: 1900 + new TextEncoder().encode(extra.q).length })), url: response.url };
      },
    };
  `);
  const asked: unknown[] = [];
  const answer = await sandbox.ask('catalog', { type: 'movie', id: 'all', extra: { q: 'äö' } }, callOf({
    config: { key: 'very secret' },
    fetch: (url, request) => {
      asked.push([url, request?.accept, request?.headers]);
      const body = new TextEncoder().encode(JSON.stringify({ names: ['Nosferatu', 'Häxan'] }));
      return Promise.resolve({ url, status: 200, contentType: 'application/json', headers: {}, body });
    },
  })); // prettier-ignore
  const url = 'https://api.example.org/list?a=1&q=%C3%A4+b%26c';
  expect(asked).toEqual([[url, ['application/json'], { 'x-key': 'very secret' }]]);
  expect(answer).toEqual({
    items: ['Nosferatu', 'Häxan'].map((name) => ({ id: name, type: 'movie', name, year: 1904 })),
    url,
  });
  expect(lines.join('')).toContain('key ••• {\\"id\\":\\"all\\"}');
  expect(lines.join('')).toContain('plain');
});
