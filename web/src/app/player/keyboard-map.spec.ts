import { commandFor, type FocusZone, type PlayerCommand } from './keyboard-map';

const press = (key: string, held: { ctrlKey?: boolean; altKey?: boolean; metaKey?: boolean } = {}) => ({
  key,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  ...held,
});

const rows: [string, FocusZone, PlayerCommand | undefined][] = [
  [' ', 'surface', { name: 'toggle' }],
  ['k', 'control', { name: 'toggle' }],
  ['K', 'surface', { name: 'toggle' }],
  // A focused button is pressed by the browser itself: mapping it too would press it twice.
  [' ', 'control', undefined],
  ['Enter', 'control', undefined],
  ['Enter', 'surface', { name: 'reveal' }],
  ['ArrowLeft', 'surface', { name: 'skip', seconds: -10 }],
  ['ArrowRight', 'seekBar', { name: 'skip', seconds: 10 }],
  ['ArrowRight', 'control', { name: 'focus', direction: 'right' }],
  ['ArrowUp', 'surface', { name: 'volume', step: 0.05 }],
  ['ArrowUp', 'seekBar', { name: 'focus', direction: 'up' }],
  ['j', 'surface', { name: 'skip', seconds: -10 }],
  ['l', 'surface', { name: 'skip', seconds: 10 }],
  ['0', 'surface', { name: 'seekPart', part: 0 }],
  ['7', 'control', { name: 'seekPart', part: 0.7 }],
  ['Home', 'surface', { name: 'seekPart', part: 0 }],
  ['End', 'surface', { name: 'seekPart', part: 1 }],
  ['f', 'surface', { name: 'fullscreen' }],
  ['m', 'surface', { name: 'mute' }],
  ['c', 'surface', { name: 'captions' }],
  ['n', 'surface', { name: 'next' }],
  ['s', 'surface', { name: 'skipPart' }],
  ['?', 'surface', { name: 'help' }],
  ['i', 'surface', { name: 'stats' }],
  ['>', 'surface', { name: 'rate', direction: 1 }],
  ['MediaPlayPause', 'surface', { name: 'toggle' }],
  ['GoBack', 'surface', { name: 'back' }],
  ['Tab', 'surface', undefined],
  ['x', 'surface', undefined],
  // Menus, dialogs and the volume slider keep their keys.
  ['k', 'own', undefined],
  ['ArrowUp', 'own', undefined],
];

test.each(rows)('“%s” on the %s', (key, zone, command) =>
  expect(commandFor(press(key), zone)).toEqual(command),
);

test.each(['ctrlKey', 'altKey', 'metaKey'] as const)('with %s held the browser decides', (held) => {
  expect(commandFor(press('f', { [held]: true }), 'surface')).toBeUndefined();
});
