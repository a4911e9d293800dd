import { returnPath } from './return-path';

test.each([
  ['/title/7?season=2', '/title/7?season=2'],
  ['/', '/'],
  [undefined, '/'],
  ['', '/'],
  ['//evil.example', '/'],
  ['/\\evil.example', '/'],
  ['https://evil.example', '/'],
  ['javascript:alert(1)', '/'],
  ['/login?back=/login', '/'],
])('%s leads to %s', (back, path) => expect(returnPath(back)).toBe(path));
