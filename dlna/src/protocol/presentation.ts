import type { Guest } from '../guest.js';
import type { MediaContainer, MediaItem, MediaObject } from '../media-source.port.js';
import type { DeviceProfile } from '../profiles/device-profile.js';
import type { DidlElement, DidlObject } from '../wire/didl.js';
import { formatClock } from '../wire/npt.js';
import type { PropertyFilter } from './property-filter.js';
import { artElements, captionElements, resourcesOf } from './shown-resources.js';
import { shownDate, shownText, shownTitle } from './shown-text.js';

type Element = readonly [name: string, text: string | undefined];

/**
 * How a guest is shown an object (dlna.md I): what its profile is used to, what its filter asks for, and URLs that begin
 * with the address it came to (`/media/`, `/art/`, `/subtitle/`).
 */
export function present(object: MediaObject, guest: Guest, filter: PropertyFilter): DidlObject {
  const { didl } = guest.profile;
  const elements: readonly Element[] = [
    ['dc:title', shownTitle(object, didl)],
    ['upnp:class', classOf(object, guest.profile)],
    ['dc:date', didl.date && object.date !== undefined ? shownDate(object.date) : undefined],
    ...(object.type === 'container' ? containerElements(object) : itemElements(object, guest.profile)),
  ];
  return {
    type: object.type,
    attributes: attributesOf(object, filter),
    elements: [
      ...elements.flatMap(([name, text]) =>
        text === undefined || !filter.wants(name) ? [] : [{ name, text: shownText(text, didl) }],
      ),
      ...(filter.wants('upnp:albumArtURI') ? artElements(object, guest) : []),
      ...(object.type === 'item' ? vendorElements(object, guest) : []),
    ],
    resources: object.type === 'item' ? resourcesOf(object, guest, filter) : [],
  };
}

function attributesOf(object: MediaObject, filter: PropertyFilter): Readonly<Record<string, string>> {
  const attributes: Record<string, string> = { id: object.id, parentID: object.parentId, restricted: '1' };
  const add = (name: string, value: string | undefined): void => {
    if (value !== undefined && filter.wants(`@${name}`)) attributes[name] = value;
  };
  if (object.type === 'item') {
    add('refID', object.refId);
  } else {
    add('searchable', object.searchable ? '1' : '0');
    // Zero hides the folder on Samsung's Tizen for as long as it remembers (rclone#3253).
    add('childCount', object.childCount ? object.childCount.toFixed(0) : undefined);
  }
  return attributes;
}

/** Xbox 360 and DirecTV know folders and films by these names only; music and photos they know as everybody does. */
function classOf(object: MediaObject, { didl }: DeviceProfile): string {
  if (!didl.plainClasses) return object.class;
  if (object.type === 'container') return 'object.container.storageFolder';
  return object.class.startsWith('object.item.videoItem') ? 'object.item.videoItem' : object.class;
}

const containerElements = ({ creator, genre }: MediaContainer): Element[] => [
  ['dc:creator', creator],
  ['upnp:artist', creator],
  ['upnp:genre', genre],
];

function itemElements(item: MediaItem, { didl }: DeviceProfile): Element[] {
  const { bookmarkSeconds } = item;
  return [
    ['dc:creator', item.creator ?? item.artist],
    ['upnp:artist', item.artist],
    ['upnp:album', item.album],
    ...(item.genres ?? []).map((genre) => ['upnp:genre', genre] as const),
    // More than a few locks up some LGs (jellyfin-plugin-dlna's DidlBuilder).
    ...(item.actors ?? []).slice(0, didl.mostActors).map((actor) => ['upnp:actor', actor] as const),
    ['upnp:originalTrackNumber', item.trackNumber?.toFixed(0)],
    ['upnp:seriesTitle', item.seriesTitle],
    ['upnp:episodeNumber', item.episodeNumber?.toFixed(0)],
    ['upnp:episodeSeason', item.seasonNumber?.toFixed(0)],
    ['dc:description', item.description],
    // ContentDirectory:3's word for a bookmark; Kodi resumes there.
    ['upnp:lastPlaybackPosition', bookmarkSeconds ? formatClock(bookmarkSeconds) : undefined],
  ];
}

/** Samsung's, which it reads whether it asked for them or not; written only where the profile declares the namespace. */
function vendorElements(item: MediaItem, guest: Guest): DidlElement[] {
  if (!guest.profile.didl.namespaces.includes('sec')) return [];
  return [...bookmarkElements(item, guest.profile), ...captionElements(item, guest)];
}

/** Without it a Q6FN begins anew after a pause (jellyfin#1680). Commas part the values. */
function bookmarkElements(item: MediaItem, profile: DeviceProfile): DidlElement[] {
  if (item.bookmarkSeconds === undefined) return [];
  const folder = shownTitle(item, profile.didl).replaceAll(',', ' ');
  const position = item.bookmarkSeconds * (profile.bookmark === 'milliseconds' ? 1000 : 1);
  return [{ name: 'sec:dcmInfo', text: `CREATIONDATE=0,FOLDER=${folder},BM=${Math.round(position)}` }];
}
