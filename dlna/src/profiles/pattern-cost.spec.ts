import { costlyPattern } from './pattern-cost.js';

test.each([
  '^(a+)+$',
  '(a|a)*b',
  '(?:a?){30}x',
  '(?<x>[^)]*)+',
  '(?:x(a*))*y',
  '(a{1,500}){2,}',
  '.*.*.*=',
  '\\w+\\w+\\w+!',
  'a?a?a?a?a?a?a?a?a?a?aaaaaaaaaa',
  '(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)',
  '((a|a)+|b)',
  '(?=(a+)+)',
])('%s takes too long', (pattern) => {
  expect(costlyPattern(pattern)).toMatch(/take/);
});

test.each([
  '',
  'BRAVIA KDL-32W',
  'a.*b|c.*d|e.*f|g.*h',
  '\\d\\d(?:DX|EX|FX|GX)\\w*\\d{3}',
  'SEC_HHP_\\[TV\\].*\\d\\d[JKM][SU]?\\d{3,4}',
  '[*+?({]+',
  '\\(\\)\\+\\*',
  '(?:ab)+',
  '^Roku',
])('%s is harmless', (pattern) => {
  expect(costlyPattern(pattern)).toBeUndefined();
});

test('what is let pass is quick on the worst there is', () => {
  const texts = ['a'.repeat(512), `${'a'.repeat(511)}!`];
  const began = performance.now();
  for (const pattern of ['.*.*=', '(?:a|a)(?:a|a)(?:a|a)(?:a|a)(?:a|a)(?:a|a)(?:a|a)(?:a|a)=', '(?:aa)+=']) {
    expect(costlyPattern(pattern)).toBeUndefined();
    for (const text of texts) expect(new RegExp(pattern, 'i').test(text)).toBe(false);
  }
  expect(performance.now() - began).toBeLessThan(5000);
});
