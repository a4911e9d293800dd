import exifr from 'exifr';
import { z } from 'zod';

/** Bytes of a file that EXIF is looked for in: cameras put it first. */
export const exifWithin = 256 * 1024;

const wanted = ['DateTimeOriginal', 'CreateDate', 'ModifyDate', 'Make', 'Model'];
const found = z.object({
  DateTimeOriginal: z.string().optional().catch(undefined),
  CreateDate: z.string().optional().catch(undefined),
  ModifyDate: z.string().optional().catch(undefined),
  Make: z.string().optional().catch(undefined),
  Model: z.string().optional().catch(undefined),
});

export interface ExifFacts {
  /** Local time of the camera, `YYYY-MM-DDTHH:MM:SS`. */
  readonly takenAt: string | null;
  readonly camera: string | null;
}

/** The one place that knows exifr. Where the photo was taken is not even read. @param head first bytes of the file */
export async function readExif(head: Uint8Array): Promise<ExifFacts> {
  const parsed: unknown = await exifr
    .parse(head, { pick: wanted, reviveValues: false, gps: false, xmp: false, icc: false, iptc: false })
    .catch(() => undefined);
  const exif = found.safeParse(parsed).data;
  return {
    takenAt:
      localTimeOf(exif?.DateTimeOriginal) ?? localTimeOf(exif?.CreateDate) ?? localTimeOf(exif?.ModifyDate),
    camera: cameraOf(exif?.Make, exif?.Model),
  };
}

/** `2024:07:01 18:30:05` as ISO 8601 without zone, for EXIF knows none; null for a camera whose clock was never set. */
export function localTimeOf(text: string | undefined): string | null {
  const match = /^(\d{4})[:-](\d\d)[:-](\d\d)[ T](\d\d):(\d\d)(?::(\d\d))?/.exec(text ?? '');
  if (!match) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second] = match.slice(1).map(Number);
  const time = new Date(Date.UTC(year, month - 1, day, hour, minute, second || 0));
  const isReal = year >= 1826 && time.getUTCMonth() === month - 1 && time.getUTCDate() === day && hour < 24;
  return isReal ? time.toISOString().slice(0, 19) : null;
}

/** “Canon EOS R6” and not “Canon Canon EOS R6”. */
export function cameraOf(make: string | undefined, model: string | undefined): string | null {
  const [maker, name] = [make, model].map((text) =>
    (text ?? '')
      .replaceAll(/\p{Cc}+/gu, ' ')
      .trim()
      .slice(0, 100),
  );
  if (!name) return maker || null;
  const [first = ''] = (maker ?? '').split(/\s/);
  return first === '' || name.toLowerCase().startsWith(first.toLowerCase()) ? name : `${maker} ${name}`;
}
