import { sharedPart, sharedParts, stepSeconds } from './shared-part.js';

/** Numbers that look random and are the same every time (xorshift). */
function noise(seed: number, seconds: number): Uint32Array {
  let state = seed;
  return Uint32Array.from({ length: Math.round(seconds / stepSeconds) }, () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  });
}

/** The same sound after another encoder: a bit or two of each number flipped, some numbers lost. */
const worn = (sound: Uint32Array): Uint32Array =>
  sound.map((value, at) => (at % 23 === 0 ? value ^ 0xfff : at % 2 ? value : value ^ (1 << (at % 32))));

const join = (...parts: Uint32Array[]): Uint32Array => Uint32Array.from(parts.flatMap((part) => [...part]));
const theme = noise(7, 60);

test('a theme that comes at different times is found in both', () => {
  const shared = sharedPart(
    join(noise(1, 30), theme, noise(2, 200)),
    join(noise(3, 95), worn(theme), noise(4, 100)),
  );
  expect(shared?.a.start).toBeCloseTo(30, 0);
  expect(shared?.a.end).toBeCloseTo(90, 0);
  expect(shared?.b.start).toBeCloseTo(95, 0);
  expect(shared?.b.end).toBeCloseTo(155, 0);
});

test('nothing in common is nothing, and so are a jingle and shared silence', () => {
  expect(sharedPart(noise(1, 300), noise(2, 300))).toBeNull();
  const jingle = noise(9, 8);
  expect(
    sharedPart(join(noise(1, 50), jingle, noise(2, 50)), join(noise(3, 20), jingle, noise(4, 90))),
  ).toBeNull();
  const silence = new Uint32Array(Math.round(60 / stepSeconds)).fill(627964279);
  expect(sharedPart(join(noise(1, 50), silence), join(noise(2, 20), silence))).toBeNull();
  expect(sharedPart(new Uint32Array(), theme)).toBeNull();
});

test('a season: each episode by its neighbours, one without the theme among them', () => {
  const episode = (seed: number, at: number) => join(noise(seed, at), worn(theme), noise(seed + 50, 120));
  const parts = sharedParts([
    episode(11, 10),
    episode(12, 40),
    noise(13, 200),
    episode(14, 5),
    episode(15, 90),
  ]);
  expect(parts.map((part) => part && Math.round(part.start))).toEqual([10, 40, null, 5, 90]);
  expect(parts.map((part) => part && Math.round(part.end - part.start))).toEqual([60, 60, null, 60, 60]);
});
