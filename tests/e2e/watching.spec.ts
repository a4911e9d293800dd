import { rename } from 'node:fs/promises';
import { connect } from 'node:net';
import { type PlaybackSession, playbackRoutes } from '../../contract/src/playback.js';
import { titleRoutes } from '../../contract/src/title.js';
import type { Client } from '../support/client.js';
import { databaseKinds, Hearth } from '../support/hearth.js';
import { MediaFolder, srt } from '../support/media.js';
import { addLibrary, rescan, titleNamed } from '../support/scanned.js';
import { waitFor } from '../support/wait-for.js';

let media: MediaFolder;

beforeAll(async () => {
  media = await MediaFolder.make();
  await media.film('films/Meadow (2019)/Meadow (2019).mkv', {
    seconds: 100,
    subtitles: srt('Good <i>morning</i>.', 'Fish & chips'),
  });
  await media.write('films/Meadow (2019)/Meadow (2019).de.srt', srt('Guten Morgen, schöne Welt.'));
  await media.film('films/Old Tape (1998).avi', { videoCodec: 'mpeg4' });
  for (const name of ['S01E01', 'S01E02', 'S01E03-E04', 'S02E01']) {
    await media.film(`series/Harbour/Season ${name.slice(1, 3)}/Harbour ${name}.mkv`, { seconds: 100 });
  }
}, 60_000);
afterAll(() => media.remove());

describe.each(databaseKinds)('watching on %s', (database) => {
  let hearth: Hearth;
  let ada: Client;
  let mia: Client;
  let filmId: string;
  let seriesId: string;
  let filmsLibrary: string;

  beforeAll(async () => {
    hearth = await Hearth.start({ database });
    ada = await hearth.setUp();
    mia = await hearth.admit(ada);
    filmsLibrary = (await addLibrary(ada, 'movies', media.path('films'))).id;
    await addLibrary(ada, 'series', media.path('series'));
    filmId = (await titleNamed(ada, 'Meadow')).id;
    seriesId = (await titleNamed(ada, 'Harbour')).id;
  }, 60_000);
  afterAll(() => hearth.dispose());

  const play = (who: Client, what: { titleId?: string; episodeId?: string }): Promise<PlaybackSession> =>
    who.call(playbackRoutes.start, { ...what, client: {} });
  const save = (who: Client, { sessionId }: PlaybackSession, positionSeconds: number): Promise<void> =>
    who.call(playbackRoutes.progress, { sessionId, positionSeconds });
  const stateOf = async (who: Client) => (await who.call(titleRoutes.detail, { id: filmId })).state;
  const historyOf = async (who: Client) => (await who.call(playbackRoutes.history, {})).items;
  const episodes = async (who: Client) =>
    (await who.call(titleRoutes.episodes, { id: seriesId })).items.map((episode) => ({
      ...episode,
      name: `S${episode.seasonNumber}E${episode.number}`,
    }));
  const watchedOf = async (who: Client) =>
    (await episodes(who)).filter(({ state }) => state?.watched).map(({ name }) => name);

  test('progress, resume, watched at 90 %, history: each person their own', async () => {
    const first = await play(ada, { titleId: filmId });
    expect(first).toMatchObject({ method: 'direct', resumeSeconds: 0, title: { name: 'Meadow' } });
    expect(first.durationSeconds).toBeCloseTo(100, 0);
    await save(ada, first, 41.5);
    expect((await play(ada, { titleId: filmId })).resumeSeconds).toBe(41.5);
    expect((await play(mia, { titleId: filmId })).resumeSeconds).toBe(0);
    expect(await stateOf(mia)).toBeNull();
    const refusal = await mia.refused(playbackRoutes.progress, {
      sessionId: first.sessionId,
      positionSeconds: 80,
    });
    expect(refusal).toMatchObject({ status: 404, problem: { code: 'NOT_FOUND' } });

    await save(ada, first, 89.9 * (first.durationSeconds / 100));
    expect(await stateOf(ada)).toMatchObject({ watched: false });
    await save(ada, first, 90.1 * (first.durationSeconds / 100));
    expect(await stateOf(ada)).toMatchObject({ watched: true });
    expect((await play(ada, { titleId: filmId })).resumeSeconds).toBe(0);
    await ada.call(playbackRoutes.stop, { sessionId: first.sessionId });
    const [entry] = (await historyOf(ada)).filter(({ completed }) => completed);
    expect(entry).toMatchObject({ title: { id: filmId }, episode: null });
    expect(await historyOf(mia)).toEqual([]);
  });

  test('an entry of the history can be taken out, by its owner only', async () => {
    const [entry] = await historyOf(ada);
    const id = entry?.id ?? '';
    expect(await mia.refused(playbackRoutes.deleteHistory, { id })).toMatchObject({ status: 404 });
    await ada.call(playbackRoutes.deleteHistory, { id });
    expect((await historyOf(ada)).map((one) => one.id)).not.toContain(id);
  });

  test('a position beyond the end counts as the end', async () => {
    const session = await play(mia, { titleId: filmId });
    await save(mia, session, 1e6);
    expect(await stateOf(mia)).toMatchObject({ watched: true, positionSeconds: session.durationSeconds });
    await mia.call(playbackRoutes.watched, { titleId: filmId, watched: false });
    expect(await stateOf(mia)).toMatchObject({ watched: false, positionSeconds: 0 });
  });

  test('the last place may come with the end of a session, and is its viewer’s alone to say', async () => {
    const { sessionId } = await play(mia, { titleId: filmId });
    await ada.refused(playbackRoutes.stop, { sessionId, positionSeconds: 61 });
    expect(await stateOf(mia)).toMatchObject({ positionSeconds: 0 });
    const again = await play(mia, { titleId: filmId });
    await mia.call(playbackRoutes.stop, { sessionId: again.sessionId, positionSeconds: 33 });
    expect(await stateOf(mia)).toMatchObject({ positionSeconds: 33 });
    const { items } = await ada.call(playbackRoutes.sessions);
    for (const ended of [sessionId, again.sessionId])
      expect(items.map((one) => one.sessionId)).not.toContain(ended);
    await mia.call(playbackRoutes.watched, { titleId: filmId, watched: false });
  });

  test('who hangs up while a session is opened has none', async () => {
    const { hostname, port } = new URL(hearth.client.baseUrl);
    const body = JSON.stringify({ titleId: filmId, client: {} });
    const head = [
      `POST /api/playback HTTP/1.1`,
      `host: ${hostname}`,
      `authorization: Bearer ${mia.accessToken ?? ''}`,
    ];
    head.push('content-type: application/json', `content-length: ${body.length}`, '', body);
    const running = async () =>
      (await mia.call(playbackRoutes.sessions)).items.map(({ sessionId }) => sessionId).sort();
    const before = await running();
    const socket = connect(Number(port), hostname);
    await new Promise<unknown>((written) => socket.write(head.join('\r\n'), written));
    socket.destroy();
    // It is opened after that one, so that one is there to be ended.
    const { sessionId } = await play(mia, { titleId: filmId });
    const expected = [...before, sessionId].sort().join(' ');
    await waitFor(async () => (await running()).join(' ') === expected, 'the other to be over', 5000);
  });

  test('favourites are each person’s own', async () => {
    const titleId = filmId;
    await ada.call(playbackRoutes.addFavorite, { titleId });
    await ada.call(playbackRoutes.addFavorite, { titleId });
    expect((await ada.call(playbackRoutes.favorites, {})).items.map(({ id }) => id)).toEqual([titleId]);
    expect(await mia.call(playbackRoutes.favorite, { titleId })).toEqual({ favorite: false });
    expect((await mia.call(playbackRoutes.favorites, {})).items).toEqual([]);
    await ada.call(playbackRoutes.removeFavorite, { titleId });
    expect(await ada.call(playbackRoutes.favorite, { titleId })).toEqual({ favorite: false });
    expect(await ada.refused(playbackRoutes.addFavorite, { titleId: 'nothing' })).toMatchObject({
      status: 404,
    });
  });

  test('watched marks for an episode, a season, a whole series', async () => {
    const all = await episodes(ada);
    expect(all.map(({ name }) => name)).toEqual(['S1E1', 'S1E2', 'S1E3', 'S1E4', 'S2E1']);
    const seasons = await ada.call(titleRoutes.seasons, { id: seriesId });
    const seasonId = seasons.items[0]?.id ?? '';
    await ada.call(playbackRoutes.watched, { episodeId: all[4]?.id, watched: true });
    expect(await watchedOf(ada)).toEqual(['S2E1']);
    await ada.call(playbackRoutes.watched, { seasonId, watched: true });
    expect(await watchedOf(ada)).toEqual(['S1E1', 'S1E2', 'S1E3', 'S1E4', 'S2E1']);
    await ada.call(playbackRoutes.watched, { titleId: seriesId, watched: false });
    expect(await watchedOf(ada)).toEqual([]);
    expect(await watchedOf(mia)).toEqual([]);
  });

  test('a file with two episodes moves both, and the next one comes after them', async () => {
    const third = (await episodes(mia)).find(({ name }) => name === 'S1E3');
    const session = await play(mia, { episodeId: third?.id ?? '' });
    expect(session.nextEpisode).toMatchObject({ seasonNumber: 2, number: 1 });
    await save(mia, session, session.durationSeconds * 0.95);
    expect(await watchedOf(mia)).toEqual(['S1E3', 'S1E4']);
  });

  test('subtitles inside the film and beside it come as WebVTT', async () => {
    const { subtitles } = await play(ada, { titleId: filmId });
    expect(subtitles.map(({ origin }) => origin)).toEqual(['external', 'embedded']);
    expect(subtitles[0]).toMatchObject({ language: expect.stringMatching(/^(de|deu|ger)$/) });
    const [external, embedded] = await Promise.all(
      subtitles.map(async ({ url }) => {
        const response = await hearth.client.fetch(url);
        expect(response.headers.get('content-type')).toBe('text/vtt; charset=utf-8');
        return response.text();
      }),
    );
    expect(external).toMatch(/^WEBVTT\n/);
    expect(external).toContain('Guten Morgen, schöne Welt.');
    expect(external).toContain('00:00:01.000 --> 00:00:02.000');
    expect(embedded).toMatch(/^WEBVTT\n/);
    expect(embedded).toContain('Good <i>morning</i>.');
    expect(embedded).toContain('Fish &amp; chips');
    expect(embedded).toMatch(/00:00:02\.0\d\d --> 00:00:03\.0\d\d/);
  });

  test('a file that this device cannot play as it is is converted, and says why', async () => {
    const { id } = await titleNamed(ada, 'Old Tape');
    const client = { containers: ['mp4'], videoCodecs: ['avc1.640028'], audioCodecs: ['mp4a.40.2'] };
    const session = await ada.call(playbackRoutes.start, { titleId: id, client });
    expect(session).toMatchObject({
      method: 'transcode',
      streams: { video: { action: 'encode', reasons: ['video-codec-unsupported'] } },
      contentType: 'application/vnd.apple.mpegurl',
    });
    expect(session.reasons.join(' ')).toMatch(/does not play this AVI file.*does not decode MPEG-4 video/);
    await ada.call(playbackRoutes.stop, { sessionId: session.sessionId });
  });

  test('a film whose file is gone stays, with its history, and plays again when it is back', async () => {
    const path = media.path('films/Meadow (2019)/Meadow (2019).mkv');
    const away = media.path('Meadow.away');
    await rename(path, away);
    try {
      await rescan(ada, filmsLibrary);
      expect(await titleNamed(ada, 'Meadow')).toMatchObject({ id: filmId, available: false });
      const { problem } = await ada.refused(playbackRoutes.start, { titleId: filmId, client: {} });
      expect(problem.code).toBe('SOURCE_UNAVAILABLE');
    } finally {
      await rename(away, path);
    }
    await rescan(ada, filmsLibrary);
    expect(await titleNamed(ada, 'Meadow')).toMatchObject({ id: filmId, available: true });
    expect(await stateOf(ada)).toMatchObject({ watched: true });
    await play(ada, { titleId: filmId });
  });
});
