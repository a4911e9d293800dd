import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ClientCapabilities, playbackRoutes } from '../../../contract/src/playback.js';
import { titleRoutes } from '../../../contract/src/title.js';
import type { Client } from '../../support/client.js';
import { Hearth } from '../../support/hearth.js';
import { addLibrary } from '../../support/app.js';
import { clipTitle, type MatrixClip } from '../../support/matrix-clips.js';
import { readFragment } from './fragment.js';
import { decode, factsOf, faultsOf, framesIn, openMultivariant, RenditionUnderTest } from './validator.js';

/** Decodes all that a browser may, but opens no file as it is. H.264 is what everybody is sent who decodes nothing of it. */
const client: ClientCapabilities = {
  containers: ['none'],
  videoCodecs: ['h264', 'vp9', 'av1'],
  audioCodecs: ['aac', 'mp3', 'opus', 'flac'],
  subtitleFormats: ['vtt'],
};

/**
 * Tests of what is streamed of each clip: valid segments, the same from every server, that decode to every frame.
 * @param ways of each clip: its picture as it is (false), encoded (true)
 */
export function segmentsOf(
  clips: readonly MatrixClip[],
  ways: (clip: MatrixClip) => readonly boolean[],
): void {
  let folder: string;
  const servers: { hearth: Hearth; ada: Client }[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hearth-matrix-'));
    for (const clip of clips)
      await symlink(await clip.path(), join(folder, `${clipTitle(clip)}.${clip.name.split('.').at(-1)}`));
    // Two servers, so that two encoders that know nothing of each other make the same segment.
    for (let count = 0; count < 2; count++) {
      const hearth = await Hearth.start();
      const ada = await hearth.setUp();
      await addLibrary(ada, 'movies', folder);
      servers.push({ hearth, ada });
    }
  }, 600_000);
  afterAll(async () => {
    for (const { hearth } of servers) await hearth.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  async function play(server: number, clip: MatrixClip, encoded: boolean) {
    const { ada, hearth } = servers[server] ?? {};
    if (!ada || !hearth) throw new Error('no server');
    const { items } = await ada.call(titleRoutes.list, { limit: 100 });
    const title = items.find(({ name }) => name === clipTitle(clip));
    if (!title)
      throw new Error(`${clip.name} is not in the library: ${items.map(({ name }) => name).join(', ')}`);
    const session = await ada.call(playbackRoutes.start, {
      titleId: title.id,
      client: encoded ? { ...client, videoCodecs: ['none'] } : client,
    });
    const master = new URL(session.url, hearth.client.baseUrl).href;
    return { session, ada, multivariant: await openMultivariant(master) };
  }

  async function audioOf(
    multivariant: Awaited<ReturnType<typeof openMultivariant>>,
  ): Promise<RenditionUnderTest> {
    const uri = multivariant.media.find((one) => one.get('TYPE') === 'AUDIO')?.get('URI');
    if (uri === undefined) throw new Error('no audio rendition');
    return RenditionUnderTest.open(uri);
  }

  async function videoOf({
    variants: [first],
  }: Awaited<ReturnType<typeof openMultivariant>>): Promise<RenditionUnderTest> {
    if (!first) throw new Error('no variant');
    return RenditionUnderTest.open(first.url);
  }

  /** From the middle, then from two thirds, then what is left: three encoders at least. */
  const scattered = (count: number): number[] => [
    ...new Set([Math.floor(count / 2), Math.floor((count * 2) / 3), 0]),
  ];

  for (const clip of clips) {
    for (const encoded of ways(clip)) {
      test(`${clip.name}, picture ${encoded ? 'encoded' : 'as it is'}`, async () => {
        const first = await play(0, clip, encoded);
        expect(first.session.method).toBe(
          !encoded && !first.session.streams.audio.some(({ action }) => action === 'encode')
            ? 'remux'
            : 'transcode',
        );
        expect(first.session.streams.video?.action).toBe(encoded ? 'encode' : 'copy');
        const video = await videoOf(first.multivariant);
        const segments = await video.all(scattered(video.playlist.segments.length));
        const second = await play(1, clip, encoded);
        const again = await (await videoOf(second.multivariant)).all();
        expect(segments.map((one) => factsOf(readFragment(one)))).toEqual(
          again.map((one) => factsOf(readFragment(one))),
        );
        if (clip.damaged !== true) {
          expect(faultsOf(video, segments, 'video')).toEqual([]);
          const { frames, errors } = await decode(video.init, segments);
          expect(errors).toBe('');
          const expected = !encoded ? await framesIn(await clip.path()) : null;
          const samples = segments.reduce((sum, one) => sum + readFragment(one).samples.length, 0);
          expect(frames).toBe(expected ?? samples);
          const length = video.playlist.segments.reduce((sum, { seconds }) => sum + seconds, 0);
          expect(Math.abs(samples / clip.frameRate - length)).toBeLessThan(
            !encoded && clip.name.startsWith('variable') ? length : 1.5 / clip.frameRate,
          );
        }
        const audio = await audioOf(first.multivariant);
        const sound = await audio.all(scattered(audio.playlist.segments.length));
        const soundAgain = await (await audioOf(second.multivariant)).all();
        expect(sound.map((one) => factsOf(readFragment(one)))).toEqual(
          soundAgain.map((one) => factsOf(readFragment(one))),
        );
        if (clip.damaged !== true) {
          expect(faultsOf(audio, sound, 'audio')).toEqual([]);
          expect((await decode(audio.init, sound)).errors).toBe('');
        }
        for (const { session, ada } of [first, second])
          await ada.call(playbackRoutes.stop, { sessionId: session.sessionId });
      }, 240_000);
    }
  }
}
