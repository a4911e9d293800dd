import type { SubtitleTrack } from '@hearth/contract/playback';
import { asText, drawable } from './subtitle-drawing';

const track = (url: string): SubtitleTrack => ({
  id: '3',
  format: 'ass',
  url,
  burned: false,
  language: 'ja',
  label: 'Signs',
  forced: false,
  hearingImpaired: false,
  isDefault: false,
  origin: 'embedded',
});

test.each([
  ['/s/3?user=u&signature=x&format=ass', '/s/3?user=u&signature=x'],
  ['/s/3?format=ass&signature=x', '/s/3?signature=x'],
  ['/s/3?format=ass', '/s/3'],
  ['/s/3?signature=format', '/s/3?signature=format'],
])('%s as text is %s', (url, text) => {
  expect(asText(track(url))).toEqual({ ...track(text), format: 'vtt' });
});

test('drawn by the player: with an address, and not in the picture already', () => {
  expect(drawable(track('/s/3'))).toBe(true);
  expect(drawable(track(''))).toBe(false);
  expect(drawable({ ...track('/s/3'), burned: true })).toBe(false);
});
