import type { MediaStream, Source } from '@hearth/contract/title';
import { clientCapabilities, type CodecProbe } from './client-capabilities';

/** A browser that plays exactly what `plays` matches, opens what `opens` matches and takes segments of `feeds`. */
const browser = (plays: RegExp, opens = /mp4|webm/, feeds = /^$/): CodecProbe => ({
  plays: (type) => Promise.resolve(plays.test(type)),
  opens: (type) => opens.test(type),
  feeds: (type) => Promise.resolve(feeds.test(type)),
});
const chrome = 'Mozilla/5.0 Chrome/140.0';

function sourceWith(container: string, kind: 'video' | 'audio', codecString: string): Source {
  const stream: MediaStream = {
    index: 0, kind, codec: 'x', codecString, language: null, title: null, isDefault: true, forced: false,
    hearingImpaired: false, width: null, height: null, frameRate: null, hdr: null, channels: null, channelLayout: null,
    bitrate: null,
  }; // prettier-ignore
  return {
    id: 's', kind: 'file', fileId: 'f', episodeIds: [], label: '', fileName: '', size: 1, container,
    durationSeconds: null, bitrate: null, available: true, streams: [stream], externalSubtitles: [], extraKind: null,
  }; // prettier-ignore
}

test('one string a profile stands for the H.264 levels below it', async () => {
  const { videoCodecs } = await clientCapabilities(
    browser(/avc1\.(42E0|4D40|6400)(1E|1F|28|29|2A|33)/),
    chrome,
  );
  expect(videoCodecs).toEqual(['avc1.42E033', 'avc1.4D4033', 'avc1.640033']);
});

test('other codecs are listed level by level', async () => {
  const { videoCodecs } = await clientCapabilities(browser(/vp09\.00\.(40|41|50)\.08/), chrome);
  expect(videoCodecs).toEqual(['vp09.00.40.08', 'vp09.00.41.08', 'vp09.00.50.08']);
});

test('nothing is claimed that the browser refuses', async () => {
  const nothing = await clientCapabilities(browser(/^$/, /^$/), chrome);
  expect(nothing).toEqual({
    containers: [],
    videoCodecs: [],
    audioCodecs: [],
    streaming: { videoCodecs: [], audioCodecs: [] },
    subtitleFormats: ['vtt'],
  });
});

test('sound by the names the server keeps', async () => {
  const { audioCodecs } = await clientCapabilities(browser(/mp4a\.40\.2|opus|ec-3/), chrome);
  expect(audioCodecs).toEqual(['mp4a.40.2', 'opus', 'eac3']);
});

test('the file’s own string is tried in the file’s own container and listed first', async () => {
  const sources = [sourceWith('matroska', 'video', 'hvc1.2.4.L123.90')];
  const yes = await clientCapabilities(
    browser(/^video\/x-matroska; codecs="hvc1\.2\.4\.L123\.90"$/),
    chrome,
    sources,
  );
  expect(yes.videoCodecs).toEqual(['hvc1.2.4.L123.90']);
  const no = await clientCapabilities(browser(/avc1/), chrome, sources);
  expect(no.videoCodecs).not.toContain('hvc1.2.4.L123.90');
});

test('containers are those the browser opens', async () => {
  const { containers } = await clientCapabilities(browser(/^$/, /mp4|x-matroska/), chrome);
  expect(containers).toEqual(['mp4', 'matroska']);
});

test('Firefox’s word on Matroska is not taken', async () => {
  const firefox = await clientCapabilities(browser(/^$/, /mp4|x-matroska/), 'Mozilla/5.0 Firefox/146.0');
  expect(firefox.containers).toEqual(['mp4']);
});

test('what is decoded in segments is asked apart from files', async () => {
  const found = await clientCapabilities(browser(/ac-3/, /mp4/, /avc1\.640028|mp4a\.40\.2|opus/), chrome);
  expect(found.audioCodecs).toEqual(['ac3']);
  expect(found.streaming).toEqual({ videoCodecs: ['avc1.640028'], audioCodecs: ['mp4a.40.2', 'opus'] });
});

test('a stream that would stutter at its own size is not claimed, whatever the general answer is', async () => {
  const slow: CodecProbe = {
    ...browser(/./, /./, /./),
    feeds: (_, stream) => Promise.resolve(stream === undefined),
  };
  const { streaming } = await clientCapabilities(slow, chrome, [sourceWith('mp4', 'video', 'av01.0.16M.10')]);
  expect(streaming?.videoCodecs).toContain('av01.0.15M.10');
  expect(streaming?.videoCodecs).not.toContain('av01.0.16M.10');
});

test('what the screen and the speakers take is passed on', async () => {
  const found = await clientCapabilities(browser(/^$/), chrome, [], { hdr: ['hdr10'], maxAudioChannels: 6 });
  expect(found).toMatchObject({ hdr: ['hdr10'], maxAudioChannels: 6 });
});

test('the lists fit the contract', async () => {
  const { clientCapabilities: schema } = await import('@hearth/contract/playback');
  const everything = await clientCapabilities(browser(/./, /./), chrome);
  expect(schema.safeParse(everything).success).toBe(true);
});
