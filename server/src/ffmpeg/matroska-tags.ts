import { binary, inside, text, uint, type Element } from './ebml.js';
import type { FileBytes } from './file-bytes.js';
import type { AttachmentStream, Chapter, ImageStream, MediaTags } from './media-info.js';
import { streamFlags } from './stream-flags.js';

/** Chapters of the default edition, or the first; hidden ones left out (RFC 9559 5.1.7). */
export function readChapters(file: FileBytes, chapters: Element, durationSeconds: number | null): Chapter[] {
  const editions = [...inside(file, chapters)].filter(({ id }) => id === 0x45b9);
  const flag = (edition: Element, id: number): boolean =>
    [...inside(file, edition)].some((field) => field.id === id && uint(file, field) === 1);
  const chosen = editions.find((edition) => flag(edition, 0x45db)) ?? editions[0];
  const atoms =
    chosen === undefined ? [] : [...inside(file, chosen)].filter(({ id }) => id === 0xb6).slice(0, 1000);
  const found = atoms.filter((atom) => !flag(atom, 0x98)).map((atom) => readAtom(file, atom));
  found.sort((a, b) => a.start - b.start);
  return found.map(({ start, end, title }, i) => ({
    startSeconds: start,
    endSeconds: end ?? found[i + 1]?.start ?? Math.max(start, durationSeconds ?? start),
    title,
  }));
}

function readAtom(
  file: FileBytes,
  atom: Element,
): { start: number; end: number | null; title: string | null } {
  let start = 0;
  let end: number | null = null;
  let title: string | null = null;
  for (const field of inside(file, atom)) {
    if (field.id === 0x91) start = uint(file, field) / 1e9;
    if (field.id === 0x92) end = uint(file, field) / 1e9;
    if (field.id === 0x80) {
      for (const part of inside(file, field)) if (part.id === 0x85) title ??= text(file, part).trim() || null;
    }
  }
  return { start, end, title };
}

const imageCodecs: Readonly<Record<string, string>> = {
  'image/jpeg': 'mjpeg', 'image/jpg': 'mjpeg', 'image/png': 'png', 'image/webp': 'webp', 'image/gif': 'gif',
}; // prettier-ignore

/** The attached files that have a name, a type and data: ffmpeg skips the others. */
export function* attachedFiles(
  file: FileBytes,
  attachments: Element,
): Generator<{ name: string; mime: string; data: Element }> {
  for (const attached of inside(file, attachments)) {
    if (attached.id !== 0x61a7) continue;
    const fields = new Map([...inside(file, attached)].map((field) => [field.id, field]));
    const [name, type, data] = [fields.get(0x466e), fields.get(0x4660), fields.get(0x465c)];
    if (name === undefined || type === undefined || data === undefined) continue;
    yield { name: text(file, name), mime: text(file, type).toLowerCase(), data };
  }
}

/** Attached files as streams; ffmpeg numbers them after the tracks. */
export function readAttachments(
  file: FileBytes,
  attachments: Element,
  firstIndex: number,
): (ImageStream | AttachmentStream)[] {
  const streams: (ImageStream | AttachmentStream)[] = [];
  for (const { name, mime, data } of attachedFiles(file, attachments)) {
    const base = {
      index: firstIndex + streams.length,
      language: null,
      title: null,
      flags: streamFlags({}, null),
      bitrate: null,
      name,
      mime,
      size: data.end - data.start,
    };
    const picture = imageCodecs[mime];
    if (picture !== undefined)
      streams.push({ ...base, kind: 'image', codec: picture, width: null, height: null });
    else streams.push({ ...base, kind: 'attachment', codec: attachmentCodec(mime, name) });
  }
  return streams;
}

/** ffmpeg 5 knows fonts only by the old MIME types; the newer ones and the name tell as well. */
export function attachmentCodec(mime: string, name: string): string {
  if (/otf|opentype/.test(mime) || /\.otf$/i.test(name)) return 'otf';
  return /font|ttf|truetype/.test(mime) || /\.(ttf|ttc)$/i.test(name) ? 'ttf' : 'unknown';
}

export type MatroskaTags = Readonly<{
  tags: MediaTags;
  /** By track UID in hex: tag names in capitals to values (mkvmerge's statistics live here). */
  byTrack: ReadonlyMap<string, ReadonlyMap<string, string>>;
}>;

const keys: Readonly<Record<string, keyof MediaTags>> = {
  TITLE: 'title', ARTIST: 'artist', ALBUM_ARTIST: 'albumArtist', ALBUM: 'album', GENRE: 'genre', COMMENT: 'comment',
  DATE_RELEASED: 'date', DATE: 'date', PART_NUMBER: 'track',
}; // prettier-ignore

export function readTags(file: FileBytes, tags: Element): MatroskaTags {
  const out: Record<string, string | number> = {};
  const byTrack = new Map<string, Map<string, string>>();
  for (const tag of inside(file, tags)) {
    if (tag.id !== 0x7373) continue;
    let uid = '';
    const values = new Map<string, string>();
    for (const part of inside(file, tag)) {
      if (part.id === 0x63c0) {
        for (const target of inside(file, part)) {
          if (target.id === 0x63c5) uid = binary(file, target, 8).toString('hex').replace(/^0+/, '');
        }
      }
      if (part.id === 0x67c8) addSimple(file, part, values);
    }
    if (uid !== '') byTrack.set(uid, new Map([...(byTrack.get(uid) ?? []), ...values]));
    else for (const [name, value] of values) addGlobal(out, name, value);
  }
  return { tags: out, byTrack };
}

function addGlobal(out: Record<string, string | number>, name: string, value: string): void {
  const key = keys[name];
  if (key === undefined || key in out) return;
  if (key !== 'track') out[key] = value;
  else if (/^\d+/.test(value)) out[key] = parseInt(value, 10);
}

function addSimple(file: FileBytes, simple: Element, values: Map<string, string>): void {
  let name = '';
  let value = '';
  for (const field of inside(file, simple)) {
    if (field.id === 0x45a3) name = text(file, field).toUpperCase();
    if (field.id === 0x4487) value = text(file, field).trim();
  }
  if (name !== '' && value !== '') values.set(name, value);
}
