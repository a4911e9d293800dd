import { Component, computed, effect, inject, input, signal, untracked } from '@angular/core';
import type { TorrentEngineStatus, TorrentSettings } from '@hearth/contract/torrent';
import { formatBytes, formatSpeed } from '../core/format';
import { I18n, translator } from '../core/i18n/i18n';
import { pushed } from '../ui/chart-path';
import { Icon } from '../ui/icon';
import { LiveChart } from '../ui/live-chart';
import { ProgressBar } from '../ui/progress-bar';
import { torrentMessages } from './torrent-messages';

/** How many looks the charts keep. */
const capacity = 60;
const states = {
  off: 'engineOff',
  starting: 'engineStarting',
  running: 'engineRunning',
  restarting: 'engineRestarting',
  held: 'engineHeld',
} as const;

/** How the engine is, over the last minutes, and where its traffic leaves. */
@Component({
  selector: 'app-torrent-engine-card',
  imports: [Icon, LiveChart, ProgressBar],
  templateUrl: './torrent-engine-card.html',
  styleUrl: './torrent-engine-card.css',
})
export class TorrentEngineCard {
  readonly #locale = inject(I18n).locale;
  readonly status = input.required<TorrentEngineStatus>();
  readonly settings = input.required<TorrentSettings>();
  protected readonly t = translator(torrentMessages);
  protected readonly capacity = capacity;
  readonly #past = signal<{ down: readonly number[]; up: readonly number[]; memory: readonly number[] }>({
    down: [],
    up: [],
    memory: [],
  });
  protected readonly state = computed(() => {
    const { state } = this.status();
    return this.t(state === 'off' && this.settings().enabled ? 'engineIdle' : states[state]);
  });
  /** What is wrong, in the server’s words. */
  protected readonly trouble = computed(() => {
    const { state, message } = this.status();
    return state === 'restarting' || state === 'held' ? message : '';
  });
  protected readonly charts = computed(() => {
    const { downloadSpeed, uploadSpeed, memoryBytes } = this.status();
    const past = this.#past();
    return [
      { name: this.t('down'), value: this.#speed(downloadSpeed), values: past.down, most: 1e6 },
      { name: this.t('up'), value: this.#speed(uploadSpeed), values: past.up, most: 1e6 },
      {
        name: this.t('memory'),
        value: memoryBytes === null ? '–' : this.#bytes(memoryBytes),
        values: past.memory,
        most: 200e6,
      },
    ];
  });
  protected readonly numbers = computed(() => {
    const { peers, dhtNodes, listeningPort, restarts } = this.status();
    const number = (value: number) => value.toLocaleString(this.#locale());
    return [
      { name: this.t('peers'), value: number(peers) },
      ...(dhtNodes === null ? [] : [{ name: this.t('dht'), value: number(dhtNodes) }]),
      { name: this.t('port'), value: listeningPort === null ? this.t('portNone') : String(listeningPort) },
      { name: this.t('restarts'), value: number(restarts) },
    ];
  });
  protected readonly cache = computed(() => {
    const { cacheUsedBytes, cacheBytes } = this.status();
    return {
      percent: cacheBytes > 0 ? Math.min(100, Math.round((cacheUsedBytes / cacheBytes) * 100)) : 0,
      text: this.t('cacheOf', { used: this.#bytes(cacheUsedBytes), whole: this.#bytes(cacheBytes) }),
    };
  });
  /** Whether traffic leaves as it was asked to. */
  protected readonly verdict = computed(() => {
    const name = this.settings().networkInterface;
    if (!name) return { tone: 'plain', icon: 'info', text: this.t('leakAny') } as const;
    const { interfaces } = this.status();
    const others = interfaces.filter((one) => one.used && one.name !== name).map((one) => one.name);
    if (others.length > 0)
      return { tone: 'bad', icon: 'error', text: this.t('leakBad', { others: others.join(', ') }) } as const;
    const up = interfaces.some((one) => one.name === name && one.up);
    return up
      ? ({ tone: 'good', icon: 'check_circle', text: this.t('leakFine', { name }) } as const)
      : ({ tone: 'wait', icon: 'vpn_lock', text: this.t('leakHeld', { name }) } as const);
  });

  constructor() {
    effect(() => {
      const { downloadSpeed, uploadSpeed, memoryBytes } = this.status();
      untracked(() =>
        this.#past.update(({ down, up, memory }) => ({
          down: pushed(down, downloadSpeed, capacity),
          up: pushed(up, uploadSpeed, capacity),
          memory: pushed(memory, memoryBytes ?? 0, capacity),
        })),
      );
    });
  }

  #bytes(value: number): string {
    return formatBytes(value, this.#locale());
  }

  #speed(value: number): string {
    return formatSpeed(value, this.#locale());
  }
}
