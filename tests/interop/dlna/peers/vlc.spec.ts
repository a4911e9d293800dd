import { addLibrary } from '../../../support/app.js';
import { MediaFolder, srt } from '../../../support/media.js';
import { LanHearth } from '../lan-hearth.js';
import { clockClip } from './clock-clip.js';
import { playsH264Only } from './h264-only.js';
import { PrivateUser, whyNoPeers } from './private-user.js';

const SECONDS = 6;
/** As VLC's own service discovery writes it: `upnp://HOST:PORT/CONTROL?ObjectID=ID`. */
const address = (id: string): string =>
  `upnp://10.77.0.1:8097/ContentDirectory/control?ObjectID=${encodeURIComponent(id)}`;

const missing = whyNoPeers();
if (missing) process.stderr.write(`VLC is left out: ${missing}\n`);

(missing ? describe.skip : describe)(`VLC${missing ? ` (left out: ${missing})` : ''}`, () => {
  let home: LanHearth;
  let folder: MediaFolder;
  let user: PrivateUser;

  beforeAll(async () => {
    home = await LanHearth.start({ hearth: { eth0: '10.77.0.1' }, tv: { eth0: '10.77.0.2' } });
    folder = await MediaFolder.make();
    await clockClip(folder.path('Salt & Pepper (2019)/Salt & Pepper (2019).mp4'), SECONDS, 'libx264');
    await clockClip(folder.path('Subtitled (2020)/Subtitled (2020).mkv'), SECONDS, 'libx264');
    await folder.write('Subtitled (2020)/Subtitled (2020).en.srt', srt('First line', 'Second line'));
    await clockClip(folder.path('Old One (1999)/Old One (1999).avi'), SECONDS, 'mpeg4');
    const ada = await home.hearth.setUp();
    await playsH264Only(ada, home.hearth.dataDirectory, 'vlc');
    await addLibrary(ada, 'movies', folder.root);
    user = await PrivateUser.make();
  }, 200_000);
  afterAll(async () => {
    await home.dispose();
    await user.remove();
    await folder.remove();
  });

  /** Everything VLC says while it plays what is there, and ends. */
  async function watch(id: string, ...options: string[]): Promise<string> {
    const dummies = [
      '-vv',
      '-I',
      'dummy',
      '--vout',
      'dummy',
      '--aout',
      'dummy',
      '--miface',
      'eth0',
      '--no-color',
    ];
    const [program, ...args] = [...user.entry, 'cvlc', ...dummies, ...options, address(id), 'vlc://quit'];
    const { stdout, stderr } = await home.host('tv').run(program, args, { timeoutMs: 200_000 });
    return stdout + stderr;
  }

  /** What it opened, below the path of the server: containers by id, media and subtitles by ending. */
  const opened = (log: string, what: RegExp): string[] =>
    [...log.matchAll(/`([^']+)' successfully opened/g)].flatMap(([, url = '']) => what.exec(url)?.[1] ?? []);
  const CONTAINER = /\?ObjectID=(.+)$/;
  const MEDIA = /\/media\/[^/]+\.(\w+)$/;

  /** Its access and what reads its lists; decoders may say of our clips what they like. */
  const complaints = (log: string): string[] =>
    log.split('\n').filter((line) => /\b(upnp|directory|xml)\b[^:]* (error|warning):/i.test(line));

  test('browses and plays films as they are, with the subtitles beside them, and one that is converted', async () => {
    const log = await watch('movies$all');
    expect(opened(log, MEDIA).sort()).toEqual(['mkv', 'mp4', 'ts']);
    expect(log.match(/EOF reached/g)?.length).toBeGreaterThanOrEqual(3);
    expect(log).toMatch(/loading spu-es slave: http:\/\/10\.77\.0\.1:8097\/subtitle\/[^ ]+\.srt/);
    expect(log).toContain('using video decoder module "avcodec"');
    expect(complaints(log)).toEqual([]);
  }, 240_000);

  test('walks the whole tree without a complaint, and every film in it begins', async () => {
    const log = await watch('0', '--recursive', 'expand', '--stop-time', '1');
    const containers = opened(log, CONTAINER).map(decodeURIComponent);
    for (const id of ['0', 'movies', 'movies$all', 'movies$genre', 'movies$year', 'movies$az', 'recent'])
      expect(containers).toContain(id);
    // In recent, all, its year and its letter.
    expect(opened(log, MEDIA)).toHaveLength(3 * 4);
    expect(complaints(log)).toEqual([]);
  }, 240_000);
});
