import type { Comparison, Criterion } from '@hearth/dlna/protocol/search-criteria';
import {
  always,
  junction,
  never,
  type ObjectCondition,
  type ObjectField,
  type ObjectKind,
} from '../../library/lists/object-search.service.js';
import { idOfHome } from './home-ids.js';

const classes: Readonly<Record<ObjectKind, string>> = {
  movie: 'object.item.videoItem.movie',
  episode: 'object.item.videoItem',
  track: 'object.item.audioItem.musicTrack',
  photo: 'object.item.imageItem.photo',
  album: 'object.container.album.musicAlbum',
  artist: 'object.container.person.musicArtist',
  'photo-album': 'object.container.album.photoAlbum',
  playlist: 'object.container.playlistContainer',
};

const plainClasses: Readonly<Record<ObjectKind, string>> = {
  ...classes,
  movie: 'object.item.videoItem',
  album: 'object.container.storageFolder',
  artist: 'object.container.storageFolder',
  'photo-album': 'object.container.storageFolder',
  playlist: 'object.container.storageFolder',
};

/** The media types of what each kind is sent as; containers send nothing. */
const types: Readonly<Partial<Record<ObjectKind, string>>> = {
  movie: 'video',
  episode: 'video',
  track: 'audio',
  photo: 'image',
};

const fields: Readonly<Record<string, ObjectField>> = {
  'dc:title': 'name',
  'upnp:genre': 'genre',
  'upnp:actor': 'person',
  'upnp:artist': 'artist',
  'dc:creator': 'artist',
  'upnp:album': 'album',
  'upnp:seriesTitle': 'album',
  'dc:date': 'date',
  'upnp:originalTrackNumber': 'number',
  'upnp:episodeNumber': 'number',
  'res@duration': 'duration',
  'res@size': 'size',
};

const constant = (value: boolean): ObjectCondition => (value ? always : never);

/**
 * What a search comes down to for one kind of thing: its class, id and the like are certain, the rest is left for the
 * database. A property that nothing of the kind has is met by no comparison (CDS:1 §2.5.5).
 * @param plain the guest is shown plain classes only
 */
export function kindCondition(
  criterion: Criterion | null,
  kind: ObjectKind,
  plain: boolean,
): ObjectCondition {
  if (criterion === null) return constant(!isContainer(kind));
  if (criterion.kind === 'compare') return comparison(criterion, kind, plain);
  if (criterion.kind === 'exists') return existence(criterion.property, criterion.wanted, kind);
  const { left, right } = criterion;
  return junction(criterion.kind, kindCondition(left, kind, plain), kindCondition(right, kind, plain));
}

const isContainer = (kind: ObjectKind): boolean => types[kind] === undefined;

function existence(property: string, wanted: boolean, kind: ObjectKind): ObjectCondition {
  const field = fields[property];
  if (field) return { kind: 'exists', field, wanted };
  const has = ['@id', '@parentID', '@restricted', 'upnp:class'].includes(property);
  const isSent = property.startsWith('res') && !isContainer(kind);
  return constant((has || isSent) === wanted);
}

function comparison(given: Comparison, kind: ObjectKind, plain: boolean): ObjectCondition {
  const { property, operator, value } = given;
  if (property === 'upnp:class') return constant(comparesText((plain ? plainClasses : classes)[kind], given));
  if (property === '@restricted') return constant(/^(1|true)$/i.test(value) === (operator === '='));
  if (property === '@id') {
    const id = idOfHome(kind, value);
    return { kind: 'ids', ids: id === undefined ? [] : [id], wanted: operator === '=' };
  }
  if (property === '@parentID')
    return constant(kind === 'movie' && value === 'movies$all' && operator === '=');
  if (property === 'res@protocolInfo') return constant(sends(kind, given));
  const field = fields[property];
  if (!field) return never;
  if (operator === 'derivedfrom') return never;
  return { kind: 'compare', field, operator, value };
}

/** Of the format only what the kind says is known here. */
function sends(kind: ObjectKind, { operator, value }: Comparison): boolean {
  const type = types[kind];
  if (type === undefined || operator !== 'contains') return false;
  const [, asked] = /\b(video|audio|image)\//.exec(value) ?? [];
  return asked === undefined ? 'http-get:*:'.includes(value) : asked === type;
}

function comparesText(text: string, { operator, value }: Comparison): boolean {
  switch (operator) {
    case '=':
      return text === value;
    case '!=':
      return text !== value;
    case 'contains':
      return text.includes(value);
    case 'doesNotContain':
      return !text.includes(value);
    case 'startsWith':
      return text.startsWith(value);
    case 'derivedfrom':
      return text === value || text.startsWith(`${value}.`);
    default:
      return false;
  }
}
