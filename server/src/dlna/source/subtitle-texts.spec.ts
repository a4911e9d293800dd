import { smiOf, srtOf } from './subtitle-texts.js';

const vtt = `WEBVTT

00:00:01.000 --> 00:00:02.500
<i>Good</i> <v Ann>morning</v>.

01:00:00.000 --> 01:00:02.000
Fish &amp; chips
&lt;loud&gt;

01:00:02.000 --> 01:00:03.000
Ça va?
`;

test('SubRip, byte for byte', () => {
  expect(srtOf(vtt)).toBe(
    '1\r\n00:00:01,000 --> 00:00:02,500\r\n<i>Good</i> morning.\r\n\r\n' +
      '2\r\n01:00:00,000 --> 01:00:02,000\r\nFish & chips\r\n<loud>\r\n\r\n' +
      '3\r\n01:00:02,000 --> 01:00:03,000\r\nÇa va?\r\n',
  );
});

test('SAMI: silence between two texts is a text, and markup stays escaped', () => {
  const lines = smiOf(vtt).split('\r\n').slice(1, -2);
  expect(lines).toEqual([
    '<SYNC Start=1000><P Class=CC><i>Good</i> morning.',
    '<SYNC Start=2500><P Class=CC>&nbsp;',
    '<SYNC Start=3600000><P Class=CC>Fish &amp; chips<BR>&lt;loud&gt;',
    '<SYNC Start=3602000><P Class=CC>Ça va?',
    '<SYNC Start=3603000><P Class=CC>&nbsp;',
  ]);
});
