import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import type { PlaybackChoice } from '@hearth/contract/playback';
import { Api } from '../core/api/api';
import { problemInterceptor } from '../core/api/interceptors';
import { Session } from '../core/session/session';
import { ProgressSender } from './progress-sender';
import { SessionOpener, type Target } from './session-opener';

const infoHash = '0123456789abcdef0123456789abcdef01234567';
beforeAll(() => {
  // What jsdom has not: a screen to ask about, and anything that plays.
  Object.assign(globalThis, { matchMedia: () => ({ matches: false }) });
  HTMLMediaElement.prototype.canPlayType = () => '';
});

const turn = () => new Promise((resolve) => setTimeout(resolve));

function opening(id: string, kind: Target['kind'] = 'file') {
  TestBed.configureTestingModule({
    providers: [
      provideHttpClient(withInterceptors([problemInterceptor])),
      provideHttpClientTesting(),
      { provide: Session, useValue: { token: () => Promise.resolve('t') } },
    ],
  });
  const done = TestBed.inject(SessionOpener).open({ kind, id }, {});
  const http = TestBed.inject(HttpTestingController);
  /** The next question, once the browser has said what it plays. */
  const next = async () => {
    for (;;) {
      const [request] = http.match('/api/playback');
      if (request) return request;
      await turn();
    }
  };
  return { done, next };
}
const refusal = (code: string, status: number) =>
  [
    { type: 'about:blank', title: code, status, code },
    { status, statusText: code },
  ] as const;

test('a file of a torrent is asked for by its place, as the server may still be noting it down', async () => {
  const { done, next } = opening(`torrent-${infoHash}-3`);
  const first = await next();
  expect(first.request.body).toMatchObject({ torrent: { infoHash, fileIndex: 3 } });
  first.flush(...refusal('TORRENT_METADATA_TIMEOUT', 504));
  await expect(done).rejects.toMatchObject({ code: 'TORRENT_METADATA_TIMEOUT' });
});

test('kept when its torrent was removed, it is a file like any other', async () => {
  const { done, next } = opening(`torrent-${infoHash}-3`);
  (await next()).flush(...refusal('NOT_FOUND', 404));
  const second = await next();
  expect(second.request.body).toMatchObject({ fileId: `torrent-${infoHash}-3` });
  second.flush(...refusal('SOURCE_UNAVAILABLE', 409));
  await expect(done).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE' });
});

test('any other file is asked for by its id', async () => {
  const { done, next } = opening('f1');
  const only = await next();
  expect(only.request.body).toMatchObject({ fileId: 'f1' });
  only.flush(...refusal('NOT_FOUND', 404));
  await expect(done).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('what a provider found is asked for as one of a title’s sources', async () => {
  const { done, next } = opening('s1', 'source');
  const only = await next();
  expect(only.request.body).toMatchObject({ sourceId: 's1' });
  only.flush(...refusal('SOURCE_UNAVAILABLE', 409));
  await expect(done).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE' });
});

describe('a session that is asked for ahead of its player', () => {
  const film: Target = { kind: 'file', id: 'f1' };
  /** A server that numbers its sessions. */
  const server = () => {
    const choices: unknown[] = [];
    const ended: string[] = [];
    const call = (_: unknown, { choice }: { choice: PlaybackChoice }) =>
      Promise.resolve({ sessionId: `s${String(choices.push(choice))}` });
    TestBed.configureTestingModule({
      providers: [
        { provide: Api, useValue: { call } },
        { provide: ProgressSender, useValue: { stop: (id: string) => ended.push(id) } },
      ],
    });
    const opener = TestBed.inject(SessionOpener);
    opener.openEarly(film.kind, film.id);
    return { opener, choices, ended };
  };

  test('is the player’s, once', async () => {
    const { opener, ended } = server();
    await expect(opener.open({ ...film }, {})).resolves.toEqual({ sessionId: 's1' });
    await expect(opener.open({ ...film }, {})).resolves.toEqual({ sessionId: 's2' });
    expect(ended).toEqual([]);
  });

  test('is ended when something else is played', async () => {
    const { opener, choices, ended } = server();
    await expect(opener.open(film, { quality: '720p' })).resolves.toEqual({ sessionId: 's2' });
    expect([choices, ended]).toEqual([[{}, { quality: '720p' }], ['s1']]);
  });
});
