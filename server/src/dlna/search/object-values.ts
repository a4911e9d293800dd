import type { MediaObject } from '@hearth/dlna/media-source.port';
import type { PropertyValues } from '@hearth/dlna/protocol/criterion-match';

const list = (...values: readonly (string | number | undefined)[]): string[] =>
  values.flatMap((value) => (value === undefined ? [] : [String(value)]));

/** The properties of an object that is at hand, for searches of short lists. */
export function objectValues(object: MediaObject): PropertyValues {
  const common: Record<string, readonly string[]> = {
    '@id': [object.id],
    '@parentID': [object.parentId],
    '@restricted': ['1'],
    'dc:title': [object.title],
    'upnp:class': [object.class],
    'dc:creator': list(object.creator),
    'dc:date': list(object.date),
  };
  if (object.type === 'container') return (property) => common[property] ?? (property === 'upnp:genre' ? list(object.genre) : []); // prettier-ignore
  const own: Record<string, readonly string[]> = {
    ...common,
    '@refID': list(object.refId),
    'dc:description': list(object.description),
    'upnp:genre': object.genres ?? [],
    'upnp:actor': object.actors ?? [],
    'upnp:artist': list(object.artist),
    'upnp:album': list(object.album),
    'upnp:originalTrackNumber': list(object.trackNumber),
    'upnp:seriesTitle': list(object.seriesTitle),
    'upnp:episodeNumber': list(object.episodeNumber),
    'res@size': object.offers.flatMap(({ size }) => list(size)),
    'res@duration': object.offers.flatMap(({ durationSeconds }) => list(durationSeconds)),
  };
  return (property) => own[property] ?? [];
}
