import { provideHttpClient } from '@angular/common/http';
import { provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import type { SessionStatus, StreamDecision } from '@hearth/contract/playback';
import type { RenditionActivity } from '@hearth/contract/session-activity';
import { StreamCard } from './stream-card';

const decision: StreamDecision = {
  index: 0,
  action: 'encode',
  from: 'hevc',
  to: 'h264',
  reasons: ['quality-chosen', 'video-range-unsupported'],
};
const activity: RenditionActivity = {
  renditionId: 'v0-720p',
  state: 'running',
  queuePosition: null,
  framesPerSecond: 48.4,
  speed: 2.02,
  encoder: 'libx264',
  cpu: 0.87,
  aheadSeconds: 15,
  error: null,
};
const status: SessionStatus = {
  sessionId: 's',
  state: 'converting',
  progress: null,
  etaSeconds: null,
  message: 'Converting.',
  method: 'transcode',
  reasons: [],
  streams: { video: decision, audio: [], subtitle: null },
  quality: '720p',
  renditions: [activity],
  sendSpeed: 250_000,
  timeline: [],
  positionSeconds: 61,
  durationSeconds: 3600,
  accountId: 'a',
  username: 'Ben',
  deviceName: 'Tablet',
  titleId: 't',
  titleName: 'Long Crossing',
  episodeId: null,
  startedAt: new Date().toISOString(),
};

function textOf(change: Partial<SessionStatus> = {}): string {
  TestBed.configureTestingModule({
    providers: [provideHttpClient(), provideHttpClientTesting(), provideRouter([])],
  });
  const card = TestBed.createComponent(StreamCard);
  card.componentRef.setInput('status', { ...status, ...change });
  card.detectChanges();
  const host: HTMLElement = card.nativeElement;
  return host.textContent.replace(/\s+/g, ' ');
}

test('says what is sent and why, in words and by name', () => {
  const text = textOf();
  expect(text).toContain('Converted · hevc → h264');
  expect(text).toContain('Ben chose this quality.');
  expect(text).toContain('The picture is HDR, this screen is not.');
  expect(text).toContain('1:01 of 1:00:00');
  for (const fact of ['libx264', '48 frames', '2× as fast', '87% of a core', '15 sec ahead', '2 Mb/s sent'])
    expect(text).toContain(fact);
});

test('who waits for a turn reads which place that is', () => {
  const queued: RenditionActivity = { ...activity, state: 'queued', queuePosition: 2 };
  const text = textOf({ state: 'starting', renditions: [queued] });
  expect(text).toContain('number 2 in the line');
  expect(text).toContain('in the line');
});

test('a start says what it is at and how long that takes', () => {
  const timeline = [{ step: 'index', startMs: 3, endMs: null }] as const;
  const text = textOf({ state: 'starting', etaSeconds: 1.2, timeline: [...timeline], renditions: [] });
  expect(text).toContain('Reading the file’s index. About 2 seconds to go.');
});

test('trouble is told in the server’s words, with the encoder’s own', () => {
  const failed: RenditionActivity = { ...activity, state: 'failed', error: 'it broke' };
  const text = textOf({ state: 'error', message: 'The file is gone.', renditions: [failed] });
  expect(text).toContain('In trouble');
  expect(text).toContain('The file is gone.');
  expect(text).toContain('it broke');
});

test('tracks that fare alike are told once', () => {
  const sound: StreamDecision = { index: 1, action: 'copy', from: 'aac', to: 'aac', reasons: [] };
  const text = textOf({
    streams: { video: decision, audio: [sound, { ...sound, index: 2 }], subtitle: null },
  });
  expect(text.match(/As it is · aac/g)).toHaveLength(1);
});
