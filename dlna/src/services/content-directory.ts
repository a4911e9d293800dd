import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Guest } from '../guest.js';
import type { Listing, ListRequest, MediaObject, MediaSource, PlayWord } from '../media-source.port.js';
import { present } from '../protocol/presentation.js';
import { parsePropertyFilter, type PropertyFilter } from '../protocol/property-filter.js';
import { parseSearchCriteria, SearchSyntaxError, type Criterion } from '../protocol/search-criteria.js';
import { parseSortCriteria, SortSyntaxError, type SortKey } from '../protocol/sort-criteria.js';
import { ReadOnlyTag, readTagValues } from '../protocol/tag-values.js';
import { writeDidl, type DidlObject } from '../wire/didl.js';
import { UpnpFault } from '../wire/upnp-fault.js';
import { XmlError } from '../wire/xml.js';
import type { ActionArguments, OutArguments } from './action-arguments.js';
import { contentDirectoryScpd } from './content-directory-scpd.js';
import { noFeatures, samsungFeatures } from './feature-list.js';
import { meaningOf } from './object-aliases.js';
import type { Action, Service } from './service.js';

/** Of one answer: VLC asks for 5000 at a time, and TotalMatches tells whoever asked for all that there is more. */
const MOST_OBJECTS = 5000;
/** Presented in one turn of the event loop. */
const SLICE = 200;

const sortable = [
  'dc:title',
  'dc:date',
  'upnp:class',
  'upnp:originalTrackNumber',
  'upnp:album',
  'upnp:artist',
  'upnp:genre',
  'upnp:episodeNumber',
  'res@duration',
  'res@size',
] as const;

export const searchable = [
  '@id',
  '@parentID',
  '@refID',
  'dc:title',
  'dc:creator',
  'dc:date',
  'upnp:class',
  'upnp:artist',
  'upnp:actor',
  'upnp:album',
  'upnp:genre',
  'upnp:originalTrackNumber',
  'res@duration',
  'res@protocolInfo',
  'res@size',
] as const;

/** How a list is asked for once the container is known; undefined: there is no such container. */
type Lister = (id: string) => Promise<Listing | undefined>;

/** ContentDirectory:1 over what the host has; of that, devices change nothing but how far it was watched. */
export class ContentDirectory implements Service {
  readonly description = contentDirectoryScpd;
  readonly actions: ReadonlyMap<string, Action>;
  readonly #source: MediaSource;

  constructor(source: MediaSource) {
    this.#source = source;
    this.actions = new Map<string, Action>([
      ['GetSearchCapabilities', () => [['SearchCaps', searchable.join(',')]]],
      ['GetSortCapabilities', () => [['SortCaps', sortable.join(',')]]],
      ['GetSortExtensionCapabilities', () => [['SortExtensionCaps', '+,-']]],
      ['GetSystemUpdateID', () => [['Id', this.#updateId()]]],
      ['GetFeatureList', () => [['FeatureList', noFeatures]]],
      ['X_GetFeatureList', () => [['FeatureList', samsungFeatures(source.views)]]],
      ['Browse', (args, guest) => this.#browse(args, guest)],
      ['Search', (args, guest) => this.#search(args, guest)],
      ['UpdateObject', (args, guest) => this.#updateObject(args, guest)],
      ['X_SetBookmark', (args, guest) => this.#setBookmark(args, guest)],
    ]);
  }

  state(): OutArguments {
    return [
      ['TransferIDs', ''],
      ['SystemUpdateID', this.#updateId()],
      ['ContainerUpdateIDs', ''],
    ];
  }

  #updateId(): string {
    return String(this.#source.updateId());
  }

  async #browse(args: ActionArguments, guest: Guest): Promise<OutArguments> {
    const flag = args.required('BrowseFlag').trim();
    const filter = parsePropertyFilter(args.text('Filter', '*'));
    // An Xbox 360 says ContainerID here too (UMS).
    const id = args.text(['ObjectID', 'ContainerID'], '').trim();
    if (flag === 'BrowseMetadata') {
      const object = await this.#object(id, guest);
      if (!object) throw new UpnpFault(701, 'No such object');
      return this.#answer({ objects: [object], total: 1 }, filter, guest);
    }
    if (flag !== 'BrowseDirectChildren') throw new UpnpFault(402, 'BrowseFlag is neither of its values');
    const request = listRequest(args, guest);
    const listing = await this.#listing(id, (known) => this.#source.children(known, request, guest));
    if (listing) return this.#answer(listing, filter, guest);
    const object = await this.#source.object(id, guest);
    throw object ? new UpnpFault(710, 'Not a container') : new UpnpFault(701, 'No such object');
  }

  async #search(args: ActionArguments, guest: Guest): Promise<OutArguments> {
    const criterion = criterionOf(args.text('SearchCriteria', '*'));
    const filter = parsePropertyFilter(args.text('Filter', '*'));
    const request = listRequest(args, guest);
    const id = args.text(['ContainerID', 'ObjectID'], '').trim();
    const listing = await this.#listing(id, (known) => this.#source.search(known, criterion, request, guest));
    if (!listing) throw new UpnpFault(710, 'No such container');
    return this.#answer(listing, filter, guest);
  }

  /** What the host knows by that id itself comes first: its ids are its own. */
  async #listing(id: string, list: Lister): Promise<Listing | undefined> {
    const own = isId(id) ? await list(id) : undefined;
    const meant = meaningOf(id, this.#source.views);
    return own ?? (meant === undefined ? undefined : list(meant));
  }

  async #object(id: string, guest: Guest): Promise<MediaObject | undefined> {
    const own = isId(id) ? await this.#source.object(id, guest) : undefined;
    const meant = meaningOf(id, this.#source.views);
    return own ?? (meant === undefined ? undefined : this.#source.object(meant, guest));
  }

  async #answer({ objects, total }: Listing, filter: PropertyFilter, guest: Guest): Promise<OutArguments> {
    const shown: DidlObject[] = [];
    for (let start = 0; start < objects.length; start += SLICE) {
      if (start > 0) await nextTurn();
      for (const object of objects.slice(start, start + SLICE)) shown.push(present(object, guest, filter));
    }
    const { namespaces, escapeApostrophes } = guest.profile.didl;
    return [
      ['Result', writeDidl(shown, namespaces, { escapeApostrophes })],
      ['NumberReturned', String(shown.length)],
      ['TotalMatches', String(total)],
      ['UpdateID', this.#updateId()],
    ];
  }

  async #setBookmark(args: ActionArguments, guest: Guest): Promise<OutArguments> {
    const id = args.required('ObjectID').trim();
    const position = args.count('PosSecond');
    const object = isId(id) ? await this.#source.object(id, guest) : undefined;
    if (!object) throw new UpnpFault(701, 'No such object');
    // Samsungs send 0 when they begin, before they are where they were told to (UMS).
    const seconds = guest.profile.bookmark === 'milliseconds' ? position / 1000 : position;
    if (position > 0) await this.#source.bookmark(id, seconds, guest);
    return [];
  }

  /** Any guest may, of what it can browse. Current values are not compared: Kodi makes them up. */
  async #updateObject(args: ActionArguments, guest: Guest): Promise<OutArguments> {
    const word = playWordOf(args.required('NewTagValue'));
    const id = plainId(args.required('ObjectID').trim());
    const object = isId(id) ? await this.#source.object(id, guest) : undefined;
    if (!object) throw new UpnpFault(701, 'No such object');
    if (object.type === 'container') throw new UpnpFault(711, 'Restricted object');
    await this.#source.left(id, word, guest);
    return [];
  }
}

function playWordOf(text: string): PlayWord {
  try {
    return readTagValues(text);
  } catch (error) {
    if (error instanceof ReadOnlyTag) throw new UpnpFault(705, 'Read only tag');
    if (error instanceof XmlError) throw new UpnpFault(703, 'Invalid new tag value');
    throw error;
  }
}

/** Kodi sends the end of its own address: encoded as in a URL, with a slash behind. */
function plainId(id: string): string {
  const path = id.replace(/\/$/, '');
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

const isId = (id: string): boolean => /^[A-Za-z0-9$_-]{1,64}$/.test(id);

function listRequest(args: ActionArguments, guest: Guest): ListRequest {
  const wanted = args.count('RequestedCount', 0);
  return {
    start: args.count('StartingIndex', 0),
    count: wanted === 0 ? MOST_OBJECTS : Math.min(wanted, MOST_OBJECTS),
    sort: sortOf(args.text('SortCriteria', ''), guest),
  };
}

/** Strict clients show nothing on 709, so that what can't be sorted by is left out (home-assistant/core#67140). */
function sortOf(criteria: string, guest: Guest): SortKey[] {
  try {
    const keys = parseSortCriteria(criteria);
    const known: readonly string[] = sortable;
    return guest.profile.didl.ignoreSort ? [] : keys.filter((key) => known.includes(key.property));
  } catch (error) {
    if (error instanceof SortSyntaxError) throw new UpnpFault(709, 'Unsupported or invalid sort criteria');
    throw error;
  }
}

function criterionOf(text: string): Criterion | null {
  try {
    return parseSearchCriteria(text);
  } catch (error) {
    if (error instanceof SearchSyntaxError)
      throw new UpnpFault(708, 'Unsupported or invalid search criteria');
    throw error;
  }
}
