import { TestBed } from '@angular/core/testing';
import { provideHttpClient } from '@angular/common/http';
import { provideHttpClientTesting } from '@angular/common/http/testing';
import { provideRouter } from '@angular/router';
import { type TorrentEngineStatus, type TorrentSettings } from '@hearth/contract/torrent';
import { TorrentEngineCard } from './torrent-engine-card';

const list = { count: 0, refreshedAt: null, error: null };
const wired = { name: 'eth0', addresses: ['192.0.2.4'], up: true, used: false };
const tunnel = { name: 'wg0', addresses: ['10.7.0.2'], up: true, used: true };
const status: TorrentEngineStatus = {
  ...{ state: 'running', message: '', restarts: 0, memoryBytes: 1e8, cacheUsedBytes: 5, cacheBytes: 10 },
  ...{ downloadSpeed: 0, uploadSpeed: 0, peers: 2, dhtNodes: null, listeningPort: 6881 },
  ...{ trackerList: list, blockList: list, interfaces: [wired, tunnel] },
};

function textOf(change: Partial<TorrentEngineStatus>, networkInterface: string): string {
  TestBed.configureTestingModule({
    providers: [provideHttpClient(), provideHttpClientTesting(), provideRouter([])],
  });
  const card = TestBed.createComponent(TorrentEngineCard);
  const settings: Partial<TorrentSettings> = { enabled: true, networkInterface };
  card.componentRef.setInput('status', { ...status, ...change });
  card.componentRef.setInput('settings', settings);
  card.detectChanges();
  const host: HTMLElement = card.nativeElement;
  return host.textContent.replace(/\s+/g, ' ');
}

test.each<[string, Partial<TorrentEngineStatus>, string, string]>([
  ['no interface is chosen', {}, '', 'No network interface is chosen'],
  ['the chosen one is used', {}, 'wg0', 'Everything goes through wg0.'],
  ['the chosen one is away', { state: 'held', interfaces: [wired] }, 'wg0', 'wg0 is away. Nothing leaves'],
  [
    'the chosen one is down',
    { interfaces: [wired, { ...tunnel, up: false, used: false }] },
    'wg0',
    'wg0 is away. Nothing leaves',
  ],
  [
    'another one is used as well',
    { interfaces: [{ ...wired, used: true }, tunnel] },
    'wg0',
    'The engine also uses eth0.',
  ],
])('%s', (_, change, name, words) => {
  expect(textOf(change, name)).toContain(words);
});

test('an engine that has nothing to do is at rest, not off', () => {
  expect(textOf({ state: 'off' }, '')).toContain('At rest');
});
