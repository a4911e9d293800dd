import type { MediaContainer, MediaItem, Offer } from '../media-source.port.js';
import type { DeviceProfile } from '../profiles/device-profile.js';
import { golden } from '../testing/golden.js';
import { bundledProfile, guestLike } from '../testing/guests.js';
import { writeDidl, type DidlObject } from '../wire/didl.js';
import { readSoapReply } from '../wire/soap.js';
import { present } from './presentation.js';
import { everything, parsePropertyFilter } from './property-filter.js';
import { asciiOf, shownDate } from './shown-text.js';

const generic = bundledProfile('generic');
const didl = (changes: Partial<DeviceProfile['didl']>): DeviceProfile => ({
  ...generic,
  didl: { ...generic.didl, ...changes },
});

const original: Offer = {
  resourceId: '22',
  kind: 'original',
  format: {
    container: 'mp4',
    video: { codec: 'h264', profile: 'Constrained Baseline', level: 31, frameRate: 25 },
    audio: { codec: 'aac', profile: 'LC', channels: 1 },
  },
  size: 99_216,
  durationSeconds: 3,
  bitrate: 264_576,
  width: 1280,
  height: 720,
  channels: 1,
  sampleRate: 44_100,
};
const film: MediaItem = {
  type: 'item',
  class: 'object.item.videoItem',
  id: '2$8$0',
  parentId: '2$8',
  refId: '64$0',
  title: 'Clip & <One>',
  date: '2026-11-21T08:37:01',
  offers: [original],
};
const folder: MediaContainer = {
  type: 'container',
  class: 'object.container.album.musicAlbum',
  id: '0',
  parentId: '-1',
  title: 'root',
  searchable: true,
  childCount: 4,
};

const text = (object: DidlObject, name: string): string | undefined =>
  object.elements.find((element) => element.name === name)?.text;
const show = (item: Partial<MediaItem>, profile: DeviceProfile = generic, filter = everything): DidlObject =>
  present({ ...film, ...item }, guestLike(profile), filter);

test('a film is to the byte what minidlna sends, but for its paths', () => {
  const captured = readSoapReply(golden('minidlna/browse-reply.xml')).get('Result') ?? '';
  const [, item] = /(<item id="2\$8\$0".*?<\/item>)/.exec(captured) ?? [];
  const written = writeDidl([present(film, guestLike('generic'), everything)]);
  expect(written).toContain(
    item?.replace('127.0.0.1:8200/MediaItems/', '10.77.0.1:8200/media/') ?? 'no item',
  );
});

test('a container', () => {
  expect(writeDidl([present(folder, guestLike('generic'), everything)])).toContain(
    '<container id="0" parentID="-1" restricted="1" searchable="1" childCount="4"><dc:title>root</dc:title>' +
      '<upnp:class>object.container.album.musicAlbum</upnp:class></container>',
  );
});

test.each([
  [0, undefined],
  [undefined, undefined],
  [7, '7'],
])('of %s children it says %s', (childCount, expected) => {
  expect(present({ ...folder, childCount }, guestLike('generic'), everything).attributes['childCount']).toBe(
    expected,
  );
});

test('only what the filter asks for, and always what is required', () => {
  const shown = show(
    { genres: ['Drama'], art: { resourceId: 'a' } },
    generic,
    parsePropertyFilter('res@size,upnp:genre'),
  );
  expect(shown.attributes).toEqual({ id: '2$8$0', parentID: '2$8', restricted: '1' });
  expect(shown.elements.map(({ name }) => name)).toEqual(['dc:title', 'upnp:class', 'upnp:genre']);
  expect(Object.keys(shown.resources[0]?.attributes ?? {})).toEqual(['size', 'protocolInfo']);
  expect(show({}, generic, parsePropertyFilter('dc:date')).resources).toEqual([]);
});

test('everything that is known of a track and of an episode', () => {
  const track = show({
    class: 'object.item.audioItem.musicTrack',
    artist: 'A',
    album: 'B',
    genres: ['C', 'D'],
    trackNumber: 3,
  });
  expect(track.elements.map(({ name, text: value }) => `${name}=${value}`).slice(3)).toEqual([
    'dc:creator=A',
    'upnp:artist=A',
    'upnp:album=B',
    'upnp:genre=C',
    'upnp:genre=D',
    'upnp:originalTrackNumber=3',
  ]);
  const episode = show({
    seriesTitle: 'S',
    episodeNumber: 2,
    seasonNumber: 1,
    description: 'd',
    bookmarkSeconds: 605.5,
  });
  expect(episode.elements.map(({ name, text: value }) => `${name}=${value}`).slice(3)).toEqual([
    'upnp:seriesTitle=S',
    'upnp:episodeNumber=2',
    'upnp:episodeSeason=1',
    'dc:description=d',
    'upnp:lastPlaybackPosition=0:10:05.500',
  ]);
});

test('no more people than a device bears', () => {
  const actors = Array.from({ length: 20 }, (_, at) => `Actor ${at}`);
  const shown = show({ actors }, didl({ mostActors: 6 }));
  expect(shown.elements.filter(({ name }) => name === 'upnp:actor')).toHaveLength(6);
});

test.each([
  ['2026-11-21', '2026-11-21'],
  ['2026-11-21T01:02:03Z', '2026-11-21T01:02:03'],
  ['2026-11-21T01:02:03.000+02:00', '2026-11-21T01:02:03'],
  ['1979', '1979-01-01'],
  ['1979-05', '1979-05-01'],
  ['soon', undefined],
])('the date %s is %s', (date, expected) => {
  expect(shownDate(date)).toBe(expected);
  expect(text(show({ date }, didl({ date: false })), 'dc:date')).toBeUndefined();
});

test('plain classes are folders and videos', () => {
  const profile = didl({ plainClasses: true });
  expect(text(present(folder, guestLike(profile), everything), 'upnp:class')).toBe(
    'object.container.storageFolder',
  );
  expect(text(show({ class: 'object.item.videoItem.movie' }, profile), 'upnp:class')).toBe(
    'object.item.videoItem',
  );
  expect(text(show({ class: 'object.item.audioItem.musicTrack' }, profile), 'upnp:class')).toBe(
    'object.item.audioItem.musicTrack',
  );
});

test.each<[string, Partial<MediaItem>, Partial<DeviceProfile['didl']>, string]>([
  ['numbered', { title: 'Intro', trackNumber: 2 }, { numberTitles: true }, '02 Intro'],
  ['an episode, numbered', { title: 'Pilot', episodeNumber: 12 }, { numberTitles: true }, '12 Pilot'],
  ['numbered already', { title: 'S01E02 Pilot', episodeNumber: 2 }, { numberTitles: true }, 'S01E02 Pilot'],
  ['without a number', { title: 'Film' }, { numberTitles: true }, 'Film'],
  ['slashes', { title: 'Face/Off' }, { replaceSlashes: true }, 'Face Off'],
  ['ASCII', { title: 'Amélie – “日本”' }, { asciiOnly: true }, 'Amelie - "??"'],
])('a title, %s', (_, item, habits, expected) => {
  expect(text(show(item, didl(habits)), 'dc:title')).toBe(expected);
});

test('ASCII keeps what can be kept', () => {
  expect(asciiOf('Straße Ærø Łódź ﬁn “q” …')).toBe('Strasse AEro Lodz fin "q" ...');
});

test('art in the size of the device, under the address it came to', () => {
  const shown = show({ art: { resourceId: 'p1' } }, { ...generic, art: 'sm' });
  expect(shown.elements.at(-1)).toEqual({
    name: 'upnp:albumArtURI',
    text: 'http://10.77.0.1:8200/art/p1.jpg?size=sm',
    attributes: { 'dlna:profileID': 'JPEG_SM' },
  });
});

test('several resources, best first; a conversion has no size', () => {
  const converted: Offer = {
    ...original,
    resourceId: '23',
    kind: 'converted',
    format: { container: 'mpegts', video: { codec: 'h264' } },
  };
  const [first, second] = show({ offers: [converted, original] }).resources;
  expect(first?.uri).toBe('http://10.77.0.1:8200/media/23.ts');
  expect(first?.attributes).toMatchObject({ duration: '0:00:03.000', bitrate: '33072' });
  expect(first?.attributes['size']).toBeUndefined();
  expect(first?.attributes['protocolInfo']).toContain('DLNA.ORG_CI=1');
  expect(second?.attributes['size']).toBe('99216');
});

test('a Toshiba finds its MPEG-TS once more under the name it looks for', () => {
  const stream: Offer = { ...original, format: { container: 'mpegts', video: { codec: 'mpeg2video' } } };
  const converted: Offer = { ...stream, kind: 'converted' };
  const shown = (offer: Offer) => show({ offers: [offer] }, bundledProfile('toshiba')).resources;
  const [first, second, ...others] = shown(stream);
  expect(others).toEqual([]);
  expect(second?.uri).toBe(first?.uri);
  expect(second?.attributes).toEqual({
    ...first?.attributes,
    protocolInfo: 'http-get:*:video/mpeg:DLNA.ORG_PN=MPEG_PS_NTSC;DLNA.ORG_OP=01;DLNA.ORG_CI=1',
  });
  expect([shown(original), shown(converted)].map((resources) => resources.length)).toEqual([1, 1]);
});

test('an Xbox 360 is told that covers are covers', () => {
  const art = { resourceId: '7' };
  expect(text(show({ art }, bundledProfile('xbox-360')), 'upnp:albumArtURI')).toBe(
    'http://10.77.0.1:8200/art/7.jpg?size=tn&albumArt=true',
  );
  expect(text(show({ art }), 'upnp:albumArtURI')).toBe('http://10.77.0.1:8200/art/7.jpg?size=tn');
});

const subtitles = [
  { resourceId: 's1', formats: ['srt', 'vtt', 'smi'] as const, language: 'en' },
  { resourceId: 's2', formats: ['srt'] as const },
];
const sec = didl({ namespaces: ['sec'] });
const captioned = (ways: DeviceProfile['subtitles'], profile = generic): DidlObject =>
  show({ subtitles }, { ...profile, subtitles: ways });

test('subtitles as resources, all of them, behind the film', () => {
  expect(captioned(['resource']).resources.slice(1)).toEqual([
    { uri: 'http://10.77.0.1:8200/subtitle/s1.srt', attributes: { protocolInfo: 'http-get:*:text/srt:*' } },
    { uri: 'http://10.77.0.1:8200/subtitle/s2.srt', attributes: { protocolInfo: 'http-get:*:text/srt:*' } },
  ]);
  expect(captioned(['smi']).resources.slice(1)).toEqual([
    {
      uri: 'http://10.77.0.1:8200/subtitle/s1.smi',
      attributes: { protocolInfo: 'http-get:*:smi/caption:*' },
    },
  ]);
});

test('subtitles as Samsung reads them', () => {
  const url = 'http://10.77.0.1:8200/subtitle/s1.srt';
  const attributes = { 'sec:type': 'srt' };
  expect(captioned(['caption-info', 'caption-info-ex'], sec).elements.slice(-2)).toEqual([
    { name: 'sec:CaptionInfoEx', text: url, attributes },
    { name: 'sec:CaptionInfo', text: url, attributes },
  ]);
  expect(captioned(['caption-info-ex']).elements.some(({ name }) => name.startsWith('sec:'))).toBe(false);
});

test('subtitles as attributes of the film, and none where they are burned in', () => {
  expect(captioned(['pv']).resources[0]?.attributes).toMatchObject({
    'pv:subtitleFileType': 'SRT',
    'pv:subtitleFileUri': 'http://10.77.0.1:8200/subtitle/s1.srt',
  });
  const burned = captioned(['burn'], sec);
  expect(burned.resources).toHaveLength(1);
  expect(JSON.stringify(burned)).not.toContain('subtitle/');
});

test.each([
  ['seconds', 'BM=605'],
  ['milliseconds', 'BM=605400'],
] as const)('a bookmark in %s', (bookmark, expected) => {
  const shown = show({ title: 'One, Two', bookmarkSeconds: 605.4 }, { ...sec, bookmark });
  expect(text(shown, 'sec:dcmInfo')).toBe(`CREATIONDATE=0,FOLDER=One  Two,${expected}`);
  expect(text(show({ bookmarkSeconds: 5 }), 'sec:dcmInfo')).toBeUndefined();
});
