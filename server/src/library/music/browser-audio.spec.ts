import { browserAudio, copyArguments } from './browser-audio.js';

test.each([
  ['mp3', 'mp3', 'audio/mpeg'],
  ['flac', 'flac', 'audio/flac'],
  ['mp4', 'aac', 'audio/mp4'],
  ['ogg', 'opus', 'audio/ogg'],
  ['wav', 'pcm_s16le', 'audio/wav'],
])('%s with %s goes as it is', (container, codec, contentType) =>
  expect(browserAudio({ container, codec })).toEqual({ kind: 'direct', contentType }),
);

test.each([
  ['mp4', 'alac', 'flac'],
  ['ape', 'ape', 'flac'],
  ['wavpack', 'wavpack', 'flac'],
  ['aiff', 'pcm_s16be', 'flac'],
  ['dsf', 'dsd_lsbf_planar', 'flac'],
  ['asf', 'wmav2', 'aac'],
  ['other', 'ac3', 'aac'],
  ['matroska', 'vorbis', 'aac'],
  ['other', 'unknown', 'aac'],
])('%s with %s is made into %s', (container, codec, to) =>
  expect(browserAudio({ container, codec })).toMatchObject({ kind: 'converted', to }),
);

test('paths are files to ffmpeg, whatever they look like', () => {
  const args = copyArguments('/m/concat:a|b.m4a', '/d/-out', 'flac', 'alac');
  expect(args).toContain('file:/m/concat:a|b.m4a');
  expect(args.at(-1)).toBe('file:/d/-out');
  expect(args).not.toContain('-ar');
  expect(copyArguments('/a', '/b', 'flac', 'dsd_lsbf')).toContain('88200');
});
