/** What the keys, the remote and the gestures can ask for. Seconds, parts of 1, steps of 1. */
export type PlayerCommand = FilmCommand | PageCommand;

/** For the film. */
export type FilmCommand =
  | { readonly name: 'toggle' | 'play' | 'pause' | 'mute' | 'captions' | 'next' | 'skipPart' }
  | { readonly name: 'skip'; readonly seconds: number }
  | { readonly name: 'seekPart'; readonly part: number }
  | { readonly name: 'volume'; readonly step: number }
  | { readonly name: 'rate'; readonly direction: 1 | -1 };

/** For the page around it. */
export type PageCommand =
  | { readonly name: 'fullscreen' | 'pip' | 'stats' | 'help' | 'reveal' | 'back' | 'leave' }
  | { readonly name: 'focus'; readonly direction: Direction };

export type Direction = 'left' | 'right' | 'up' | 'down';

/** Where the focus is: on the picture, on a button, on the seek bar, or somewhere that needs its keys for itself. */
export type FocusZone = 'surface' | 'control' | 'seekBar' | 'own';

export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
}

const skipSeconds = 10;
const volumeStep = 0.05;

/** Letters and media keys mean the same wherever the focus is. */
const anywhere: Readonly<Record<string, PlayerCommand>> = {
  k: { name: 'toggle' },
  j: { name: 'skip', seconds: -skipSeconds },
  l: { name: 'skip', seconds: skipSeconds },
  f: { name: 'fullscreen' },
  m: { name: 'mute' },
  c: { name: 'captions' },
  n: { name: 'next' },
  p: { name: 'pip' },
  s: { name: 'skipPart' },
  i: { name: 'stats' },
  '?': { name: 'help' },
  '<': { name: 'rate', direction: -1 },
  '>': { name: 'rate', direction: 1 },
  Home: { name: 'seekPart', part: 0 },
  End: { name: 'seekPart', part: 1 },
  Escape: { name: 'back' },
  Backspace: { name: 'back' },
  GoBack: { name: 'back' },
  BrowserBack: { name: 'back' },
  MediaPlayPause: { name: 'toggle' },
  MediaPlay: { name: 'play' },
  MediaPause: { name: 'pause' },
  MediaStop: { name: 'pause' },
  MediaRewind: { name: 'skip', seconds: -skipSeconds },
  MediaFastForward: { name: 'skip', seconds: skipSeconds },
  MediaTrackNext: { name: 'next' },
};

const skipBack: PlayerCommand = { name: 'skip', seconds: -skipSeconds };
const skipOn: PlayerCommand = { name: 'skip', seconds: skipSeconds };

/** Keys whose meaning depends on where the focus is; what is missing is left to the element. */
const byZone: Readonly<Record<Exclude<FocusZone, 'own'>, Readonly<Record<string, PlayerCommand>>>> = {
  surface: {
    ' ': { name: 'toggle' },
    // On a remote the middle button comes first, and leads to the others.
    Enter: { name: 'reveal' },
    ArrowLeft: skipBack,
    ArrowRight: skipOn,
    ArrowUp: { name: 'volume', step: volumeStep },
    ArrowDown: { name: 'volume', step: -volumeStep },
  },
  seekBar: {
    ' ': { name: 'toggle' },
    Enter: { name: 'toggle' },
    ArrowLeft: skipBack,
    ArrowRight: skipOn,
    PageUp: { name: 'skip', seconds: 60 },
    PageDown: { name: 'skip', seconds: -60 },
    ArrowUp: { name: 'focus', direction: 'up' },
    ArrowDown: { name: 'focus', direction: 'down' },
  },
  control: {
    ArrowLeft: { name: 'focus', direction: 'left' },
    ArrowRight: { name: 'focus', direction: 'right' },
    ArrowUp: { name: 'focus', direction: 'up' },
    ArrowDown: { name: 'focus', direction: 'down' },
  },
};

/** What a key press means; undefined leaves it to the browser. */
export function commandFor(press: KeyPress, zone: FocusZone): PlayerCommand | undefined {
  if (press.ctrlKey || press.altKey || press.metaKey || zone === 'own') return undefined;
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key;
  if (/^\d$/.test(key)) return { name: 'seekPart', part: Number(key) / 10 };
  return byZone[zone][key] ?? anywhere[key];
}
