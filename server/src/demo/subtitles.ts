/** Lines that are spoken in the demo, in the languages that its subtitles have. */
const LINES: Record<string, readonly string[]> = {
  en: [
    '(soft music)',
    'Do you see it?',
    'Not yet. Look a little further.',
    '<i>There.</i>',
    'It has been there all along.',
    'Then let us go home.',
  ],
  de: [
    '(leise Musik)',
    'Siehst du es?',
    'Noch nicht. Schau ein wenig weiter.',
    '<i>Dort.</i>',
    'Es war die ganze Zeit da.',
    'Dann gehen wir nach Hause.',
  ],
  fr: [
    '(musique douce)',
    'Tu le vois ?',
    'Pas encore. Regarde un peu plus loin.',
    '<i>Là.</i>',
    'Il a toujours été là.',
    'Alors rentrons chez nous.',
  ],
  ja: [
    '（静かな音楽）',
    '見える？',
    'まだ。もう少し先を見て。',
    '<i>あそこ。</i>',
    'ずっとそこにあったんだ。',
    'じゃあ、帰ろう。',
  ],
};

/** ISO 639-2, as Matroska tags tracks, to 639-1, as people name files. */
export const SHORT_CODE: Record<string, string> = { eng: 'en', deu: 'de', fra: 'fr', jpn: 'ja' };

export const LANGUAGE_NAME: Record<string, string> = {
  eng: 'English',
  deu: 'Deutsch',
  fra: 'Français',
  jpn: '日本語',
};

interface Cue {
  from: number;
  to: number;
  text: string;
}

/** The lines spread over a clip. @param language ISO 639-1 @param seconds the clip's length */
function cues(language: string, seconds: number): Cue[] {
  const lines = LINES[language] ?? LINES['en'] ?? [];
  const gap = seconds / (lines.length + 0.5);
  return lines.map((text, index) => ({
    from: 0.5 + index * gap,
    to: 0.5 + index * gap + Math.min(4, gap * 0.8),
    text,
  }));
}

const clock = (seconds: number, separator: string, digits: number): string => {
  const whole = Math.floor(seconds);
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const fraction = Math.floor((seconds - whole) * 10 ** digits);
  return `${parts.map((part) => String(part).padStart(2, '0')).join(':')}${separator}${String(fraction).padStart(digits, '0')}`;
};

/** SubRip. */
export const srt = (language: string, seconds: number): string =>
  cues(language, seconds)
    .map(
      ({ from, to, text }, index) =>
        `${index + 1}\n${clock(from, ',', 3)} --> ${clock(to, ',', 3)}\n${text}\n`,
    )
    .join('\n');

/** Advanced SubStation Alpha, with one style of its own. */
export function ass(language: string, seconds: number): string {
  const events = cues(language, seconds).map(({ from, to, text }) => {
    const styled = text.replace('<i>', '{\\i1}').replace('</i>', '{\\i0}');
    return `Dialogue: 0,${clock(from, '.', 2).slice(1)},${clock(to, '.', 2).slice(1)},Story,,0,0,0,,${styled}`;
  });
  return `[Script Info]
ScriptType: v4.00+
PlayResX: 1280
PlayResY: 720

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding
Style: Story,Liberation Sans,46,&H00FFFFFF,&H000000FF,&H00442211,&H80000000,0,0,0,0,100,100,0,0,1,2.4,1,2,40,40,46,1

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
${events.join('\n')}
`;
}
