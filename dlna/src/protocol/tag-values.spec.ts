import { XmlError } from '../wire/xml.js';
import { ReadOnlyTag, readTagValues } from './tag-values.js';

test.each([
  ['', {}],
  ['<upnp:lastPlaybackPosition>400</upnp:lastPlaybackPosition>', { positionSeconds: 400 }],
  ['<upnp:lastPlaybackPosition>1:02:03.500</upnp:lastPlaybackPosition>', { positionSeconds: 3723.5 }],
  ['<upnp:playCount>1</upnp:playCount>', { watched: true }],
  ['<upnp:playbackCount>0</upnp:playbackCount>', { watched: false }],
  [
    '<upnp:lastPlaybackPosition>0</upnp:lastPlaybackPosition>,<upnp:playCount>2</upnp:playCount>',
    { positionSeconds: 0, watched: true },
  ],
  [
    '<upnp:lastPlaybackPosition>9</upnp:lastPlaybackPosition>,<upnp:lastPlaybackTime>2026-01-01</upnp:lastPlaybackTime>,' +
      '<xbmc:lastPlayerState>&lt;x a="b"/&gt;</xbmc:lastPlayerState>',
    { positionSeconds: 9 },
  ],
])('%s', (text, word) => expect(readTagValues(text)).toEqual(word));

test.each([
  ['<upnp:lastPlaybackPosition>soon</upnp:lastPlaybackPosition>', XmlError],
  ['<upnp:lastPlaybackPosition>-1</upnp:lastPlaybackPosition>', XmlError],
  ['<upnp:playCount>1e9</upnp:playCount>', XmlError],
  ['<upnp:playCount>', XmlError],
  ['<dc:title>Mine</dc:title>', ReadOnlyTag],
  ['<upnp:playCount>1</upnp:playCount>,<res>http://a/</res>', ReadOnlyTag],
])('%s is refused', (text, error) => expect(() => readTagValues(text)).toThrow(error));
