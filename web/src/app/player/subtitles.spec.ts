import { TestBed } from '@angular/core/testing';
import type { PlaybackSession, SubtitleTrack } from '@hearth/contract/playback';
import { jest } from '@jest/globals';
import { Session } from '../core/session/session';
import { Playback } from './playback';
import { SessionOpener } from './session-opener';
import { Subtitles } from './subtitles';

const track: SubtitleTrack = {
  ...{ id: '3', format: 'vtt', url: '/s/3', burned: false, language: 'en', label: 'English', growing: true },
  ...{ forced: false, hearingImpaired: false, isDefault: true, origin: 'embedded' },
};
const session: Pick<PlaybackSession, 'fileId' | 'subtitles' | 'audioTracks' | 'fonts'> = {
  ...{ fileId: 'f', subtitles: [track], audioTracks: [], fonts: [] },
};

beforeAll(() => {
  // jsdom has no text tracks.
  Object.defineProperty(HTMLTrackElement.prototype, 'track', {
    get: () => Object.assign(new EventTarget(), { cues: [] }),
  });
});
beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test('new lines are looked for while somebody watches, and neither in a pause nor behind another page', () => {
  TestBed.configureTestingModule({
    providers: [
      Subtitles,
      { provide: Session, useValue: { user: () => null } },
      { provide: Playback, useValue: {} },
      { provide: SessionOpener, useValue: {} },
    ],
  });
  const video = document.createElement('video');
  const subtitles = TestBed.inject(Subtitles);
  subtitles.attach(video);
  subtitles.begin(session as PlaybackSession);
  subtitles.select(track.id);
  video.querySelector('track')?.dispatchEvent(new Event('load'));
  const asks = (state: { paused: boolean; hidden: boolean }) => {
    Object.defineProperty(video, 'paused', { value: state.paused, configurable: true });
    Object.defineProperty(document, 'hidden', { value: state.hidden, configurable: true });
    jest.advanceTimersByTime(5000);
    const [, fresh] = video.querySelectorAll('track');
    fresh?.dispatchEvent(new Event('load'));
    return fresh !== undefined;
  };
  expect(asks({ paused: false, hidden: false })).toBe(true);
  expect(asks({ paused: true, hidden: false })).toBe(false);
  expect(asks({ paused: false, hidden: true })).toBe(false);
  subtitles.drawnByBrowser(true);
  expect(asks({ paused: false, hidden: true })).toBe(true);
  subtitles.drawnByBrowser(false);
  expect(asks({ paused: false, hidden: false })).toBe(true);
  subtitles.detach();
});
