import { createHmac, timingSafeEqual } from 'node:crypto';

/** `original` and `converted` of a media file; of a photo, its sizes; pictures; subtitles of a file. */
const kinds = { o: 'original', c: 'converted', t: 'track', p: 'photo', a: 'art', s: 'subtitle' } as const;
export type ResourceKind = (typeof kinds)[keyof typeof kinds];

export interface Resource {
  readonly kind: ResourceKind;
  /** Of the file, track, photo or picture. */
  readonly id: string;
  /** Which track of subtitles, or which size; empty where there is only one. */
  readonly part: string;
  /** For whom it was made by name, whoever the screen belongs to; undefined: for whoever may see it. */
  readonly accountId: string | undefined;
}

const letters = new Map(Object.entries(kinds).map(([letter, kind]) => [kind, letter]));
/** 96 bits: guessing one at a million a second takes longer than the universe has been there. */
const macBytes = 12;
const field = /^[A-Za-z0-9-]{0,40}$/;

/**
 * Names of what can be fetched, unguessable and the same after a restart: addresses of media carry no session, and
 * televisions keep them. Whether the guest may have it is asked again when it is opened.
 */
export class ResourceIds {
  constructor(private readonly key: Buffer) {}

  /** @throws Error for ids that no table of ours has made */
  write(kind: ResourceKind, id: string, part = '', accountId = ''): string {
    if (![id, part, accountId].every((text) => field.test(text)) || id === '')
      throw new Error(`Not an id for a resource: ${id} ${part} ${accountId}`);
    const body = [letters.get(kind) ?? '', id, part, accountId].join('_');
    return `${body}_${this.mac(body)}`;
  }

  /** @returns undefined for anything but a name of ours */
  read(text: string): Resource | undefined {
    const [letter = '', id = '', part = '', accountId = '', mac = '', ...rest] = text.split('_');
    const kind = kinds[letter as keyof typeof kinds] as ResourceKind | undefined;
    const expected = Buffer.from(this.mac([letter, id, part, accountId].join('_')));
    const given = Buffer.from(mac);
    const isOurs = expected.length === given.length && timingSafeEqual(expected, given);
    if (!isOurs || rest.length > 0 || !kind) return undefined;
    return { kind, id, part, accountId: accountId || undefined };
  }

  /** In hexadecimal: the alphabet of base64url has the separator in it. */
  private mac(body: string): string {
    return createHmac('sha256', this.key)
      .update(`resource\n${body}`)
      .digest()
      .subarray(0, macBytes)
      .toString('hex');
  }
}
