import { clientCapabilities } from '@hearth/contract/playback';
import type { SourceFacts, SourceReason } from '@hearth/contract/source';
import { type Circumstances, noCircumstances, rank, type Rankable } from './rank.js';

type Given = Partial<Omit<Rankable, 'facts'>> & Partial<SourceFacts>;

const nothingSaid: SourceFacts = {
  resolution: null, origin: null, videoCodec: null, audioCodec: null, hdr: null, languages: [], releaseGroup: null,
}; // prettier-ignore

function made(kind: Rankable['kind'], { resolution, origin, videoCodec, audioCodec, hdr, languages, ...rest }: Given): Rankable {
  const said = { resolution, origin, videoCodec, audioCodec, hdr, languages };
  const facts = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
  return {
    ...{ id: kind, kind, container: null, size: null, bitrate: null, available: true, isExtra: false, here: kind === 'file' ? 1 : 0 },
    ...{ seeders: null, trust: 0.5, group: null, merits: [], facts: { ...nothingSaid, resolution: '1080p', ...facts } },
    ...rest,
  };
} // prettier-ignore

const f = (given: Given = {}) => made('file', given);
const t = (given: Given = {}) => made('torrent', { seeders: 40, ...given });
const h = (given: Given = {}) => made('http', given);
const l = (given: Given = {}) => made('link', given);

const GB = 1e9;
const wants = (preferences: Partial<Circumstances['preferences']>, more: Partial<Circumstances> = {}) => ({
  ...more,
  preferences: { ...noCircumstances.preferences, ...preferences },
});
const hears = (...audioLanguages: string[]) => ({ audioLanguages });
const runs = { runtimeSeconds: 7200 };
const browser = { client: clientCapabilities.parse({ containers: ['mp4'], videoCodecs: ['avc1.640028'], audioCodecs: ['mp4a.40.2'], maxHeight: 1080, hdr: [] }) }; // prettier-ignore
const set = { client: clientCapabilities.parse({ containers: ['mkv', 'mp4'], videoCodecs: ['hevc', 'h264', 'av1'], audioCodecs: ['aac', 'ac3', 'eac3', 'truehd'], hdr: ['hdr10'] }) }; // prettier-ignore
const line = (bandwidth: number, more: Partial<Circumstances> = runs) => ({ ...more, bandwidth });
const episode = { lastGroup: 'OPEN' };

type Row = [
  name: string,
  best: Rankable,
  next: Rankable,
  leading: SourceReason['code'],
  who?: Partial<Circumstances>,
];

/** One row a case: the first comes before the second, and this is the strongest thing that is said of it. */
const rows: Row[] = [
  // What is here
  ['a file before a torrent of the same picture', f(), t(), 'here-already'],
  ['a file before a larger picture from a full swarm', f(), t({ resolution: '2160p', seeders: 900 }), 'here-already'],
  ['a DVD that is here before 4K that is not', f({ resolution: '480p' }), t({ resolution: '2160p', seeders: 900 }), 'here-already'],
  ['a file before HTTP', f({ resolution: '720p' }), h({ resolution: '2160p', trust: 1 }), 'here-already'],
  ['a file before a link', f({ resolution: 'sd' }), l({ resolution: '2160p' }), 'here-already'],
  ['a torrent that is here whole before one that is not', t({ here: 1, seeders: 0 }), t({ id: 'b', seeders: 900 }), 'here-already'],
  ['a torrent that is partly here before one that is not', t({ here: 0.5 }), t({ id: 'b' }), 'partly-here'],
  ['the more of it is here', t({ here: 0.9 }), t({ id: 'b', here: 0.3 }), 'partly-here'],
  ['half of it here makes up for a smaller picture', t({ here: 0.5, resolution: '720p' }), t({ id: 'b', resolution: '2160p' }), 'partly-here'],
  ['a little of it does not', t({ id: 'b', resolution: '2160p' }), t({ here: 0.1, resolution: '720p' }), 'resolution-wanted'],
  ['a file before the same torrent whole', f({ id: 'a' }), t({ id: 'b', here: 1 }), 'here-already'],
  // Not there, not the thing itself
  ['anything before a file that is away', t({ seeders: 0, origin: 'cam', resolution: 'sd' }), f({ available: false }), 'recorded-in-cinema'],
  ['a file before one that is away', f({ resolution: 'sd' }), f({ id: 'b', available: false, resolution: '2160p' }), 'here-already'],
  ['a film before its trailer', f({ resolution: '480p' }), f({ id: 'b', isExtra: true, resolution: '2160p' }), 'here-already'],
  ['a torrent before a trailer that is here', t({ seeders: 1 }), f({ isExtra: true, resolution: '2160p' }), 'resolution-wanted'],
  ['a trailer before what is away', f({ isExtra: true }), f({ id: 'b', available: false }), 'extra'],
  ['a trailer that is away last', f({ available: false }), f({ id: 'b', available: false, isExtra: true }), 'unavailable'],
  ['a poor torrent before a page to open', t({ seeders: 0, resolution: 'sd' }), l({ resolution: '2160p' }), 'seeders-none'],
  ['a page to open before a trailer', l(), f({ isExtra: true }), 'opens-elsewhere'],
  ['of pages the larger picture', l({ resolution: '2160p' }), l({ id: 'b', resolution: '480p' }), 'opens-elsewhere'],
  // Recorded in a cinema
  ['a small clean picture before a large one off a screen', t({ resolution: '480p', seeders: 20 }), t({ id: 'b', resolution: '1080p', origin: 'cam', seeders: 5000 }), 'seeders-many'],
  ['telesync is such a one', t({ resolution: 'sd' }), t({ id: 'b', resolution: '1080p', origin: 'ts', seeders: 5000 }), 'seeders-many'],
  ['telecine is such a one', t({ resolution: 'sd' }), t({ id: 'b', resolution: '1080p', origin: 'tc', seeders: 5000 }), 'seeders-many'],
  ['a workprint is such a one', t({ resolution: 'sd' }), t({ id: 'b', resolution: '1080p', origin: 'workprint' }), 'seeders-many'],
  ['even one that nobody gives comes before it', t({ seeders: 0 }), t({ id: 'b', origin: 'cam' }), 'seeders-none'],
  ['and one of an unlikely size', t({ size: 5e7 }), t({ id: 'b', origin: 'cam' }), 'size-unlikely', runs],
  ['a screener is none', t({ origin: 'screener' }), t({ id: 'b', origin: 'cam' }), 'resolution-wanted'],
  ['of two off a screen the larger', t({ origin: 'cam', resolution: '1080p' }), t({ id: 'b', origin: 'ts', resolution: '480p' }), 'recorded-in-cinema'],
  ['a file off a screen after a clean torrent', t({ resolution: 'sd', seeders: 1 }), f({ origin: 'cam', resolution: '1080p' }), 'resolution-low'],
  ['HTTP off a screen after a torrent', t({ seeders: 2 }), h({ origin: 'ts' }), 'resolution-wanted'],
  // Resolution
  ['2160p before 1080p', t({ resolution: '2160p' }), t({ id: 'b' }), 'resolution-wanted'],
  ['1440p before 1080p', t({ resolution: '1440p' }), t({ id: 'b' }), 'resolution-wanted'],
  ['2160p before 1440p', t({ resolution: '2160p' }), t({ id: 'b', resolution: '1440p' }), 'resolution-wanted'],
  ['1080p before 720p', t(), t({ id: 'b', resolution: '720p' }), 'resolution-wanted'],
  ['720p before 576p', t({ resolution: '720p' }), t({ id: 'b', resolution: '576p' }), 'seeders-many'],
  ['576p before 480p', t({ resolution: '576p' }), t({ id: 'b', resolution: '480p' }), 'seeders-many'],
  ['480p before less', t({ resolution: '480p' }), t({ id: 'b', resolution: 'sd' }), 'seeders-many'],
  ['what is said before what is not', t({ resolution: 'sd' }), t({ id: 'b', resolution: null }), 'seeders-many'],
  ['of files, too', f({ resolution: '2160p' }), f({ id: 'b' }), 'here-already'],
  ['a file of unknown size last', f({ resolution: 'sd' }), f({ id: 'b', resolution: null }), 'here-already'],
  ['1080p wanted: it comes before 2160p', t(), t({ id: 'b', resolution: '2160p', seeders: 900 }), 'resolution-wanted', wants({ maxResolution: '1080p' })],
  ['1080p wanted: 720p, too', t({ resolution: '720p' }), t({ id: 'b', resolution: '2160p', seeders: 900 }), 'seeders-many', wants({ maxResolution: '1080p' })],
  ['1080p wanted: even 480p', t({ resolution: '480p' }), t({ id: 'b', resolution: '1440p' }), 'seeders-many', wants({ maxResolution: '1080p' })],
  ['720p wanted: it comes before 1080p', t({ resolution: '720p' }), t({ id: 'b' }), 'seeders-many', wants({ maxResolution: '720p' })],
  ['720p wanted: of smaller ones the larger', t({ resolution: '576p' }), t({ id: 'b', resolution: '480p' }), 'seeders-many', wants({ maxResolution: '720p' })],
  ['480p wanted: it comes before 720p', t({ resolution: '480p' }), t({ id: 'b', resolution: '720p' }), 'seeders-many', wants({ maxResolution: '480p' })],
  ['480p wanted: so does less', t({ resolution: 'sd' }), t({ id: 'b', resolution: '720p' }), 'seeders-many', wants({ maxResolution: '480p' })],
  ['2160p wanted: nothing is above', t({ resolution: '2160p' }), t({ id: 'b' }), 'resolution-wanted', wants({ maxResolution: '2160p' })],
  ['a limit chooses among files, too', f({ resolution: '720p' }), f({ id: 'b', resolution: '2160p' }), 'here-already', wants({ maxResolution: '720p' })],
  ['but a file above it before a torrent below', f({ resolution: '2160p' }), t({ resolution: '720p', seeders: 5 }), 'here-already', wants({ maxResolution: '1080p' })],
  // The device
  ['a codec it plays before one it does not', t({ videoCodec: 'H.264' }), t({ id: 'b', videoCodec: 'H.265' }), 'resolution-wanted', browser],
  ['another container before another codec', t({ videoCodec: 'H.264', container: 'mkv' }), t({ id: 'b', videoCodec: 'AV1', container: 'mp4' }), 'resolution-wanted', browser],
  ['as it is before another container', t({ videoCodec: 'H.264', audioCodec: 'AAC', container: 'mp4' }), t({ id: 'b', videoCodec: 'H.264', audioCodec: 'AAC', container: 'mkv' }), 'plays-directly', browser],
  ['as it is before other sound', t({ videoCodec: 'H.264', audioCodec: 'AAC', container: 'mp4' }), t({ id: 'b', videoCodec: 'H.264', audioCodec: 'DTS', container: 'mp4' }), 'plays-directly', browser],
  ['1080p as it is before 2160p that it cannot show', t({ videoCodec: 'H.264', container: 'mp4' }), t({ id: 'b', videoCodec: 'H.264', resolution: '2160p' }), 'plays-directly', browser],
  ['720p as it is before 1080p to be encoded', t({ resolution: '720p', videoCodec: 'H.264', container: 'mp4' }), t({ id: 'b', videoCodec: 'H.265' }), 'plays-directly', browser],
  ['what it may play before what it cannot', t({ videoCodec: null }), t({ id: 'b', videoCodec: 'VC-1' }), 'resolution-wanted', browser],
  ['a television plays HEVC as it is', t({ videoCodec: 'H.265', container: 'mkv', resolution: '2160p' }), t({ id: 'b', videoCodec: 'H.264', container: 'mkv' }), 'resolution-wanted', set],
  ['and TrueHD', t({ videoCodec: 'H.265', audioCodec: 'TrueHD', container: 'mkv' }), t({ id: 'b', videoCodec: 'H.265', audioCodec: 'DTS', container: 'mkv' }), 'plays-directly', set],
  ['but no XviD', t({ videoCodec: 'H.264', resolution: '480p' }), t({ id: 'b', videoCodec: 'XviD', resolution: '480p' }), 'seeders-many', set],
  ['of files what it plays as it is', f({ videoCodec: 'H.264', audioCodec: 'AAC', container: 'mp4' }), f({ id: 'b', videoCodec: 'H.265', container: 'mkv', resolution: '2160p' }), 'here-already', browser],
  ['a file to be encoded before a torrent that is not', f({ videoCodec: 'H.265' }), t({ videoCodec: 'H.264', container: 'mp4' }), 'here-already', browser],
  ['unknown to all, the picture decides', t({ resolution: '2160p', videoCodec: 'H.265' }), t({ id: 'b', videoCodec: 'H.264' }), 'resolution-wanted'],
  ['HDR is lost on it', t({ hdr: null }), t({ id: 'b', hdr: 'hdr10' }), 'resolution-wanted', browser],
  ['HDR is shown', t({ hdr: 'hdr10' }), t({ id: 'b' }), 'resolution-wanted', set],
  ['HDR of a file is shown', f({ hdr: 'hlg' }), f({ id: 'b' }), 'here-already', set],
  // The line
  ['what the line carries', t({ size: 3 * GB }), t({ id: 'b', size: 30 * GB }), 'resolution-wanted', line(10e6)],
  ['a smaller picture that it carries', t({ resolution: '720p', size: 2 * GB }), t({ id: 'b', resolution: '2160p', size: 50 * GB }), 'seeders-many', line(8e6)],
  ['a wide line carries all', t({ resolution: '2160p', size: 50 * GB }), t({ id: 'b', size: 3 * GB }), 'resolution-wanted', line(1e9)],
  ['it needs something beyond the mean', t({ resolution: '720p', size: 2 * GB }), t({ id: 'b', resolution: '1080p', size: 9 * GB }), 'seeders-many', line(10.5e6)],
  ['a measured bit rate counts before size', f({ bitrate: 4e6 }), f({ id: 'b', bitrate: 4e7, size: GB }), 'here-already', line(10e6)],
  ['without a runtime size says nothing', t({ resolution: '2160p', size: 50 * GB }), t({ id: 'b', size: 3 * GB }), 'resolution-wanted', line(10e6, {})],
  ['unmeasured, nothing is too slow', t({ resolution: '2160p', size: 50 * GB }), t({ id: 'b', size: 3 * GB }), 'resolution-wanted', runs],
  ['HTTP that the line carries', h({ size: 3 * GB }), h({ id: 'b', size: 30 * GB }), 'needs-no-swarm', line(10e6)],
  // Size
  ['below the limit', t({ size: 2 * GB }), t({ id: 'b', size: 20 * GB, resolution: '2160p' }), 'resolution-wanted', wants({ maxSize: 5 * GB })],
  ['far below the picture of what is above', t({ size: GB, resolution: '480p' }), t({ id: 'b', size: 20 * GB, resolution: '2160p' }), 'seeders-many', wants({ maxSize: 5 * GB })],
  ['unknown before too large', t({ size: null }), t({ id: 'b', size: 20 * GB }), 'resolution-wanted', wants({ maxSize: 5 * GB })],
  ['HTTP below the limit', h({ size: 2 * GB }), h({ id: 'b', size: 6 * GB }), 'needs-no-swarm', wants({ maxSize: 5 * GB })],
  ['what is here has no limit', f({ size: 60 * GB, resolution: '2160p' }), f({ id: 'b', size: GB, resolution: '720p' }), 'here-already', wants({ maxSize: 5 * GB })],
  ['exactly the limit is below', t({ size: 5 * GB, resolution: '2160p' }), t({ id: 'b', size: 5 * GB - 1 }), 'resolution-wanted', wants({ maxSize: 5 * GB })],
  ['too small for 2160p', t({ size: 2 * GB }), t({ id: 'b', resolution: '2160p', size: GB, seeders: 900 }), 'resolution-wanted', runs],
  ['too small for 1080p', t({ resolution: '720p', size: GB }), t({ id: 'b', size: 1e8, seeders: 900 }), 'seeders-many', runs],
  ['too small for 720p', t({ resolution: '480p', size: 7e8 }), t({ id: 'b', resolution: '720p', size: 5e7 }), 'seeders-many', runs],
  ['too small for anything', t({ resolution: '480p', size: 7e8 }), t({ id: 'b', resolution: null, size: 1e6 }), 'seeders-many', runs],
  ['too small whatever the runtime', t({ resolution: '480p', size: null }), t({ id: 'b', size: 1e6 }), 'seeders-many'],
  ['small for a film, right for an episode', t({ size: 4e8 }), t({ id: 'b', resolution: '720p', size: 4e8 }), 'resolution-wanted', { runtimeSeconds: 1500 }],
  ['HTTP too small', t({ seeders: 1 }), h({ size: 1e6 }), 'resolution-wanted', runs],
  ['a file is what it is', f({ size: 1e6 }), t(), 'here-already', runs],
  ['nobody gives it, but it is likely', t({ seeders: 0 }), t({ id: 'b', size: 1e6 }), 'seeders-none', runs],
  // The swarm
  ['many before few', t({ seeders: 50 }), t({ id: 'b', seeders: 2 }), 'resolution-wanted'],
  ['few before none', t({ seeders: 1 }), t({ id: 'b', seeders: 0 }), 'resolution-wanted'],
  ['more before many', t({ seeders: 400 }), t({ id: 'b', seeders: 10 }), 'seeders-many'],
  ['unknown before few', t({ seeders: null }), t({ id: 'b', seeders: 3 }), 'resolution-wanted'],
  ['many before unknown', t({ seeders: 30 }), t({ id: 'b', seeders: null }), 'resolution-wanted'],
  ['720p with a swarm before 1080p without', t({ resolution: '720p' }), t({ id: 'b', seeders: 0 }), 'seeders-many'],
  ['720p with a swarm before 1080p with two', t({ resolution: '720p' }), t({ id: 'b', seeders: 2 }), 'seeders-many'],
  ['1080p with a small swarm before 480p with a large one', t({ seeders: 12 }), t({ id: 'b', resolution: '480p', seeders: 300 }), 'resolution-wanted'],
  ['a swarm that has all of a torrent that is partly here', t({ here: 0.2, seeders: 40 }), t({ id: 'b', here: 0.2, seeders: 0 }), 'resolution-wanted'],
  // Language
  ['the wanted language', t({ languages: ['de'] }), t({ id: 'b', languages: ['en'] }), 'language-wanted', wants({ languages: ['de'] })],
  ['the first of two', t({ languages: ['de'] }), t({ id: 'b', languages: ['en'] }), 'language-wanted', wants({ languages: ['de', 'en'] })],
  ['among several', t({ languages: ['fr', 'de'] }), t({ id: 'b', languages: ['fr'] }), 'language-wanted', wants({ languages: ['de'] })],
  ['by its first part', t({ languages: ['pt-BR'] }), t({ id: 'b', languages: ['es'] }), 'language-wanted', wants({ languages: ['pt'] })],
  ['whatever the case', t({ languages: ['DE'] }), t({ id: 'b', languages: ['en'] }), 'language-wanted', wants({ languages: ['de-AT'] })],
  ['not said before another', t({ languages: [] }), t({ id: 'b', languages: ['ru'] }), 'resolution-wanted', wants({ languages: ['de'] })],
  ['said before not said', t({ languages: ['de'] }), t({ id: 'b' }), 'language-wanted', wants({ languages: ['de'] })],
  ['720p in it before 2160p in another', t({ resolution: '720p', languages: ['de'] }), t({ id: 'b', resolution: '2160p', languages: ['ru'] }), 'language-wanted', wants({ languages: ['de'] })],
  ['of files, too', f({ resolution: '720p', languages: ['de'] }), f({ id: 'b', languages: ['en'] }), 'here-already', wants({ languages: ['de'] })],
  ['the one that films are heard in', t({ languages: ['de'] }), t({ id: 'b', languages: ['en'] }), 'language-wanted', hears('de')],
  ['the first of those', t({ languages: ['en', 'de'] }), t({ id: 'b', languages: ['en'] }), 'language-wanted', hears('de', 'en')],
  ['of those, too, by its first part', t({ languages: ['pt'] }), t({ id: 'b', languages: ['es'] }), 'language-wanted', hears('pt-BR')],
  ['720p that is understood before 2160p that is not', t({ resolution: '720p', languages: ['de'] }), t({ id: 'b', resolution: '2160p', languages: ['ru'] }), 'language-wanted', hears('de')],
  ['not said before one that is not understood', t(), t({ id: 'b', languages: ['ru'] }), 'resolution-wanted', hears('de')],
  ['of files what is understood', f({ resolution: '720p', languages: ['de'] }), f({ id: 'b', languages: ['en'] }), 'here-already', hears('de')],
  ['what is wanted of sources counts before that', t({ languages: ['en'] }), t({ id: 'b', languages: ['de'] }), 'language-wanted', wants({ languages: ['en'] }, hears('de'))],
  ['unwanted, none counts', t({ resolution: '2160p', languages: ['ru'] }), t({ id: 'b', languages: ['en'] }), 'resolution-wanted'],
  // Who found it
  ['whom one may believe', t({ trust: 0.9 }), t({ id: 'b', trust: 0.5 }), 'resolution-wanted'],
  ['rather than whom not', t({ trust: 0.5 }), t({ id: 'b', trust: 0.1 }), 'resolution-wanted'],
  ['a trusted 720p not before 1080p', t({ trust: 0.6 }), t({ id: 'b', resolution: '720p', trust: 0.8 }), 'resolution-wanted'],
  ['a trusted 720p before doubtful 1080p', t({ resolution: '720p', trust: 1 }), t({ id: 'b', trust: 0.2 }), 'seeders-many'],
  ['HTTP of one that is trusted', h({ trust: 1 }), h({ id: 'b', trust: 0 }), 'needs-no-swarm'],
  // How it was made
  ['a disc before a recording off the air', t({ origin: 'bluray' }), t({ id: 'b', origin: 'hdtv' }), 'resolution-wanted'],
  ['a disc before the web', t({ origin: 'remux' }), t({ id: 'b', origin: 'web-dl' }), 'resolution-wanted'],
  ['the web before what was recorded of it', t({ origin: 'web-dl' }), t({ id: 'b', origin: 'webrip' }), 'resolution-wanted'],
  ['a disc does not make up for a smaller picture', t({ origin: 'hdtv' }), t({ id: 'b', origin: 'bluray', resolution: '720p' }), 'resolution-wanted'],
  // HTTP
  ['HTTP before a swarm of the same', h(), t({ seeders: 10 }), 'needs-no-swarm'],
  ['HTTP before a swarm that nobody knows', h({ resolution: '720p' }), t({ seeders: null, resolution: '720p' }), 'needs-no-swarm'],
  ['4K of a full swarm before 720p by HTTP', t({ resolution: '2160p', seeders: 400 }), h({ resolution: '720p' }), 'resolution-wanted'],
  ['HTTP before a page', h({ resolution: 'sd' }), l({ resolution: '2160p' }), 'needs-no-swarm'],
  // The same group
  ['as the last episode was', t({ group: 'OPEN' }), t({ id: 'b', group: 'OTHER' }), 'resolution-wanted', episode],
  ['also where the swarm is smaller', t({ group: 'OPEN', seeders: 20 }), t({ id: 'b', group: 'OTHER', seeders: 100 }), 'resolution-wanted', episode],
  ['not where it is another picture', t({ resolution: '1080p' }), t({ id: 'b', resolution: '480p', group: 'OPEN' }), 'resolution-wanted', episode],
  ['without one nobody is', t({ id: 'a', group: null }), t({ id: 'b', group: 'OPEN' }), 'resolution-wanted'],
  // Equals
  ['merits decide between equals', t({ id: 'b', merits: [2, 0] }), t({ id: 'a', merits: [1, 9] }), 'resolution-wanted'],
  ['the first that differs', t({ id: 'b', merits: [1, 3] }), t({ id: 'a', merits: [1, 2] }), 'resolution-wanted'],
  ['then ids', t({ id: 'a' }), t({ id: 'b' }), 'resolution-wanted'],
]; // prettier-ignore

test.each(rows)('%s', (_, best, next, leading, who = {}) => {
  const circumstances = { ...noCircumstances, ...who };
  for (const given of [[best, next], [next, best]]) {
    const [first, second] = rank(given, circumstances);
    expect([first?.source, second?.source]).toEqual([best, next]);
    expect(first?.reasons[0]?.code).toBe(leading);
    expect(first?.score).toBe(first?.reasons.reduce((sum, { weight }) => sum + weight, 0));
  }
}); // prettier-ignore

test('there are as many rows as are needed to believe it', () => {
  expect(rows.length).toBeGreaterThanOrEqual(100);
});

test.each([
  ['a file', f(), 1],
  ['HTTP', h(), 3],
  ['a full swarm', t({ seeders: 20 }), 8],
  ['a small one', t({ seeders: 5 }), 15],
  ['hardly one', t({ seeders: 1 }), 40],
  ['nobody', t({ seeders: 0 }), null],
  ['nobody, but part of it is here', t({ seeders: 0, here: 0.1 }), 6],
  ['a page', l(), null],
  ['what is away', f({ available: false }), null],
])('%s begins after about so long', (_, source, seconds) => {
  expect(rank([source], noCircumstances)[0]?.startSeconds).toBe(seconds);
});

test('reasons come with the strongest first, each at most once', () => {
  const [ranked] = rank([t({ here: 0.5, origin: 'remux', trust: 1 })], noCircumstances);
  const weights = (ranked?.reasons ?? []).map(({ weight }) => Math.abs(weight));
  expect(weights).toEqual(weights.toSorted((a, b) => b - a));
  const codes = (ranked?.reasons ?? []).map(({ code }) => code);
  expect(new Set(codes).size).toBe(codes.length);
});
