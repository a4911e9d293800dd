import { Component, computed, DestroyRef, inject, output, signal } from '@angular/core';
import { formatBitrate, formatBytes, formatClock, formatSpeed } from '../core/format';
import { I18n, translator } from '../core/i18n/i18n';
import { streamWords } from '../core/i18n/stream-words';
import { type PlotStep, StepPlot } from '../ui/step-plot';
import { BrowserPeers } from './browser-peers';
import type { PictureFacts } from './media-engine';
import { playerMessages } from './messages';
import { Panel } from './panel';
import type { PeerNumbers } from './peers/shared-film';
import { Playback } from './playback';
import { bufferAhead } from './player-state';
import { SessionWatch } from './session-watch';
import { statsWords } from './stats-words';
import { TorrentWatch } from './torrent-watch';

/** What is not known is not listed. */
const unknown = '';

/** How it plays and why, in numbers, once a second; what the server does for it, while this is open. */
@Component({
  selector: 'app-stats-panel',
  imports: [Panel, StepPlot],
  templateUrl: './stats-panel.html',
  styleUrl: './stats-panel.css',
})
export class StatsPanel {
  readonly #playback = inject(Playback);
  readonly #i18n = inject(I18n);
  readonly #streams = streamWords();
  readonly #words = statsWords();
  readonly closed = output();
  protected readonly t = translator(playerMessages);
  readonly #torrent = inject(TorrentWatch);
  readonly #peers = inject(BrowserPeers);
  readonly #shared = signal<PeerNumbers | undefined>(undefined);
  protected readonly status = inject(SessionWatch).status;
  protected readonly locale = this.#i18n.locale;
  readonly #facts = signal<PictureFacts | undefined>(undefined);

  protected readonly method = computed(() => {
    const session = this.#playback.session();
    return session ? this.#streams.method(session.method) : unknown;
  });
  protected readonly streams = computed(() => {
    // The server knows of encoders that failed meanwhile.
    const streams = this.status()?.streams ?? this.#playback.session()?.streams;
    return streams ? this.#streams.lines(streams) : [];
  });
  protected readonly rows = computed(() => {
    const state = this.#playback.state();
    const facts = this.#facts();
    const { number } = this.#words;
    const quality = this.#playback.quality();
    const all = facts ? facts.droppedFrames + facts.shownFrames : 0;
    return [
      { name: this.t('quality'), value: quality === 'original' ? this.t('qualityOriginal') : quality },
      {
        name: this.t('statType'),
        value: codecsOf(facts) || (this.#playback.session()?.contentType ?? unknown),
      },
      { name: this.t('statPicture'), value: facts?.width ? `${facts.width} × ${facts.height}` : unknown },
      {
        name: this.t('statDropped'),
        value: facts ? this.t('statOf', { part: number(facts.droppedFrames), whole: number(all) }) : unknown,
      },
      { name: this.t('statBuffer'), value: this.t('seconds', { seconds: number(bufferAhead(state), 1) }) },
      { name: this.t('statBandwidth'), value: facts?.bandwidth ? this.rate(facts.bandwidth) : unknown },
      {
        name: this.t('statPosition'),
        value: `${formatClock(state.position)} / ${formatClock(state.duration)}`,
      },
      { name: this.t('statSpeed'), value: `${number(state.rate, 2)}×` },
    ].filter(({ value }) => value !== unknown);
  });
  protected readonly converters = computed(() => this.#words.lines(this.status()?.renditions ?? []));
  /** With whom its bytes are exchanged; what is not, is not listed. */
  protected readonly exchanges = computed(() =>
    [
      { name: this.t('statTorrent'), rows: this.#swarm() },
      { name: this.t('statShared'), rows: this.#browsers() },
    ].filter(({ rows }) => rows.length > 0),
  );
  /** The torrent behind it. */
  readonly #swarm = computed(() => {
    const torrent = this.#torrent.status();
    if (!torrent) return [];
    const speed = (value: number) => formatSpeed(value, this.locale());
    const ready = this.#torrent.readyBytes();
    return [
      { name: this.t('statPeers'), value: this.#words.number(torrent.peers) },
      { name: this.t('statDown'), value: speed(torrent.downloadSpeed) },
      { name: this.t('statUp'), value: speed(torrent.uploadSpeed) },
      { name: this.t('statReady'), value: ready === null ? unknown : formatBytes(ready, this.locale()) },
    ].filter(({ value }) => value !== unknown);
  });
  /** Other browsers, for who chose them. */
  readonly #browsers = computed(() => {
    const shared = this.#shared();
    if (!shared) return [];
    const size = (value: number) => formatBytes(value, this.locale());
    return [
      { name: this.t('statBrowsers'), value: this.#words.number(shared.peers) },
      { name: this.t('statFromPeers'), value: size(shared.fromPeers) },
      { name: this.t('statFromServer'), value: size(shared.fromServer) },
    ];
  });
  protected readonly steps = computed<PlotStep[]>(() =>
    (this.status()?.timeline ?? []).map(({ step, startMs, endMs }) => ({
      name: this.#streams.step(step),
      start: startMs,
      end: endMs,
    })),
  );

  constructor() {
    const read = () => {
      this.#facts.set(this.#playback.facts());
      this.#shared.set(this.#peers.numbers());
    };
    read();
    const clock = setInterval(read, 1000);
    inject(DestroyRef).onDestroy(() => clearInterval(clock));
  }

  /** Bits per second. */
  protected rate(bits: number): string {
    return formatBitrate(bits, this.locale());
  }
}

/** `avc1.640028 · mp4a.40.2`; the quality in front is shown apart. */
function codecsOf(facts: PictureFacts | undefined): string {
  return (facts?.level ?? '')
    .split(' · ')
    .filter((part) => part.includes('.'))
    .join(' · ');
}
