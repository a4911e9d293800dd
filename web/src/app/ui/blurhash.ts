const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~';

function decode83(text: string): number {
  let value = 0;
  for (const letter of text) {
    const digit = alphabet.indexOf(letter);
    if (digit < 0) return Number.NaN;
    value = value * 83 + digit;
  }
  return value;
}

const linear = (value: number) =>
  value > 10.31475 ? ((value / 255 + 0.055) / 1.055) ** 2.4 : value / 3294.6;
const gamma = (value: number) => {
  const level = Math.max(0, Math.min(1, value));
  return Math.round(level <= 0.0031308 ? level * 3294.6 : (1.055 * level ** (1 / 2.4) - 0.055) * 255);
};
const signedSquare = (value: number) => Math.sign(value) * value * value;

/** The colour components of a hash, in linear light: `columns × rows` triples. Null for anything that is no hash. */
function components(hash: string): { columns: number; rows: number; colors: number[][] } | null {
  const size = decode83(hash.slice(0, 1));
  const [columns, rows] = [(size % 9) + 1, Math.floor(size / 9) + 1];
  if (Number.isNaN(size) || hash.length !== 4 + 2 * columns * rows) return null;
  const peak = (decode83(hash.slice(1, 2)) + 1) / 166;
  const average = decode83(hash.slice(2, 6));
  const colors = [[linear(average >> 16), linear((average >> 8) & 255), linear(average & 255)]];
  for (let at = 6; at < hash.length; at += 2) {
    const value = decode83(hash.slice(at, at + 2));
    const parts = [Math.floor(value / 361), Math.floor(value / 19) % 19, value % 19];
    colors.push(parts.map((part) => signedSquare((part - 9) / 9) * peak));
  }
  return colors.flat().some(Number.isNaN) ? null : { columns, rows, colors };
}

/** Decodes a BlurHash (https://github.com/woltapp/blurhash, Algorithm.md) to RGBA bytes; null if it is malformed. */
export function decodeBlurhash(
  hash: string,
  width: number,
  height: number,
): Uint8ClampedArray<ArrayBuffer> | null {
  const parts = components(hash);
  if (!parts) return null;
  const pixels = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const color = [0, 0, 0];
      parts.colors.forEach((component, index) => {
        const horizontal = Math.cos((Math.PI * x * (index % parts.columns)) / width);
        const basis = horizontal * Math.cos((Math.PI * y * Math.floor(index / parts.columns)) / height);
        for (let channel = 0; channel < 3; channel++) {
          color[channel] = (color[channel] ?? 0) + (component[channel] ?? 0) * basis;
        }
      });
      pixels.set([...color.map(gamma), 255], (y * width + x) * 4);
    }
  }
  return pixels;
}
