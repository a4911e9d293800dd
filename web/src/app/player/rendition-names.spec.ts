import { audioIndexOfUrl, qualityOfUrl } from './rendition-names';

test('a picture’s address names its quality', () => {
  expect(qualityOfUrl('/api/hls/abc.def/v0-copy/index.m3u8')).toBe('original');
  expect(qualityOfUrl('https://home/api/hls/abc/v2-720p-b3/index.m3u8?x=1')).toBe('720p');
  expect(qualityOfUrl('/api/hls/abc/a1-aac2/index.m3u8')).toBeNull();
});

test('a ticket that looks like a rendition does not mislead', () => {
  expect(qualityOfUrl('/api/hls/v0-480p/v0-1080p/index.m3u8')).toBe('1080p');
});

test('a sound’s address names its stream', () => {
  expect(audioIndexOfUrl('/api/hls/abc/a12-aac6-night/index.m3u8')).toBe(12);
  expect(audioIndexOfUrl('/api/hls/abc/v0-copy/index.m3u8')).toBeNull();
});
