import { parseSearchCriteria } from '@hearth/dlna/protocol/search-criteria';
import { objectSql } from '../../library/lists/object-sql.js';
import type { ObjectKind } from '../../library/lists/object-condition.js';
import { kindCondition } from './kind-condition.js';

const sqlOf = (criteria: string, kind: ObjectKind, plain = false): string => {
  const condition = kindCondition(parseSearchCriteria(criteria), kind, plain);
  return condition.kind === 'constant' ? String(condition.value) : objectSql(kind, condition).sql;
};

test.each<[string, ObjectKind, string]>([
  ['*', 'movie', 'true'],
  ['*', 'album', 'false'],
  ['upnp:class derivedfrom "object.item.videoItem"', 'movie', 'true'],
  ['upnp:class derivedfrom "object.item.videoItem"', 'episode', 'true'],
  ['upnp:class derivedfrom "object.item.videoItem"', 'track', 'false'],
  ['upnp:class = "object.item.videoItem"', 'movie', 'false'],
  ['upnp:class = "object.container.album.musicAlbum"', 'album', 'true'],
  ['upnp:class derivedfrom "object.item.video"', 'movie', 'false'],
  ['upnp:class contains "video"', 'episode', 'true'],
  ['upnp:class derivedfrom "object.item.videoItem" and @refID exists false', 'movie', 'true'],
  ['@refID exists true', 'movie', 'false'],
  ['foo:bar = "1"', 'movie', 'false'],
  ['foo:bar exists false', 'movie', 'true'],
  ['foo:bar = "1" or upnp:class derivedfrom "object.item"', 'photo', 'true'],
  ['res@protocolInfo contains "http-get:*:audio/"', 'track', 'true'],
  ['res@protocolInfo contains "http-get:*:audio/"', 'movie', 'false'],
  ['@id = "movies$all$01ABC"', 'movie', 'x.id IN (:object0)'],
  ['@id = "movies$all$01ABC"', 'track', '1 = 0'],
  ['upnp:artist = "Nina"', 'movie', '1 = 0'],
  ['dc:date >= "1980-01-01" and dc:date < "1990-01-01"', 'movie', '((x.year IS NOT NULL AND x.year >= :object0) AND (x.year IS NOT NULL AND x.year < :object1))'],
  ['res@duration > "1:00:00"', 'movie', '(x.runtime_seconds IS NOT NULL AND x.runtime_seconds > :object0)'],
  ['upnp:class derivedfrom "object.item.audioItem" and upnp:genre = "Jazz"', 'track', "EXISTS (SELECT 1 FROM album_genre g WHERE g.album_id = x.album_id AND (LOWER(g.genre) = :object0 OR g.genre = :object1))"],
])('%s of a %s: %s', (criteria, kind, expected) => expect(sqlOf(criteria, kind)).toBe(expected)); // prettier-ignore

test('a guest that is shown plain classes finds by them', () => {
  expect(sqlOf('upnp:class = "object.item.videoItem"', 'movie', true)).toBe('true');
});

test('values are parameters, whatever they hold', () => {
  const hostile = `dc:title contains "x' OR 1=1 --%_\\\\"`;
  const condition = kindCondition(parseSearchCriteria(hostile), 'movie', false);
  const { sql, parameters } = objectSql('movie', condition);
  expect(sql).not.toContain('1=1');
  expect(Object.values(parameters)).toEqual(['%x or 1 1%']);
});
