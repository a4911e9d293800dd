/** AVTransport:1 §2.2.1; `UNKNOWN` for what vendors invent. */
export type TransportState =
  'STOPPED' | 'PLAYING' | 'PAUSED_PLAYBACK' | 'TRANSITIONING' | 'NO_MEDIA_PRESENT' | 'UNKNOWN';

/** What a renderer fetches, and how it is told of it. */
export interface RendererMedia {
  readonly uri: string;
  /** DIDL-Lite of one item, first `res` being `uri`; empty where the device wants none. */
  readonly metadata: string;
  /** The fourth field of its protocolInfo; Jellyfin sends it along, and some sets look at it. */
  readonly contentFeatures: string;
}

export interface RendererPosition {
  /** Of what plays, as the device says; undefined where it says nothing. */
  readonly uri: string | undefined;
  readonly seconds: number | undefined;
  readonly durationSeconds: number | undefined;
}

export interface RendererVolume {
  /** 0–100; null where it has none. */
  readonly volume: number | null;
  readonly muted: boolean;
}

/** What it can, as its SCPDs say; where they can't be read, what every renderer must. */
export interface RendererAbilities {
  readonly pause: boolean;
  readonly seek: boolean;
  readonly setNext: boolean;
}

export interface RendererWatcher {
  /** Something about the transport has changed: ask. */
  transportChanged(): void;
  volumeChanged(volume: Partial<RendererVolume>): void;
}

/** A renderer, as the player needs it. Each call may throw UpnpFault (it refuses) or DeviceUnreachable. */
export interface RendererDevice {
  abilities(): Promise<RendererAbilities>;
  /** protocolInfo of what it says it takes; empty where it does not say. */
  sink(): Promise<readonly string[]>;
  transport(signal?: AbortSignal): Promise<TransportState>;
  /** CurrentTransportActions in lower case (gmediarender shouts them), empty where unknown. */
  actions(signal?: AbortSignal): Promise<readonly string[]>;
  position(signal?: AbortSignal): Promise<RendererPosition>;
  load(media: RendererMedia, signal?: AbortSignal): Promise<void>;
  /** undefined: nothing comes after */
  loadNext(media: RendererMedia | undefined, signal?: AbortSignal): Promise<void>;
  play(signal?: AbortSignal): Promise<void>;
  pause(): Promise<void>;
  stop(signal?: AbortSignal): Promise<void>;
  seek(seconds: number, signal?: AbortSignal): Promise<void>;
  volume(): Promise<RendererVolume>;
  setVolume(percent: number): Promise<void>;
  setMuted(muted: boolean): Promise<void>;
  /** Listens to its events where it has any. */
  watch(watcher: RendererWatcher): Promise<void>;
  close(): Promise<void>;
}
