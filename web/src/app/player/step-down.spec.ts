import type { Quality } from '@hearth/contract/playback';
import { DrySpells, lowerQuality } from './step-down';

const quality = (name: string, height: number, mbits: number): Quality => ({
  name,
  height,
  bitrate: mbits * 1e6,
  action: name === 'original' ? 'copy' : 'encode',
});
const all = [
  quality('original', 1080, 12),
  quality('1080p', 1080, 6),
  quality('720p', 720, 3),
  quality('480p', 480, 1.4),
];

test('running dry once is luck, twice in short is not', () => {
  const spells = new DrySpells();
  expect(spells.happened(0)).toBe(false);
  expect(spells.happened(60_000)).toBe(true);
});

test('two dry spells far apart do not count together', () => {
  const spells = new DrySpells();
  expect(spells.happened(0)).toBe(false);
  expect(spells.happened(200_000)).toBe(false);
  expect(spells.happened(250_000)).toBe(true);
});

test('the best that the bandwidth carries', () => {
  expect(lowerQuality(all, 'original', 5e6)?.name).toBe('720p');
  expect(lowerQuality(all, 'original', null)?.name).toBe('1080p');
  expect(lowerQuality(all, '720p', 50e6)?.name).toBe('480p');
});

test('nothing carries it: the least one; nothing below: none', () => {
  expect(lowerQuality(all, 'original', 1e5)?.name).toBe('480p');
  expect(lowerQuality(all, '480p', 1e5)).toBeUndefined();
});

test('a smaller picture that needs more data is no way down', () => {
  const dear = [quality('original', 480, 1), quality('360p', 360, 1.2)];
  expect(lowerQuality(dear, 'original', null)).toBeUndefined();
});
