import type { TorrentFileKind, TorrentWarning } from '@hearth/contract/torrent';
import { fileKind } from '../metainfo/file-kinds.js';
import { asfTrap } from './asf-trap.js';
import { isoMediaType } from './iso-media.js';
import { type Signature, type SniffedKind, signatures } from './signatures.js';

/** What the file is said to be. */
export interface ClaimedFile {
  /** Name with ending; folders do not matter. */
  readonly name: string;
  readonly size: number;
}

export interface SniffedFile {
  /** Short name of what the bytes are (`mp4`, `matroska`, `pe`, `zip`…); null where nothing is known. */
  readonly type: string | null;
  readonly kind: SniffedKind | null;
  /** Why it is not opened; absent where it may be. */
  readonly refusal?: 'executable' | 'archive' | 'content-mismatch' | 'fake-codec';
  readonly warnings: readonly TorrentWarning[];
}

/** How many first bytes `sniff` wants: images of discs say what they are at 32 KiB, nothing later. */
export const SNIFF_BYTES = 40 * 1024;

/**
 * What a file really is, from its first bytes (fewer than `SNIFF_BYTES` do, as far as they reach), and whether that may
 * be opened as what it is called. What is not known is let through: the reader of media says what it is.
 */
export function sniff(head: Uint8Array, claimed: ClaimedFile): SniffedFile {
  const found = recognise(head);
  const kind = fileKind(claimed.name);
  const media = kind === 'video' || kind === 'audio';
  if (found.kind === 'executable')
    return { ...found, refusal: 'executable', warnings: mismatch(kind, 'executable') };
  if (found.kind === 'archive') return { ...found, refusal: 'archive', warnings: mismatch(kind, 'archive') };
  if (found.type === 'asf' && asfTrap(head)) {
    return { ...found, refusal: 'fake-codec', warnings: ['fake-codec'] };
  }
  const wrong = media
    ? found.kind === 'page' || found.kind === 'image'
    : kind !== 'other' && found.kind === 'page';
  if (wrong) return { ...found, refusal: 'content-mismatch', warnings: ['content-mismatch'] };
  return { ...found, warnings: [] };
}

const mismatch = (kind: TorrentFileKind, found: 'executable' | 'archive'): TorrentWarning[] =>
  kind === 'other' ? [found] : [found, 'content-mismatch'];

interface Recognised {
  readonly type: string | null;
  readonly kind: SniffedKind | null;
}

/** What bytes begin like. */
export function recognise(head: Uint8Array): Recognised {
  const iso = isoMediaType(head);
  if (iso) return iso;
  const ogg = oggType(head);
  if (ogg) return ogg;
  const found = signatures.find((signature) => beginsLike(head, signature));
  // Transport streams have a mark of one byte, again and again: everything surer was asked before.
  if (!found || found.type === 'pe') {
    if (isTransportStream(head)) return { type: 'mpeg-ts', kind: 'video' };
  }
  if (found) return { type: found.type, kind: found.kind };
  return { type: markupType(head), kind: markupType(head) === null ? null : 'page' };
}

const ANY = '?'.charCodeAt(0);

function beginsLike(head: Uint8Array, { at, bytes }: Signature): boolean {
  if (head.length < at + bytes.length) return false;
  for (let index = 0; index < bytes.length; index++) {
    const wanted = bytes.charCodeAt(index);
    if (wanted !== ANY && head[at + index] !== wanted) return false;
  }
  return true;
}

const latin1 = (head: Uint8Array, start: number, end: number): string =>
  Buffer.from(head.buffer, head.byteOffset, head.length).toString('latin1', start, end);

/** RFC 3533: the first pages name the codecs. */
function oggType(head: Uint8Array): Recognised | null {
  if (latin1(head, 0, 4) !== 'OggS') return null;
  const pages = latin1(head, 0, 4096);
  return /\x80theora|\x01video\0|BBCD\0|\x4fVP80/u.test(pages)
    ? { type: 'ogg', kind: 'video' }
    : { type: 'ogg', kind: 'audio' };
}

const SYNC = 0x47;

/** ISO 13818-1: packets of 188 bytes, or of 192 with a time stamp before each (Blu-ray), or 204 with parity. */
function isTransportStream(head: Uint8Array): boolean {
  return [
    [188, 0],
    [192, 4],
    [204, 0],
  ].some(([packet = 0, offset = 0]) => {
    const packets = Math.min(5, Math.floor((head.length - offset) / packet));
    if (packets < 3) return false;
    return Array.from({ length: packets }).every((_, index) => head[offset + index * packet] === SYNC);
  });
}

/** Pages and playlists that open addresses, as browsers tell them (https://mimesniff.spec.whatwg.org/). */
function markupType(head: Uint8Array): string | null {
  const wide = head[0] === 0xff && head[1] === 0xfe;
  const start = Buffer.from(head.buffer, head.byteOffset, Math.min(head.length, 2048));
  const text = (wide ? start.toString('utf16le') : start.toString('latin1'))
    .replace(/^(?:\ufeff|\u00ef\u00bb\u00bf)?(?:\s|<!--[^]{0,1000}?-->|<\?xml[^]{0,200}?\?>)*/u, '')
    .slice(0, 32);
  if (/^<asx[\s>]/iu.test(text)) return 'asx';
  if (/^<svg[\s>]/iu.test(text)) return 'svg';
  const tag =
    /^<(?:!doctype html|html|head|title|body|script|iframe|meta|style|table|div|font|br|h1|a|b|p|hta:)/iu;
  return tag.test(text) ? 'html' : null;
}
