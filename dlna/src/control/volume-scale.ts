import { UpnpFault } from '../wire/upnp-fault.js';
import type { RendererVolume } from './renderer-device.js';
import type { UpnpClient } from './upnp-client.js';

const master = { InstanceID: 0, Channel: 'Master' } as const;

interface Loudness {
  /** Of the device's own steps; UMS knows one with 13. */
  readonly maximum: number;
  readonly volume: boolean;
  readonly mute: boolean;
}

/** A renderer's volume in percent, whatever steps it counts in, and silence for those that have no mute. */
export class VolumeScale {
  private known: Loudness | undefined;
  /** Where a device without mute was before it was silenced. */
  private before: number | undefined;

  constructor(private readonly client: UpnpClient) {}

  async read(): Promise<RendererVolume> {
    const { maximum, volume, mute } = await this.learn();
    if (!volume) return { volume: null, muted: false };
    const level = Number((await this.ask('GetVolume')).get('CurrentVolume'));
    const muted = mute ? isTrue((await this.ask('GetMute')).get('CurrentMute')) : this.before !== undefined;
    return { volume: Number.isFinite(level) ? percentOf(level, maximum) : null, muted };
  }

  async set(percent: number): Promise<void> {
    const { maximum } = await this.learn();
    this.before = undefined;
    await this.ask('SetVolume', { DesiredVolume: Math.round((percent / 100) * maximum) });
  }

  async mute(muted: boolean): Promise<void> {
    const { mute } = await this.learn();
    if (mute) await this.ask('SetMute', { DesiredMute: muted ? 1 : 0 });
    else if (muted) {
      const { volume } = await this.read();
      await this.set(0);
      this.before = volume ?? 0;
    } else await this.set(this.before ?? 0);
  }

  /** @param values of an event @returns undefined where they say nothing of volume */
  heard(values: ReadonlyMap<string, string>): Partial<RendererVolume> | undefined {
    const level = Number(values.get('Volume') ?? Number.NaN);
    const mute = values.get('Mute');
    if (!this.known || (Number.isNaN(level) && mute === undefined)) return undefined;
    return {
      ...(Number.isNaN(level) ? {} : { volume: percentOf(level, this.known.maximum) }),
      ...(mute === undefined ? {} : { muted: isTrue(mute) }),
    };
  }

  private async learn(): Promise<Loudness> {
    if (this.known) return this.known;
    const scpd = await this.client.serviceDescription('RenderingControl');
    const has = (action: string): boolean => scpd?.actions.has(action) ?? false;
    const maximum = scpd?.variables.get('Volume')?.maximum ?? 100;
    return (this.known = {
      maximum: maximum > 0 ? maximum : 100,
      volume: has('GetVolume') && has('SetVolume'),
      mute: has('GetMute') && has('SetMute'),
    });
  }

  private async ask(action: string, args: Record<string, number> = {}): Promise<ReadonlyMap<string, string>> {
    if (!this.known?.volume) throw new UpnpFault(602, 'it has no volume');
    return await this.client.call('RenderingControl', action, { ...master, ...args });
  }
}

const percentOf = (level: number, maximum: number): number =>
  Math.min(100, Math.max(0, Math.round((level / maximum) * 100)));

const isTrue = (text: string | undefined): boolean => /^\s*(1|true|yes)\s*$/i.test(text ?? '');
