import { parseMicroDvd, SubtitleUnreadable, toWebVtt } from './subtitle-formats.js';
import { cueText, formatWebVtt } from './webvtt.js';
import { decodeText } from './text-encoding.js';

const vtt = (...cues: string[]): string => ['WEBVTT\n', ...cues.map((cue) => `${cue}\n`)].join('\n');

describe('subtitles to WebVTT', () => {
  test.each([
    [
      'plain SRT',
      '1\n00:00:01,000 --> 00:00:02,500\nHello\n\n2\n00:00:03,000 --> 00:00:04,000\nTwo\nlines\n',
      vtt('00:00:01.000 --> 00:00:02.500\nHello', '00:00:03.000 --> 00:00:04.000\nTwo\nlines'),
    ],
    [
      'SRT with BOM, CRLF, dots and no hour',
      '\uFEFF1\r\n00:01.5 --> 00:02.25\r\nA & B < C\r\n',
      vtt('00:00:01.500 --> 00:00:02.250\nA &amp; B &lt; C'),
    ],
    [
      'SRT without blank lines between cues',
      '1\n00:00:01,000 --> 00:00:02,000\nOne\n2\n00:00:02,000 --> 00:00:03,000\nTwo',
      vtt('00:00:01.000 --> 00:00:02.000\nOne', '00:00:02.000 --> 00:00:03.000\nTwo'),
    ],
    [
      'a cue whose text is a number',
      '1\n00:00:01,000 --> 00:00:02,000\n42\n\n2\n00:00:02,000 --> 00:00:03,000\nTwo',
      vtt('00:00:01.000 --> 00:00:02.000\n42', '00:00:02.000 --> 00:00:03.000\nTwo'),
    ],
    [
      'markup',
      '1\n00:00:01,000 --> 00:00:02,000\n{\\an8}<font color="#fff"><b>X</font> <i>y',
      vtt('00:00:01.000 --> 00:00:02.000\n<b>X <i>y</i></b>'),
    ],
    [
      'a cue with a blank line in it',
      '1\n00:00:01,000 --> 00:00:02,000\nOne\n\nmore\n',
      vtt('00:00:01.000 --> 00:00:02.000\nOne\nmore'),
    ],
    [
      'WebVTT with notes, style and settings',
      'WEBVTT - t\n\nSTYLE\n::cue {}\n\nNOTE no\n\nid\n00:01.000 --> 00:02.000 line:0\n<v A>Hi</v>\n\nNOTE x\n',
      vtt('00:00:01.000 --> 00:00:02.000 line:0\n<v A>Hi</v>'),
    ],
    [
      'ASS',
      '[Script Info]\n[Events]\nFormat: Layer, Start, End, Style, Text\nDialogue: 0,0:00:01.20,0:00:02.00,D,{\\b1}A{\\b0}, b\\Nc{\\p1}m 0 0 l 1 1{\\p0}\nComment: 0,0:00:01.20,0:00:02.00,D,no\n',
      vtt('00:00:01.200 --> 00:00:02.000\n<b>A</b>, b\nc'),
    ],
    [
      'MicroDVD with its rate',
      '{1}{1}25\n{25}{50}{y:i}One|two\n',
      vtt('00:00:01.000 --> 00:00:02.000\n<i>One</i>\ntwo'),
    ],
  ])('%s', (_name, input, expected) => {
    expect(toWebVtt(input)).toBe(expected);
  });

  test.each([
    ['nothing', ''],
    ['prose', 'Dear all,\nthe film starts at 20:00:00.\n'],
    ['a time line cut off', '1\n00:00:01,000 --> 00:0'],
    ['an ASS head without events', '[Script Info]\nScriptType: v4.00+\n'],
    ['binary', '\0\u0001\u0002'.repeat(100)],
  ])('%s is refused', (_name, input) => {
    expect(() => toWebVtt(input)).toThrow(SubtitleUnreadable);
  });

  test('keeps what is sound of a damaged file', () => {
    const input =
      '1\n00:00:01,000 --> 00:00:02,000\nOne\n\n2\n00:00:0x,000 --> 00:00:03,000\nLost\n\n3\n00:00:05,000 --> 00:00:04,000\nBackwards\n';
    expect(toWebVtt(input)).toMatch(/^WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nOne\n/);
    expect(toWebVtt(input)).not.toContain('Backwards');
  });

  test('MicroDVD counts in the frames of the film', () => {
    expect(parseMicroDvd('{240}{480}x', 24)).toEqual([{ startSeconds: 10, endSeconds: 20, text: 'x' }]);
  });

  test('cues come in order of time', () => {
    const cue = (startSeconds: number) => ({
      startSeconds,
      endSeconds: startSeconds + 1,
      text: `${startSeconds}`,
    });
    expect(formatWebVtt([cue(3600), cue(1)])).toBe(
      vtt('00:00:01.000 --> 00:00:02.000\n1', '01:00:00.000 --> 01:00:01.000\n3600'),
    );
  });

  test('cue text is escaped and balanced, entities are left', () => {
    expect(cueText('<i>a <script>b</i> & &amp; -->')).toBe('<i>a b</i> &amp; &amp; --&gt;');
  });

  test('a long line of opening marks costs no time', () => {
    const before = performance.now();
    cueText('<'.repeat(200_000));
    toWebVtt(`1\n00:00:01,000 --> 00:00:02,000\n${'{\\'.repeat(100_000)}x`);
    expect(performance.now() - before).toBeLessThan(2_000);
  });
});

describe('text encoding', () => {
  const bytes = (...codes: number[]): Uint8Array => Uint8Array.from(codes);
  /** Encodes by looking every byte up in the decoder: there is no encoder for code pages in Node. */
  const encode = (text: string, encoding: string): Uint8Array => {
    const decoder = new TextDecoder(encoding);
    const table = new Map(Array.from({ length: 256 }, (_, byte) => [decoder.decode(bytes(byte)), byte]));
    return Uint8Array.from(text, (letter) => table.get(letter) ?? 63);
  };

  test.each([
    ['windows-1252', 'Où est-elle ? Ça va déjà très bien. Ñandú, größer'],
    ['windows-1250', 'Příliš žluťoučký kůň úpěl ďábelské ódy. Cześć, gdzie są łódki'],
    ['windows-1254', 'Işık çok güzel değil mi, şimdi gidiyoruz. Sığır'],
    ['windows-1251', 'Привет, как дела? Сегодня хорошая погода, пойдём гулять'],
    ['windows-1253', 'Γεια σου, τι κάνεις σήμερα; Πού είναι το σπίτι'],
    ['windows-1255', 'שלום, מה שלומך היום? אנחנו הולכים הביתה'],
    ['windows-1256', 'مرحبا كيف حالك اليوم نحن ذاهبون إلى البيت'],
  ])('%s is recognized', (encoding, text) => {
    expect(decodeText(encode(text, encoding))).toBe(text);
  });

  test('Unicode with and without a mark', () => {
    const text = 'Ærlig talt: 日本語';
    const utf16 = Buffer.from(text, 'utf16le');
    expect(decodeText(Buffer.from(text))).toBe(text);
    expect(decodeText(Buffer.from(`\uFEFF${text}`))).toBe(text);
    expect(decodeText(Buffer.concat([bytes(0xff, 0xfe), utf16]))).toBe(text);
    expect(decodeText(Buffer.concat([bytes(0xfe, 0xff), Buffer.from(utf16).swap16()]))).toBe(text);
    expect(decodeText(Buffer.from('1\n00:00:01,000 --> x', 'utf16le'))).toBe('1\n00:00:01,000 --> x');
  });

  test('the language of the file name decides where letters could not', () => {
    expect(decodeText(bytes(0x83, 0x65, 0x83, 0x58, 0x83, 0x67), 'ja')).toBe('テスト');
  });

  test('cut or empty input does not throw', () => {
    expect(decodeText(bytes())).toBe('');
    expect(decodeText(bytes(0xc3))).toHaveLength(1);
    expect(decodeText(bytes(0xff, 0xfe, 0x41))).toBeTruthy();
  });
});

describe('hostile text costs no more than its length', () => {
  const times = '00:00:01,000 --> 00:00:02,000';
  test.each([
    ['tags never closed, others closed', `1\n${times}\n${'<b>'.repeat(200_000)}${'</i>'.repeat(200_000)}x`],
    ['override blocks', `Dialogue: 0,0:00:01.00,0:00:02.00,a,b,0,0,0,,${'{\\i1}{\\b0}'.repeat(200_000)}x`],
  ])('%s', (_, text) => {
    const started = performance.now();
    expect(toWebVtt(text)).toMatch(/^(<[bi]>){8}x(<\/[bi]>){8}$/m);
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  test.each([
    ['lines', '\n'],
    ['returns', '\r'],
    ['digits', '1'],
    ['blanks', ' '],
  ])('%s alone', (_, unit) => {
    const started = performance.now();
    for (let round = 0; round < 50; round++)
      expect(() => toWebVtt(unit.repeat(20_000))).toThrow(SubtitleUnreadable);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
