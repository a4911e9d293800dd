import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Cache } from '../../cache/cache.js';
import type { Logger } from '../../common/log/logger.js';
import type { Binaries } from '../../ffmpeg/binaries.js';
import { type Device, listDevices, renderNodes } from './devices.js';
import { candidates, type EncoderFamily, encoderNames, familyNames, reduced } from './encoder-families.js';
import { type TrialOptions, tryEncoder, tryToneMap } from './trial.js';

const familyFacts = z.object({
  family: z.enum(familyNames),
  /** ffmpeg was built with it. */
  listed: z.boolean(),
  works: z.boolean(),
  /** In one line, why it does not work. */
  reason: z.string().nullable(),
  /** Which candidate works. */
  id: z.string().nullable(),
  device: z.string().nullable(),
  decodes: z.boolean(),
  scales: z.boolean(),
});
const trialFacts = z.object({
  ffmpegVersion: z.string(),
  devices: z.array(z.object({ path: z.string(), usable: z.boolean() })),
  families: z.array(familyFacts),
  /** HDR to SDR in software; the reason why not. */
  toneMap: z.object({ works: z.boolean(), reason: z.string().nullable() }),
});
type TrialFacts = z.infer<typeof trialFacts>;

/** What an administrator is shown. */
export interface HardwareReport extends TrialFacts {
  /** Of `families`, with what failed since the start. */
  families: (z.infer<typeof familyFacts> & { encoder: string; broken: string | null })[];
}

export interface HardwareSettings {
  readonly binaries: Pick<Binaries, 'ffmpeg' | 'ffmpegFeatures'>;
  readonly cache: Cache;
  readonly logger: Logger;
  readonly devices?: () => Promise<Device[]>;
  readonly attempt?: typeof tryEncoder;
  readonly now?: () => number;
}

/** Goes up when the table or the trial changes, so that old results are forgotten. */
const revision = 1;
/** Seconds: drivers come and go without ffmpeg noticing, and one that is missing is soon installed. */
const resultLifetime = (works: boolean): number => (works ? 7 * 24 : 1) * 3600;
/** One film that an encoder cannot take must not cost everybody the hardware: it is given another chance. */
const pauseMs = 10 * 60_000;
const mostFailures = 3;

/** Which encoders of this machine work, by trial. Until that is known, and where none does, it is software. */
export class HardwareService {
  private facts: TrialFacts | undefined;
  private running: Promise<void> | undefined;
  private readonly abort = new AbortController();
  private readonly broken = new Map<string, { reason: string; until: number; count: number }>();
  private readonly now: () => number;

  constructor(private readonly settings: HardwareSettings) {
    this.now = settings.now ?? Date.now;
  }

  /** Begins the trials, in the background and with the lowest priority. @returns when they are over */
  start(): Promise<void> {
    this.running ??= this.learn().catch((error: unknown) => {
      if (this.abort.signal.aborted) return;
      this.settings.logger.warn('hardware encoders could not be tried; encoding in software', { error });
    });
    return this.running;
  }

  /** Ends what is still being tried. */
  stop(): Promise<void> {
    this.abort.abort();
    return this.running ?? Promise.resolve();
  }

  /** The encoder to use now; null: software. */
  best(): EncoderFamily | null {
    const devices = renderNodes(this.facts?.devices ?? []);
    for (const facts of this.facts?.families ?? []) {
      if (!facts.works || this.brokenReason(encoderNames[facts.family]) !== null) continue;
      const found = candidates(facts.family, devices).find(({ id }) => id === facts.id);
      if (found) return reduced(found, facts);
    }
    return null;
  }

  /** Undefined while nothing is known yet. */
  report(): HardwareReport | undefined {
    const families = this.facts?.families.map((facts) => {
      const encoder = encoderNames[facts.family];
      return { ...facts, encoder, broken: this.brokenReason(encoder) };
    });
    return this.facts && families && { ...this.facts, families };
  }

  /**
   * An encoder failed in the middle of work: `best` leaves it out for ten minutes, after the third time until the next start.
   * @param encoder its name, `h264_vaapi` @param reason in one line, for the administrator
   */
  markBroken(encoder: string, reason: string): void {
    const count = (this.broken.get(encoder)?.count ?? 0) + 1;
    const until = count >= mostFailures ? Infinity : this.now() + pauseMs;
    this.broken.set(encoder, { reason: reason.slice(0, 300), until, count });
    this.settings.logger.warn(`${encoder} failed; going on in software`, { reason, count });
  }

  private brokenReason(encoder: string): string | null {
    const state = this.broken.get(encoder);
    return state && state.until > this.now() ? state.reason : null;
  }

  private async learn(): Promise<void> {
    const { binaries, cache, logger, devices: list = listDevices } = this.settings;
    const { ffmpeg } = binaries;
    if (ffmpeg === null) return;
    const [features, devices] = [await binaries.ffmpegFeatures(), await list()];
    const what = JSON.stringify([revision, ffmpeg, features.version, devices]);
    const key = `hardware/${createHash('sha256').update(what).digest('hex').slice(0, 32)}`;
    const known = trialFacts.safeParse(await cache.get(key));
    if (known.success) return void (this.facts = known.data);
    const options: TrialOptions = { ffmpeg, signal: this.abort.signal };
    const families: TrialFacts['families'] = [];
    for (const family of familyNames) {
      families.push(
        await this.tryFamily(family, features.encoders.has(encoderNames[family]), devices, options),
      );
    }
    const reason = await tryToneMap(options);
    this.facts = {
      ffmpegVersion: features.version,
      devices,
      families,
      toneMap: { works: reason === null, reason },
    };
    const works = families.some((one) => one.works);
    await cache.set(key, this.facts, resultLifetime(works));
    logger.info('hardware encoders were tried', { families: summary(families) });
  }

  private async tryFamily(
    family: TrialFacts['families'][number]['family'],
    listed: boolean,
    devices: readonly Device[],
    options: TrialOptions,
  ): Promise<TrialFacts['families'][number]> {
    const none = { family, listed, works: false, id: null, device: null, decodes: false, scales: false };
    if (!listed) return { ...none, reason: 'This ffmpeg was built without it.' };
    let first: string | null = null;
    for (const encoder of candidates(family, renderNodes(devices))) {
      const { reason, decodes, scales } = await this.tryOne(encoder, options);
      if (reason === null) {
        const { id, device } = encoder;
        return { family, listed, works: true, reason, id, device, decodes, scales };
      }
      first ??= reason;
    }
    return { ...none, reason: first };
  }

  /** A device that only its decoder upsets is tried again without it. */
  private async tryOne(encoder: EncoderFamily, options: TrialOptions) {
    const { attempt = tryEncoder } = this.settings;
    const result = await attempt(encoder, options);
    if (result.reason === null || encoder.decodeArguments.length === 0) return result;
    const without = await attempt(reduced(encoder, { decodes: false, scales: true }), options);
    return without.reason === null ? without : result;
  }
}

const summary = (families: TrialFacts['families']): Record<string, string> =>
  Object.fromEntries(families.map(({ family, reason }) => [family, reason ?? 'works']));
