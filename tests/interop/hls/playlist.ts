/** Reads HLS playlists for the validator (RFC 8216): strict, and sharing nothing with what it judges. */

export interface Variant {
  readonly url: string;
  readonly attributes: ReadonlyMap<string, string>;
}

export interface Multivariant {
  readonly variants: readonly Variant[];
  /** `EXT-X-MEDIA` lines. */
  readonly media: readonly ReadonlyMap<string, string>[];
}

export interface MediaPlaylist {
  readonly init: string | null;
  readonly segments: readonly { readonly url: string; readonly seconds: number }[];
  readonly targetDuration: number;
}

/** An attribute list, RFC 8216 section 4.2. */
function attributes(text: string): Map<string, string> {
  const found = new Map<string, string>();
  let rest = text;
  while (rest !== '') {
    const match = /^([A-Z0-9-]+)=("[^"\r\n]*"|[^",\s]+)(,|$)/.exec(rest);
    if (!match?.[1] || match[2] === undefined) throw new Error(`not an attribute list: ${rest}`);
    if (found.has(match[1])) throw new Error(`${match[1]} is there twice`);
    found.set(match[1], match[2].replace(/^"|"$/g, ''));
    rest = rest.slice(match[0].length);
  }
  return found;
}

function lines(text: string): string[] {
  if (!text.startsWith('#EXTM3U\n')) throw new Error('it does not begin with #EXTM3U');
  return text.split('\n').filter((line) => line !== '');
}

export function readMultivariant(text: string): Multivariant {
  const variants: Variant[] = [];
  const media: Map<string, string>[] = [];
  let pending: Map<string, string> | null = null;
  for (const line of lines(text)) {
    if (line.startsWith('#EXT-X-STREAM-INF:')) pending = attributes(line.slice(18));
    else if (line.startsWith('#EXT-X-MEDIA:')) media.push(attributes(line.slice(13)));
    else if (!line.startsWith('#')) {
      if (!pending) throw new Error(`an address without EXT-X-STREAM-INF: ${line}`);
      variants.push({ url: line, attributes: pending });
      pending = null;
    }
  }
  return { variants, media };
}

export function readMedia(text: string): MediaPlaylist {
  const all = lines(text);
  const tag = (name: string): string | undefined =>
    all.find((line) => line.startsWith(`#${name}:`))?.slice(name.length + 2);
  if (!all.includes('#EXT-X-ENDLIST')) throw new Error('the playlist does not end');
  const segments: { url: string; seconds: number }[] = [];
  let seconds: number | null = null;
  for (const line of all) {
    if (line.startsWith('#EXTINF:')) seconds = Number(line.slice(8).split(',')[0]);
    else if (!line.startsWith('#')) {
      if (seconds === null || !(seconds > 0)) throw new Error(`a segment without a length: ${line}`);
      segments.push({ url: line, seconds });
      seconds = null;
    }
  }
  const map = tag('EXT-X-MAP');
  const targetDuration = Number(tag('EXT-X-TARGETDURATION'));
  const longest = Math.max(0, ...segments.map((one) => Math.round(one.seconds)));
  if (!(targetDuration >= longest)) throw new Error(`a segment of ${longest} s, target ${targetDuration} s`);
  return { init: map === undefined ? null : (attributes(map).get('URI') ?? null), segments, targetDuration };
}
