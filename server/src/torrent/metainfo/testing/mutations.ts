import type { Encodable } from '../bencode.js';
import { fileEntry, torrentBytes } from './torrent-bytes.js';

/** mulberry32: the same numbers from the same seed. 0 ≤ n < 1 */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const NASTY_NAMES = [
  '..', '.', '', '/', '\\', '../..', '..\\..', '/etc/passwd', 'C:\\x', '\0', 'a\0.mkv', '\u202evkm.exe', 'x\u200b', '\ud800', '~', '$HOME',
  'CON', 'a'.repeat(300), '\u0301'.repeat(90), '%2e%2e', '....//', 'film.mkv', 'film.mkv.exe', 'S01E01.mkv', '.pad', '\ufeff..', ' .. ',
]; // prettier-ignore
const NASTY_NUMBERS = [
  0,
  -1,
  1,
  2 ** 31,
  2 ** 32,
  2 ** 40,
  2 ** 53 - 1,
  -(2 ** 53),
  16_384,
  262_144,
  2 ** 24,
  2 ** 25,
];
const NASTY_TEXTS = [
  'i99999999999999999999e', 'i-0e', '9999999999:', 'd', 'l', 'e', 'd4:infod', 'll'.repeat(60), '0:', 'i1e', '9:__proto__de', '6:pieces0:',
  '4:path', 'd1:ad1:ad1:a', '-5:', '12:piece length', '\xff\xfe', '7:privatei1e', '11:constructori1e',
]; // prettier-ignore

/** One torrent or another that is wrong somewhere, mostly. Deterministic by `random`. */
export function mutatedTorrent(random: () => number): Uint8Array {
  const below = (count: number): number => Math.floor(random() * count);
  const one = <T>(list: readonly T[]): T | undefined => list[below(list.length)];
  const value = (): Encodable =>
    [one(NASTY_NUMBERS), one(NASTY_NAMES), new Uint8Array(below(60)), [1]][below(4)] ?? 0;
  const path = (): string[] =>
    Array.from({ length: below(4) + (random() < 0.9 ? 1 : 0) }, () => one(NASTY_NAMES) ?? 'x');
  const size = (): number => (random() < 0.8 ? below(5_000_000) : (one(NASTY_NUMBERS) ?? 0));
  const files = Array.from({ length: below(8) }, () =>
    fileEntry(random() < 0.5 ? ['f', `${below(9)}.mkv`] : path(), size()),
  );
  const shape = {
    ...(random() < 0.5 && { files }),
    ...(random() < 0.2 && { name: value() }),
    ...(random() < 0.2 && { pieceLength: value() }),
    ...(random() < 0.1 && { pieces: value() }),
    ...(random() < 0.2 && { info: { private: value(), [one(NASTY_NAMES) ?? 'x']: value() } }),
    ...(random() < 0.3 && { root: { announce: value(), 'announce-list': [value(), [value()]], 'url-list': value(), comment: value(), 'creation date': value() } }),
  }; // prettier-ignore
  const bytes = torrentBytes({ length: size(), ...shape });
  return random() < 0.4 ? bytes : damaged(bytes, random);
}

/** Bytes changed, cut out, doubled, or text put in; by up to five strokes. */
export function damaged(bytes: Uint8Array, random: () => number): Uint8Array {
  const below = (count: number): number => Math.floor(random() * count);
  let result = Buffer.from(bytes);
  for (let stroke = below(5); stroke >= 0; stroke--) {
    const at = below(result.length + 1);
    const kind = below(4);
    const nasty = Buffer.from(NASTY_TEXTS[below(NASTY_TEXTS.length)] ?? '', 'latin1');
    if (kind === 0 && at < result.length) result[at] = below(256);
    else if (kind === 1) result = Buffer.concat([result.subarray(0, at), result.subarray(at + below(30))]);
    else if (kind === 2) result = Buffer.concat([result.subarray(0, at), nasty, result.subarray(at)]);
    else result = Buffer.concat([result.subarray(0, at), result.subarray(below(at + 1))]);
  }
  return result;
}

const LINK_PARTS = [
  '&dn=', '&tr=', '&xs=', '&ws=', '&as=', '&x.pe=', '&so=', '&xt=', '&kt=', '&', '=', '%', '%00', '%zz', '%E2%80%AE', 'urn:btih:', 'urn:btmh:1220',
  'http://127.0.0.1/', 'http%3A%2F%2F10.0.0.1%2F', 'udp://0x7f.1:80', '10.0.0.1:6881', '[::1]:6881', 'file:///etc/passwd', '0-99999999', '&amp;',
  'a'.repeat(40), '\u202e', '\ud800', '?', 'magnet:?',
]; // prettier-ignore

/** A magnet link with this and that in it. */
export function mutatedLink(random: () => number): string {
  const below = (count: number): number => Math.floor(random() * count);
  const hash = Array.from({ length: 40 }, () => below(16).toString(16)).join('');
  let link = random() < 0.9 ? `magnet:?xt=urn:btih:${hash}` : hash;
  for (let part = below(12); part > 0; part--) {
    const at = random() < 0.9 ? link.length : below(link.length);
    link = link.slice(0, at) + (LINK_PARTS[below(LINK_PARTS.length)] ?? '') + link.slice(at);
  }
  return link;
}
