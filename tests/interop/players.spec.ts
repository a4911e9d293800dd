import { execFile } from 'node:child_process';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import {
  type ClientCapabilities,
  type PlaybackSession,
  playbackRoutes,
} from '../../contract/src/playback.js';
import { titleRoutes } from '../../contract/src/title.js';
import { addLibrary } from '../support/app.js';
import type { Client } from '../support/client.js';
import { Hearth } from '../support/hearth.js';
import { clipTitle, matrixClips } from '../support/matrix-clips.js';
import { framesIn } from './hls/validator.js';

const run = promisify(execFile);
const ffprobe = process.env['FFPROBE_PATH'] ?? 'ffprobe';

const client: ClientCapabilities = {
  containers: ['none'],
  videoCodecs: ['h264'],
  audioCodecs: ['aac'],
  subtitleFormats: ['vtt'],
};

/** One that is copied with two languages and subtitles, one that is encoded. */
const clips = matrixClips.filter(({ name }) => ['h264-ac3-5.1.mkv', 'hevc-10.mkv'].includes(name));

describe('players that are not ours', () => {
  let folder: string;
  let hearth: Hearth;
  let ada: Client;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hearth-players-'));
    for (const clip of clips)
      await symlink(await clip.path(), join(folder, clipTitle(clip) + extname(clip.name)));
    hearth = await Hearth.start();
    ada = await hearth.setUp();
    await addLibrary(ada, 'movies', folder);
  }, 300_000);
  afterAll(async () => {
    await hearth.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  async function play(name: string): Promise<PlaybackSession> {
    const clip = clips.find((one) => one.name === name);
    const { items } = await ada.call(titleRoutes.list, {});
    const title = items.find((one) => clip && one.name === clipTitle(clip));
    return ada.call(playbackRoutes.start, { titleId: title?.id, client });
  }

  interface Seen {
    readonly codec_type: string;
    readonly codec_name: string;
    readonly tags?: { language?: string };
  }

  /** What ffmpeg's own HLS and DASH clients see, and how many frames of the preferred picture they decode. */
  async function watch(url: string): Promise<{ streams: Seen[]; frames: number }> {
    const { stdout } = await run(ffprobe, ['-v', 'error', '-show_streams', '-of', 'json', url]);
    const { streams } = JSON.parse(stdout) as { streams: Seen[] };
    return { streams, frames: await framesIn(url) };
  }

  const kinds = (streams: readonly Seen[], kind: string) =>
    streams.filter(({ codec_type }) => codec_type === kind);

  test.each(['h264-ac3-5.1.mkv', 'hevc-10.mkv'])(
    'ffmpeg plays %s by HLS and by DASH, every frame',
    async (name) => {
      const session = await play(name);
      const clip = clips.find((one) => one.name === name);
      const expected = await framesIn((await clip?.path()) ?? '');
      for (const address of [session.url, session.dashUrl ?? '']) {
        const { streams, frames } = await watch(new URL(address, hearth.client.baseUrl).href);
        // The validator counts exactly; ffmpeg's DASH client leaves out a last frame now and then.
        expect(Math.abs(frames - expected)).toBeLessThanOrEqual(1);
        expect(kinds(streams, 'video').length).toBeGreaterThanOrEqual(1);
        expect(kinds(streams, 'video')[0]?.codec_name).toBe('h264');
        expect(kinds(streams, 'audio').length).toBe(session.streams.audio.length);
      }
      await ada.call(playbackRoutes.stop, { sessionId: session.sessionId });
    },
    180_000,
  );
});
