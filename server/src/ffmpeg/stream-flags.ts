import type { MediaStream } from './media-info.js';

export type StreamFlags = MediaStream['flags'];

/** Flags as stored, completed from the title, where people write what their tool had no switch for. */
export function streamFlags(stored: Partial<StreamFlags>, title: string | null): StreamFlags {
  const says = (pattern: RegExp): boolean => title !== null && pattern.test(title);
  return {
    default: stored.default ?? false,
    forced: stored.forced === true || says(/\bforced\b/i),
    hearingImpaired:
      stored.hearingImpaired === true || says(/\b(sdh|hearing[ -]impaired|closed captions?)\b/i),
    visualImpaired:
      stored.visualImpaired === true || says(/\b(audio description|descriptive audio|visually impaired)\b/i),
    commentary: stored.commentary === true || says(/\bcommentary\b/i),
    original: stored.original ?? false,
  };
}

/** A title worth showing: not empty, not the handler name that muxers write by themselves. */
export function streamTitle(raw: string | null | undefined): string | null {
  const title = raw?.replaceAll('\0', '').trim() ?? '';
  return title === '' || /^(\w*handler|core media \w+|.*gpac.*|.*isomedia file produced.*)$/i.test(title)
    ? null
    : title;
}
