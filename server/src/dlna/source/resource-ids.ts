import { hash, timingSafeEqual } from 'node:crypto';

/** `original` and `converted` of a media file; of a photo, its sizes; pictures; subtitles of a file. */
const kinds = { o: 'original', c: 'converted', t: 'track', p: 'photo', a: 'art', s: 'subtitle' } as const;
export type ResourceKind = (typeof kinds)[keyof typeof kinds];

export interface Resource {
  readonly kind: ResourceKind;
  /** Of the file, track, photo or picture. */
  readonly id: string;
  /** Which track of subtitles, which size, or whose list a picture was in; empty where there is only one. */
  readonly part: string;
  /** With whose right it is given out, whoever the screen belongs to; undefined: with that of whoever may see it. */
  readonly grant: Grant | undefined;
}

/** The right of somebody who sent something to a screen, lent to it for a while. */
export interface Grant {
  readonly accountId: string;
  /** The sign-in it was sent from. */
  readonly sessionId: string;
  /** Seconds since the epoch. */
  readonly until: number;
}

const letters = new Map(Object.entries(kinds).map(([letter, kind]) => [kind, letter]));
/** 96 bits: guessing one at a million a second takes longer than the universe has been there. */
const macBytes = 12;
/** Of SHA-256. */
const blockBytes = 64;
const field = /^[A-Za-z0-9-]{0,64}$/;
/** Ids of all rows of one torrent begin alike; twice that long a name would not fit into an address. */
const torrent = /^torrent-[0-9a-f]{40}(?=-)/;

/**
 * Names of what can be fetched, unguessable and the same after a restart: addresses of media carry no session, and
 * televisions keep them. Whether the guest may have it is asked again when it is opened. HMAC (RFC 2104) by two plain
 * hashes: a list names two hundred resources, and `createHmac` takes longer over its key than over them.
 */
export class ResourceIds {
  private readonly inner: Buffer;
  private readonly outer: Buffer;

  /** @param key 32 bytes */
  constructor(key: Buffer) {
    this.inner = Buffer.concat([padded(key, 0x36), Buffer.from('resource\n')]);
    this.outer = padded(key, 0x5c);
  }

  /** @throws Error for ids that no table of ours has made */
  write(kind: ResourceKind, id: string, part = '', grant?: Grant): string {
    const lent = grant ? [grant.accountId, grant.sessionId, grant.until.toString(36)] : [''];
    if (![id, part, ...lent].every((text) => field.test(text)) || id === '')
      throw new Error(`Not an id for a resource: ${id} ${part} ${lent.join(' ')}`);
    const body = [letters.get(kind) ?? '', id, shortened(id, part), ...lent].join('_');
    return `${body}_${this.mac(body)}`;
  }

  /** @returns undefined for anything but a name of ours */
  read(text: string): Resource | undefined {
    const fields = text.split('_');
    const given = Buffer.from(fields.pop() ?? '');
    const expected = Buffer.from(this.mac(fields.join('_')));
    const isOurs = expected.length === given.length && timingSafeEqual(expected, given);
    const [letter = '', id = '', rest = '', accountId = '', sessionId = '', until = ''] = fields;
    const kind = kinds[letter as keyof typeof kinds] as ResourceKind | undefined;
    if (!isOurs || !kind) return undefined;
    const begin = rest.startsWith('-') ? (torrent.exec(id)?.[0] ?? '') : '';
    const named = { kind, id, part: begin + rest };
    if (fields.length === 6)
      return { ...named, grant: { accountId, sessionId, until: Number.parseInt(until, 36) } };
    // An account without an end: what earlier releases sent to screens.
    return fields.length === 4 && accountId === '' ? { ...named, grant: undefined } : undefined;
  }

  /**
   * The same picture, for one viewer alone: a picture belongs to no title that could be asked whether it may be seen,
   * so it is shown to those whose list it was in.
   */
  shownTo(viewerId: string, resourceId: string): string {
    const resource = this.read(resourceId);
    return resource?.kind === 'art' && resource.grant === undefined
      ? this.write('art', resource.id, viewerId)
      : resourceId;
  }

  /** In hexadecimal: the alphabet of base64url has the separator in it. */
  private mac(body: string): string {
    const inner = hash('sha256', Buffer.concat([this.inner, Buffer.from(body)]), 'buffer');
    return hash('sha256', Buffer.concat([this.outer, inner]), 'hex').slice(0, 2 * macBytes);
  }
}

/** Of a row of the same torrent only the end, which begins with a sign that nothing else begins with. */
function shortened(id: string, part: string): string {
  const begin = torrent.exec(id)?.[0];
  return begin !== undefined && part.startsWith(`${begin}-`) ? part.slice(begin.length) : part;
}

/** The key, padded to a block and changed as HMAC wants it. */
const padded = (key: Buffer, mask: number): Buffer =>
  Buffer.from(Buffer.concat([key], blockBytes).map((byte) => byte ^ mask));
