import type Hls from 'hls.js';
import type { ErrorData, RetryConfig } from 'hls.js';
import { askedPause, hlsSettings } from './hls-settings';
import type {
  EngineListener,
  EngineTrouble,
  MediaEngine,
  MediaSourceUrl,
  PictureFacts,
} from './media-engine';
import { elementFacts, letGo } from './native-engine';
import { audioIndexOfUrl, qualityOfUrl } from './rendition-names';

type HlsModule = typeof import('hls.js');

/**
 * Feeds HLS through Media Source. One quality is pinned: with encodes on demand, every other one that hls.js tried
 * would be a second encoder on the server. hls.js itself comes when the first converted film is played.
 */
export class HlsEngine implements MediaEngine {
  #hls: Hls | undefined;
  #source: MediaSourceUrl | undefined;
  #destroyed = false;
  /** A decoder that hiccups gets one fresh buffer; then it is a failure. */
  #recovered = false;
  #waiting = false;

  constructor(
    private readonly video: HTMLVideoElement,
    private readonly listener: EngineListener,
  ) {}

  load(source: MediaSourceUrl): void {
    this.#source = source;
    import('hls.js').then(
      (module) => {
        if (!this.#destroyed) this.#start(module, source);
      },
      // The program was replaced on the server, or the network is gone: both look the same here.
      () => this.listener.failed({ kind: 'network', reason: 'hls.js could not be loaded' }),
    );
  }

  audioTrack(): number | null {
    const hls = this.#hls;
    if (!hls || hls.audioTracks.length === 0) return null;
    const playing = hls.audioTracks[hls.audioTrack];
    const index = playing ? audioIndexOfUrl(playing.url) : null;
    const position = index === null ? -1 : (this.#source?.audioIndexes.indexOf(index) ?? -1);
    return position >= 0 ? position : Math.max(0, hls.audioTrack);
  }

  selectAudioTrack(position: number): void {
    const hls = this.#hls;
    if (!hls) return;
    const index = this.#source?.audioIndexes[position];
    const at = hls.audioTracks.findIndex((track) => audioIndexOfUrl(track.url) === index);
    hls.audioTrack = at >= 0 ? at : position;
  }

  quality(): string | null {
    const level = this.#hls?.levels[this.#hls.loadLevel];
    return level ? qualityOfUrl(level.url[0] ?? '') : null;
  }

  selectQuality(name: string): boolean {
    const hls = this.#hls;
    const level = hls?.levels.findIndex((candidate) => qualityOfUrl(candidate.url[0] ?? '') === name) ?? -1;
    if (!hls || level < 0) return false;
    // What is loaded of the old one is played until the new one is there.
    hls.nextLevel = level;
    return true;
  }

  resumeLoading(): boolean {
    if (!this.#hls || this.#hls.levels.length === 0) return false;
    this.#hls.startLoad(this.video.currentTime);
    return true;
  }

  facts(): PictureFacts {
    const hls = this.#hls;
    const level = hls?.levels[hls.loadLevel];
    const bandwidth = hls?.bandwidthEstimate ?? NaN;
    return {
      ...elementFacts(this.video),
      bandwidth: Number.isFinite(bandwidth) ? bandwidth : null,
      level: level ? [this.quality(), level.videoCodec, level.audioCodec].filter(Boolean).join(' · ') : '',
    };
  }

  destroy(): void {
    this.#destroyed = true;
    this.#hls?.destroy();
    this.#hls = undefined;
    letGo(this.video);
  }

  #start(module: HlsModule, source: MediaSourceUrl): void {
    const hls = new module.default({
      ...hlsSettings(source.startSeconds),
      loader: this.#patientLoader(module),
    });
    this.#hls = hls;
    hls.on(module.Events.MANIFEST_PARSED, () => {
      // The server lists the chosen quality first.
      hls.loadLevel = hls.firstLevel;
      hls.startLoad(source.startSeconds);
      this.listener.changed();
    });
    hls.on(module.Events.MEDIA_ATTACHED, () => this.listener.attached());
    hls.on(module.Events.LEVEL_SWITCHED, () => this.listener.changed());
    hls.on(module.Events.AUDIO_TRACK_SWITCHED, () => this.listener.changed());
    hls.on(module.Events.FRAG_LOADED, () => this.#answered());
    hls.on(module.Events.ERROR, (_, data) => {
      if (data.fatal) this.#gaveUp(hls, module, data);
    });
    hls.loadSource(source.url);
    hls.attachMedia(this.video);
  }

  #gaveUp(hls: Hls, { ErrorTypes }: HlsModule, data: ErrorData): void {
    if (data.type === ErrorTypes.MEDIA_ERROR && !this.#recovered && this.video.readyState > 0) {
      this.#recovered = true;
      return hls.recoverMediaError();
    }
    this.listener.failed(troubleOf(data, data.type === ErrorTypes.NETWORK_ERROR));
  }

  #answered(): void {
    if (!this.#waiting) return;
    this.#waiting = false;
    this.listener.askedToWait(null);
  }

  /** hls.js's own loader, which comes back when the server said it should (RFC 9110 §10.2.3). */
  #patientLoader({ XhrLoader }: HlsModule) {
    const asked = (ms: number) => {
      this.#waiting = true;
      this.listener.askedToWait(ms / 1000);
    };
    return class extends XhrLoader {
      protected override retry(config: RetryConfig): void {
        const pause = askedPause(this.getResponseHeader('retry-after'));
        if (pause === undefined) return super.retry(config);
        asked(pause);
        super.retry({ ...config, retryDelayMs: pause, maxRetryDelayMs: pause, backoff: 'linear' });
      }
    };
  }
}

/** What a fatal error of hls.js means for the player. */
export function troubleOf(
  data: Pick<ErrorData, 'details' | 'response' | 'error'>,
  ofNetwork: boolean,
): EngineTrouble {
  const code = data.response?.code ?? 0;
  const reason = [data.details, code > 0 ? String(code) : '', data.error.message].filter(Boolean).join(' · ');
  if (!ofNetwork) return { kind: 'media', reason };
  if (code >= 400 && code < 500) return { kind: 'refused', reason };
  return { kind: code >= 500 ? 'server' : 'network', reason };
}
