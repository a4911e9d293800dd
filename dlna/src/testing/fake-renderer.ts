import type { Clock } from '../clock.port.js';
import { DeviceUnreachable } from '../control/device-request.js';
import type {
  RendererAbilities,
  RendererDevice,
  RendererMedia,
  RendererPosition,
  RendererVolume,
  RendererWatcher,
  TransportState,
} from '../control/renderer-device.js';
import { UpnpFault } from '../wire/upnp-fault.js';

interface Loaded {
  readonly media: RendererMedia;
  readonly durationSeconds: number;
}

/** How this renderer is unlike the good ones. */
export interface Habits {
  /** SetAVTransportURI is refused with this fault where there is metadata. */
  refusesMetadata?: number;
  /** SetAVTransportURI is refused with 705 unless it was stopped before. */
  locks?: boolean;
  /** Play is answered with 701, and it plays. */
  playsAnyway?: boolean;
  /** It begins as soon as it is told what. */
  autoplays?: boolean;
  /** So many Plays do nothing. */
  deafPlays?: number;
  /** Says STOPPED for so long after Play, while it buffers. */
  buffersMs?: number;
  /** Forgets a seek in its first second. */
  forgetsEarlySeeks?: boolean;
  ignoresNext?: boolean;
  hidesUri?: boolean;
  /** Stopping begins what was to come next. */
  skipsOnStop?: boolean;
}

/** A renderer in memory that plays by a spec's clock, and asks for what it plays like a real one. */
export class FakeRenderer implements RendererDevice {
  readonly calls: string[] = [];
  abilitiesNow: RendererAbilities = { pause: true, seek: true, setNext: true };
  state: TransportState = 'NO_MEDIA_PRESENT';
  current: Loaded | undefined;
  next: Loaded | undefined;
  dead = false;
  loudness: RendererVolume = { volume: 50, muted: false };
  watcher: RendererWatcher | undefined;
  private base = 0;
  private since = 0;
  private playedAt = 0;
  private hasStopped = true;

  constructor(
    private readonly clock: Clock,
    private readonly habits: Habits,
    private readonly fetches: (uri: string) => void,
    private readonly lengthOf: (uri: string) => number,
  ) {}

  /** Where it really is. */
  get truth(): number {
    this.run();
    return this.state === 'PLAYING' ? this.base + (this.clock.now() - this.since) / 1000 : this.base;
  }

  abilities(): Promise<RendererAbilities> {
    return this.say('abilities', () => this.abilitiesNow);
  }

  sink(): Promise<readonly string[]> {
    return this.say('sink', () => []);
  }

  transport(): Promise<TransportState> {
    return this.say('transport', () => (this.isBuffering ? 'STOPPED' : this.state));
  }

  actions(): Promise<readonly string[]> {
    return this.say('actions', () =>
      this.state === 'PLAYING' ? ['pause', 'stop', 'seek'] : ['play', 'stop'],
    );
  }

  position(): Promise<RendererPosition> {
    return this.say('position', () => ({
      uri: this.habits.hidesUri ? undefined : this.current?.media.uri,
      seconds: this.truth,
      durationSeconds: this.current?.durationSeconds,
    }));
  }

  load(media: RendererMedia): Promise<void> {
    return this.say(`load ${media.uri}${media.metadata ? ' with metadata' : ''}`, () => {
      if (media.metadata && this.habits.refusesMetadata) throw new UpnpFault(this.habits.refusesMetadata, '');
      if (this.habits.locks && !this.hasStopped) throw new UpnpFault(705, 'Transport is locked');
      this.current = { media, durationSeconds: this.lengthOf(media.uri) };
      this.base = 0;
      this.hasStopped = false;
      this.state = 'STOPPED';
      if (this.habits.autoplays) this.begin();
    });
  }

  loadNext(media: RendererMedia | undefined): Promise<void> {
    return this.say(`next ${media?.uri ?? 'nothing'}`, () => {
      if (!this.habits.ignoresNext) this.next = media && { media, durationSeconds: this.lengthOf(media.uri) };
    });
  }

  play(): Promise<void> {
    return this.say('play', () => {
      if (this.habits.deafPlays) {
        this.habits.deafPlays--;
        return;
      }
      this.begin();
      if (this.habits.playsAnyway) throw new UpnpFault(701, 'Transition not available');
    });
  }

  pause(): Promise<void> {
    return this.say('pause', () => {
      if (!this.abilitiesNow.pause) throw new UpnpFault(401, 'Invalid Action');
      this.halt('PAUSED_PLAYBACK');
    });
  }

  stop(): Promise<void> {
    return this.say('stop', () => {
      this.halt('STOPPED');
      this.hasStopped = true;
      if (this.habits.skipsOnStop && this.next) this.handOver();
    });
  }

  seek(seconds: number): Promise<void> {
    return this.say(`seek ${seconds}`, () => {
      if (this.habits.forgetsEarlySeeks && this.truth < 1) return;
      this.base = seconds;
      this.since = this.clock.now();
    });
  }

  volume(): Promise<RendererVolume> {
    return this.say('volume', () => this.loudness);
  }

  setVolume(volume: number): Promise<void> {
    return this.say(`volume ${volume}`, () => void (this.loudness = { ...this.loudness, volume }));
  }

  setMuted(muted: boolean): Promise<void> {
    return this.say(`muted ${muted}`, () => void (this.loudness = { ...this.loudness, muted }));
  }

  watch(watcher: RendererWatcher): Promise<void> {
    return this.say('watch', () => void (this.watcher = watcher));
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  /** Somebody presses stop on the remote control. */
  pressStop(): void {
    this.halt('STOPPED');
  }

  /** Somebody else sends something. */
  takeOver(uri: string): void {
    this.current = { media: { uri, metadata: '', contentFeatures: '' }, durationSeconds: 600 };
    this.begin();
  }

  /** Power is cut and comes back. */
  crash(): void {
    this.dead = true;
    this.state = 'NO_MEDIA_PRESENT';
    this.current = this.next = undefined;
    this.base = 0;
  }

  /** What was asked of it since, without the questions. */
  orders(): string[] {
    const questions = ['transport', 'position', 'actions', 'volume', 'abilities', 'watch', 'sink'];
    return this.calls.filter((call) => !questions.includes(call));
  }

  private get isBuffering(): boolean {
    return this.state === 'PLAYING' && this.clock.now() - this.playedAt < (this.habits.buffersMs ?? 0);
  }

  private begin(): void {
    this.state = 'PLAYING';
    this.since = this.playedAt = this.clock.now();
    if (this.current) this.fetches(this.current.media.uri);
  }

  private halt(state: TransportState): void {
    this.base = state === 'STOPPED' ? 0 : this.truth;
    this.state = state;
  }

  private handOver(): void {
    this.current = this.next;
    this.next = undefined;
    this.base = 0;
    this.begin();
  }

  /** Comes to the end where that is due. */
  private run(): void {
    const { current } = this;
    if (this.state !== 'PLAYING' || !current) return;
    if (this.base + (this.clock.now() - this.since) / 1000 < current.durationSeconds) return;
    if (this.next) this.handOver();
    else this.halt('STOPPED');
  }

  private async say<T>(call: string, answer: () => T): Promise<T> {
    this.calls.push(call);
    await Promise.resolve();
    if (this.dead) throw new DeviceUnreachable('connection', 'ECONNREFUSED');
    this.run();
    return answer();
  }
}
