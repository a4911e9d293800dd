import type { Clock } from '../clock.port.js';
import { parseClock } from '../wire/npt.js';
import { readLastChange } from '../wire/property-set.js';
import { UpnpFault } from '../wire/upnp-fault.js';
import type { DescribedDevice } from './described-device.js';
import type { EventReceiver, EventValues } from './event-receiver.js';
import type { EventSubscription } from './event-subscription.js';
import { type FoundRenderer, plainUdn } from './known-renderers.js';
import type {
  RendererAbilities,
  RendererDevice,
  RendererMedia,
  RendererPosition,
  RendererVolume,
  RendererWatcher,
  TransportState,
} from './renderer-device.js';
import { UpnpClient } from './upnp-client.js';
import { VolumeScale } from './volume-scale.js';

const STATES: readonly string[] = [
  'STOPPED',
  'PLAYING',
  'PAUSED_PLAYBACK',
  'TRANSITIONING',
  'NO_MEDIA_PRESENT',
] satisfies TransportState[];

const isTransportState = (value: string): value is TransportState => STATES.includes(value);

/** One device took 1.7 s to answer, others fetch the file first (dlna.md §3.4). Milliseconds. */
const loadTimeout = 15_000;

/** Kodi names 120. */
const mostSinks = 1_000;

/** AVTransport and RenderingControl of one renderer, spoken with values instead of strings. */
export class RendererClient implements RendererDevice {
  private readonly subscriptions: EventSubscription[] = [];
  private readonly scale: VolumeScale;

  constructor(private readonly client: UpnpClient) {
    this.scale = new VolumeScale(client);
  }

  /** A client of what the finder found. */
  static of({ id, location, address }: FoundRenderer, receiver: EventReceiver, clock: Clock): RendererClient {
    const isIt = (device: DescribedDevice): boolean => plainUdn(device.udn) === id;
    return new RendererClient(new UpnpClient({ location, address }, isIt, receiver, clock));
  }

  async abilities(): Promise<RendererAbilities> {
    const scpd = await this.client.serviceDescription('AVTransport');
    if (!scpd || scpd.actions.size === 0) return { pause: true, seek: true, setNext: false };
    const modes = scpd.variables.get('A_ARG_TYPE_SeekMode')?.allowed ?? [];
    return {
      pause: scpd.actions.has('Pause'),
      seek: scpd.actions.has('Seek') && (modes.length === 0 || modes.includes('REL_TIME')),
      setNext: scpd.actions.has('SetNextAVTransportURI'),
    };
  }

  async sink(): Promise<readonly string[]> {
    try {
      const answer = await this.client.call('ConnectionManager', 'GetProtocolInfo', {});
      return (answer.get('Sink') ?? '')
        .split(',')
        .map((entry) => entry.trim())
        .filter(Boolean)
        .slice(0, mostSinks);
    } catch (error) {
      if (error instanceof UpnpFault) return [];
      throw error;
    }
  }

  async transport(signal?: AbortSignal): Promise<TransportState> {
    const state = (await this.ask('GetTransportInfo', {}, signal)).get('CurrentTransportState')?.trim() ?? '';
    return isTransportState(state) ? state : 'UNKNOWN';
  }

  async actions(signal?: AbortSignal): Promise<readonly string[]> {
    const answer = await this.ask('GetCurrentTransportActions', {}, signal);
    return (answer.get('Actions') ?? '')
      .split(',')
      .map((action) => action.trim().toLowerCase())
      .filter(Boolean);
  }

  async position(signal?: AbortSignal): Promise<RendererPosition> {
    const answer = await this.ask('GetPositionInfo', {}, signal);
    const uri = answer.get('TrackURI')?.trim();
    return {
      uri: uri && uri !== 'NOT_IMPLEMENTED' ? uri : undefined,
      seconds: parseClock(answer.get('RelTime') ?? ''),
      // 0:00:00 is how a device says that it does not know.
      durationSeconds: parseClock(answer.get('TrackDuration') ?? '') || undefined,
    };
  }

  async load({ uri, metadata, contentFeatures }: RendererMedia, signal?: AbortSignal): Promise<void> {
    await this.client.call(
      'AVTransport',
      'SetAVTransportURI',
      { InstanceID: 0, CurrentURI: uri, CurrentURIMetaData: metadata },
      { timeout: loadTimeout, signal, headers: { 'contentFeatures.dlna.org': contentFeatures } },
    );
  }

  async loadNext(media: RendererMedia | undefined, signal?: AbortSignal): Promise<void> {
    await this.ask(
      'SetNextAVTransportURI',
      { NextURI: media?.uri ?? '', NextURIMetaData: media?.metadata ?? '' },
      signal,
    );
  }

  async play(signal?: AbortSignal): Promise<void> {
    await this.ask('Play', { Speed: 1 }, signal);
  }

  async pause(): Promise<void> {
    await this.ask('Pause');
  }

  async stop(signal?: AbortSignal): Promise<void> {
    await this.ask('Stop', {}, signal);
  }

  async seek(seconds: number, signal?: AbortSignal): Promise<void> {
    await this.ask('Seek', { Unit: 'REL_TIME', Target: seekTarget(seconds) }, signal);
  }

  volume(): Promise<RendererVolume> {
    return this.scale.read();
  }

  async setVolume(percent: number): Promise<void> {
    await this.scale.set(percent);
  }

  async setMuted(muted: boolean): Promise<void> {
    await this.scale.mute(muted);
  }

  /** That a service has no events, or refuses, is made up for by polling. */
  async watch(watcher: RendererWatcher): Promise<void> {
    const ended = (): void => undefined;
    const transport = (): void => watcher.transportChanged();
    const loudness = (values: EventValues): void => {
      const change = this.scale.heard(masterValues(values));
      if (change) watcher.volumeChanged(change);
    };
    await this.subscribe('AVTransport', { event: transport, ended });
    await this.subscribe('RenderingControl', { event: loudness, ended });
  }

  async close(): Promise<void> {
    await Promise.all(this.subscriptions.splice(0).map((subscription) => subscription.close()));
  }

  private async subscribe(...asked: Parameters<UpnpClient['subscribe']>): Promise<void> {
    try {
      this.subscriptions.push(await this.client.subscribe(...asked));
    } catch {
      // Without events it is polled.
    }
  }

  private ask(
    action: string,
    args: Readonly<Record<string, string | number>> = {},
    signal?: AbortSignal,
  ): Promise<ReadonlyMap<string, string>> {
    return this.client.call('AVTransport', action, { InstanceID: 0, ...args }, { signal });
  }
}

/** Whole seconds: fractions of a seek target are refused by some devices. */
function seekTarget(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const pad = (value: number): string => String(value).padStart(2, '0');
  return `${Math.floor(whole / 3600)}:${pad(Math.floor(whole / 60) % 60)}:${pad(whole % 60)}`;
}

/** Variables of instance 0 and of channel Master alone: others overwrote it in the library (F7). */
function masterValues(values: EventValues): ReadonlyMap<string, string> {
  const text = values.get('LastChange');
  if (text === undefined) return values;
  try {
    const changes = readLastChange(text).filter(
      ({ instance, channel }) => instance === 0 && (channel === undefined || channel === 'Master'),
    );
    return new Map(changes.map(({ name, value }) => [name, value]));
  } catch {
    return new Map();
  }
}
