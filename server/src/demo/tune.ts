import { seeded } from './random.js';

// Local names: millions of look-ups of a global are slow where tests run, in a context of their own.
const { exp, floor, min, PI, round, sin, tanh } = Math;

/** Quiet music by arithmetic: a plucked arpeggio over a pad, in four chords that repeat. */

const TUNE_SECONDS = 16;
const RATE = 32_000;
const STEP = 0.25;

/** Chords as half-tones above the root, from progressions that sound settled. */
const PROGRESSIONS = [
  [
    [0, 7, 12, 16],
    [9, 16, 21, 24],
    [5, 12, 17, 21],
    [7, 14, 19, 23],
  ],
  [
    [0, 7, 12, 15],
    [8, 15, 20, 24],
    [3, 10, 15, 19],
    [10, 17, 22, 26],
  ],
  [
    [0, 7, 14, 16],
    [5, 12, 16, 21],
    [9, 12, 16, 24],
    [7, 11, 14, 19],
  ],
] as const;

const hertz = (root: number, halfTones: number): number => root * 2 ** (halfTones / 12);

/** Adds one note, wrapping at the end so that the tune loops without a seam. */
function pluck(
  samples: Float64Array,
  start: number,
  frequency: number,
  loudness: number,
  decay: number,
): void {
  const length = floor(RATE * decay * 3);
  for (let index = 0; index < length; index++) {
    const t = index / RATE;
    const envelope = exp(-t / decay) * min(1, t * 90);
    const phase = 2 * PI * frequency * t;
    const wave = sin(phase) + 0.32 * sin(2 * phase) * exp(-t * 3) + 0.1 * sin(3.01 * phase) * exp(-t * 6);
    const at = (start + index) % samples.length;
    samples[at] = (samples[at] ?? 0) + wave * envelope * loudness;
  }
}

function compose(seed: number, octave: number): [Float64Array, Float64Array] {
  const random = seeded(seed);
  const left = new Float64Array(RATE * TUNE_SECONDS);
  const right = new Float64Array(RATE * TUNE_SECONDS);
  const chords = PROGRESSIONS[floor(random(0, PROGRESSIONS.length))] ?? PROGRESSIONS[0];
  const root = hertz(110, floor(random(0, 7))) * octave;
  const steps = TUNE_SECONDS / STEP;
  for (let step = 0; step < steps; step++) {
    const chord = chords[floor((step * chords.length) / steps)] ?? chords[0];
    const start = floor(step * STEP * RATE);
    if (step % (steps / chords.length) === 0)
      for (const [voice, note] of chord.entries())
        for (const side of [left, right])
          pluck(
            side,
            start,
            hertz(root, note) * (side === left ? 0.999 : 1.001),
            0.11 / (1 + voice * 0.2),
            1.6,
          );
    if (random() > 0.82) continue;
    const note = chord[floor(random(0, chord.length))] ?? 0;
    const pan = random(0.25, 0.75);
    const pitch = hertz(root, note + 12);
    pluck(left, start, pitch, 0.2 * (1 - pan), 0.5);
    pluck(right, start, pitch, 0.2 * pan, 0.5);
  }
  return [left, right];
}

/**
 * A WAV file (RIFF, 16 bit, stereo) that loops without a seam.
 * @param seed which tune @param octave 1, or 0.5 for a lower voicing of the same tune: another language's track
 */
export function composeWav(seed: number, octave = 1): Buffer {
  const [left, right] = compose(seed, octave);
  const bytes = Buffer.alloc(44 + left.length * 4);
  bytes.write('RIFF', 0, 'latin1');
  bytes.writeUInt32LE(bytes.length - 8, 4);
  bytes.write('WAVEfmt ', 8, 'latin1');
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20); // PCM
  bytes.writeUInt16LE(2, 22);
  bytes.writeUInt32LE(RATE, 24);
  bytes.writeUInt32LE(RATE * 4, 28);
  bytes.writeUInt16LE(4, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36, 'latin1');
  bytes.writeUInt32LE(bytes.length - 44, 40);
  const sample = (value: number): number => round(tanh(value) * 26_000);
  for (let index = 0; index < left.length; index++) {
    bytes.writeInt16LE(sample(left[index] ?? 0), 44 + index * 4);
    bytes.writeInt16LE(sample(right[index] ?? 0), 46 + index * 4);
  }
  return bytes;
}
