import type { SniffedKind } from './signatures.js';

const IMAGE_BRANDS: ReadonlySet<string> = new Set([
  'avif',
  'avis',
  'heic',
  'heix',
  'hevc',
  'mif1',
  'msf1',
  'crx ',
]);
const AUDIO_BRANDS: ReadonlySet<string> = new Set(['M4A ', 'M4B ', 'M4P ', 'aax ', 'aaxc']);
/** QuickTime files from before `ftyp` begin with one of these. */
const OLD_BOXES: ReadonlySet<string> = new Set([
  'moov',
  'mdat',
  'wide',
  'skip',
  'free',
  'pnot',
  'styp',
  'moof',
  'sidx',
]);

/** Files of boxes (ISO 14496-12, QuickTime). */
export function isoMediaType(head: Uint8Array): { type: string; kind: SniffedKind } | null {
  if (head.length < 12) return null;
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.length);
  const box = bytes.toString('latin1', 4, 8);
  const size = bytes.readUInt32BE(0);
  // 0 reaches to the end of the file, 1 has its size after the name.
  if (size !== 0 && size !== 1 && size < 8) return null;
  if (OLD_BOXES.has(box)) return { type: 'mov', kind: 'video' };
  if (box !== 'ftyp') return null;
  const brand = bytes.toString('latin1', 8, 12);
  if (IMAGE_BRANDS.has(brand)) return { type: brand.startsWith('av') ? 'avif' : 'heif', kind: 'image' };
  if (AUDIO_BRANDS.has(brand)) return { type: 'mp4', kind: 'audio' };
  return { type: brand === 'qt  ' ? 'mov' : 'mp4', kind: 'video' };
}
