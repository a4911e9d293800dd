import type { Field, ProviderManifestInput } from '@hearth/contract/provider-manifest';
import { testManifest } from '../../../../tests/support/provider-room.js';
import { ProblemError } from '../../common/problem-error.js';
import { answersTo, type Matter } from './answers-to.js';
import { checkedConfig, filledConfig, missingFields } from './config-check.js';
import { addressOf } from './provider-adding.js';

const field = (given: Partial<Field>): Field => ({
  name: 'x',
  label: 'X',
  type: 'text',
  required: false,
  advanced: false,
  ...given,
});
const options = [{ id: 'a', label: 'A' }, { id: 'b', label: 'B' }]; // prettier-ignore

test.each([
    [field({}), 'text', true], [field({}), 7, false], [field({ type: 'toggle' }), true, true], [field({ type: 'toggle' }), 'yes', false],
    [field({ type: 'number', min: 1, max: 3 }), 2, true], [field({ type: 'number', min: 1, max: 3 }), 4, false], [field({ type: 'number' }), '2', false],
    [field({ type: 'select', options }), 'a', true], [field({ type: 'select', options }), 'z', false],
    [field({ type: 'multiselect', options }), ['a', 'b'], true], [field({ type: 'multiselect', options }), ['z'], false],
    [field({ type: 'multiselect', options }), 'a', false], [field({ type: 'url' }), 'https://example.org', true],
    [field({ type: 'url' }), 'javascript:alert(1)', false], [field({ type: 'info' }), 'x', false], [field({ name: 'y' }), 'x', false],
  ])('%#: is refused or taken', (given, value, isTaken) => {
    const check = () => checkedConfig([given], { x: value }, {});
    if (isTaken) expect(check()).toEqual({ x: value });
    else expect(check).toThrow(ProblemError);
  }); // prettier-ignore

test('count only where the others say so', () => {
  const fields = [
    field({ name: 'own', type: 'toggle', default: false }),
    field({ name: 'host', label: 'Host', required: true, dependsOn: { name: 'own', in: ['true'] } }),
  ];
  expect(missingFields(fields, {})).toEqual([]);
  expect(missingFields(fields, { own: true })).toEqual(['Host']);
  expect(filledConfig(fields, { host: 'x' })).toEqual({ own: false, host: 'x' });
});

test.each([
  ['stremio://example.org/manifest.json', 'https://example.org/manifest.json'],
  ['https://example.org/configure', 'https://example.org/manifest.json'],
  ['http://example.org:7000/a%20b/manifest.json#x', 'http://example.org:7000/a%20b/manifest.json'],
])('the address %s', (given, address) => expect(addressOf(given)).toBe(address));

test.each([
    ['its type', { types: ['movie'] }, { type: 'movie' }, true],
    ['another type', { types: ['series'] }, { type: 'movie' }, false],
    ['any type', { types: [] }, { type: 'movie' }, true],
    ['an id it knows', { idPrefixes: ['tt'] }, { type: 'movie', externalIds: { imdb: 'tt1' } }, true],
    ['an id with its authority', { idPrefixes: ['tmdb:'] }, { type: 'movie', externalIds: { tmdb: '19' } }, true],
    ['an id it does not know', { idPrefixes: ['tt'] }, { type: 'movie', id: 'x:1' }, false],
    ['prefixes of the resource', { idPrefixes: ['tt'], resources: [{ name: 'source', idPrefixes: ['x:'] }] }, { type: 'movie', id: 'x:1' }, true],
    ['another capability', { resources: ['metadata'] }, { type: 'movie' }, false],
  ] as [string, Partial<ProviderManifestInput>, Matter, boolean][])('a manifest promises an answer about %s', (_, given, matter, answer) => {
    expect(answersTo(testManifest(given), 'source', matter)).toBe(answer);
  }); // prettier-ignore
