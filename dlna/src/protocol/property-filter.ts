/** What a Filter argument asks for (ContentDirectory:1 §2.5.6). */
export interface PropertyFilter {
  /** `dc:date`, `upnp:artist`, `res`, `res@size`, `@childCount`, … */
  wants(property: string): boolean;
}

/** Sent whatever was asked for; MediaMonkey shows nothing without a title (jellyfin-plugin-dlna's DidlBuilder). */
const required = new Set(['@id', '@parentID', '@restricted', 'dc:title', 'upnp:class']);

export const everything: PropertyFilter = { wants: () => true };

/** `*`, or a comma list with any blanks; what nobody knows is ignored. Never fails. */
export function parsePropertyFilter(text: string): PropertyFilter {
  const names = text.split(',').map((name) => name.trim().replace(/^(?:container|item)(?=@)/, ''));
  if (names.includes('*')) return everything;
  const asked = new Set(names);
  for (const name of names) {
    // An attribute is nothing without its element, and a resource nothing without its protocolInfo.
    if (name.indexOf('@') > 0) asked.add(name.slice(0, name.indexOf('@')));
  }
  if (asked.has('res')) asked.add('res@protocolInfo');
  return { wants: (property) => required.has(property) || asked.has(property) };
}
