import { draftOf, limitsOf } from './limits-draft';

const empty = { streams: '', bitrate: ' ', bandwidth: '' };
const none = { maxStreams: null, maxBitrate: null, bandwidth: null };

test.each([
  ['nothing typed is no limit', {}, none],
  [
    'a comma and a dot are the same',
    { bitrate: '2,5', bandwidth: '2.5' },
    { maxBitrate: 2_500_000, bandwidth: 2_500_000 },
  ],
  ['zero streams: nothing may play', { streams: '0' }, { maxStreams: 0 }],
  ['spaces around do no harm', { streams: ' 3 ' }, { maxStreams: 3 }],
  [
    'fractions land on whole bits',
    { bitrate: '0.1', bandwidth: '1.1' },
    { maxBitrate: 100_000, bandwidth: 1_100_000 },
  ],
])('%s', (_, typed, expected) => {
  expect(limitsOf({ ...empty, ...typed })).toEqual({ limits: { ...none, ...expected } });
});

test.each([
  [{ streams: 'two' }, ['streams']],
  [{ streams: '1.5' }, ['streams']],
  [{ streams: '-1' }, ['streams']],
  [{ bitrate: '0' }, ['bitrate']],
  [{ bitrate: '0.05' }, ['bitrate']],
  [{ bitrate: '5000' }, ['bitrate']],
  [{ bandwidth: '8 Mbit/s' }, ['bandwidth']],
  [{ bandwidth: '1.000,5' }, ['bandwidth']],
  [{ streams: 'x', bitrate: 'x', bandwidth: 'x' }, ['streams', 'bitrate', 'bandwidth']],
])('%p is never taken for “no limit”', (typed, wrong) => {
  expect(limitsOf({ ...empty, ...typed })).toEqual({ wrong });
});

test.each(['en', 'de'])('what is shown in %s reads back as it was', (locale) => {
  const limits = { maxStreams: 2, maxBitrate: 8_250_000, bandwidth: 1_000_000_000 };
  expect(limitsOf(draftOf(limits, locale))).toEqual({ limits });
  expect(draftOf(none, locale)).toEqual({ streams: '', bitrate: '', bandwidth: '' });
});
