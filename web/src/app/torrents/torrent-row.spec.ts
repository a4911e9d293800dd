import { provideHttpClient } from '@angular/common/http';
import { provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import type { Torrent } from '@hearth/contract/torrent';
import { aTorrent } from './testing/a-torrent';
import { TorrentRow } from './torrent-row';

function render(change: Partial<Torrent>) {
  TestBed.configureTestingModule({
    providers: [provideHttpClient(), provideHttpClientTesting(), provideRouter([])],
  });
  const fixture = TestBed.createComponent(TorrentRow);
  fixture.componentRef.setInput('torrent', aTorrent(change));
  fixture.detectChanges();
  const host: HTMLElement = fixture.nativeElement;
  return {
    text: host.textContent.replace(/\s+/g, ' '),
    bar: host.querySelector('[role=progressbar]'),
    entries: [...host.querySelectorAll('[role=menuitem]')].map((item) => item.textContent.trim()),
    play: host.querySelector('.actions > a'),
  };
}

test('a state is said in words, with how far it is and how fast', () => {
  const { text, bar, play } = render({ state: 'streaming', progress: 36.4, downloadSpeed: 4_200_000 });
  expect(text).toContain('Being watched');
  expect(text).toContain('36%');
  expect(text).toContain('4.2 MB/s');
  expect(bar?.getAttribute('aria-valuenow')).toBe('36.4');
  expect(play?.getAttribute('href')).toBe('/watch/file/torrent-f-0');
});

test('nearly all of it is not all of it', () => {
  expect(render({ progress: 99.99 }).text).toContain('99%');
});

test('why it waits is told, in no other state', () => {
  const message = 'Nobody has the next piece.';
  expect(render({ state: 'stalled', message }).text).toContain(message);
  TestBed.resetTestingModule();
  expect(render({ state: 'downloading', message }).text).not.toContain(message);
});

test('of what nobody knows anything yet, no progress is claimed and nothing plays', () => {
  const { text, bar, play } = render({ state: 'metadata', size: null, playFileId: null });
  expect(text).toContain('size not known yet');
  expect(bar?.hasAttribute('aria-valuenow')).toBe(false);
  expect(play).toBeNull();
});

test('somebody else’s can be watched and linked to, not managed', () => {
  expect(render({ mine: false, shared: true, addedBy: 'Ben' }).entries).toEqual([
    'Play',
    'Details',
    'Copy the magnet link',
  ]);
  TestBed.resetTestingModule();
  expect(render({ mine: true, state: 'paused', download: true, kept: 'yes', shared: true }).entries).toEqual([
    'Play',
    'Details',
    'Go on',
    'Fetch only what is watched',
    'Show it to me alone',
    'Copy the magnet link',
    'Remove…',
  ]);
});
