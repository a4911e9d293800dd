import { feedsSegments, isPlaylist } from './engine-choice';

test('playlists are told from files', () => {
  expect(isPlaylist('application/vnd.apple.mpegurl')).toBe(true);
  expect(isPlaylist('application/x-mpegURL; charset=utf-8')).toBe(true);
  expect(isPlaylist('video/mp4')).toBe(false);
});

test('an iPhone’s managed Media Source is enough', () => {
  expect(feedsSegments({ ManagedMediaSource: class {} })).toBe(true);
  expect(feedsSegments({ MediaSource: class {} })).toBe(true);
  expect(feedsSegments({})).toBe(false);
});
