import type { Clock } from '../clock.port.js';
import { UpnpFault } from '../wire/upnp-fault.js';
import type { RendererDevice, RendererMedia, TransportState } from './renderer-device.js';
import { sleep } from './waiting.js';

/** Milliseconds. Each is the shortest that other projects found to work (dlna.md §3.4). */
const patience = {
  stop: 3_000,
  ready: 5_000,
  fetch: 5_000,
  playing: 30_000,
  running: 5_000,
  again: 1_000,
  arrival: 3_000,
  step: 250,
};
/** Seconds around its target in which a seek has arrived: key frames lie so far apart at the most, mostly. */
const nearby = 12;

/** Faults that some devices answer with when it is the metadata they do not like: invalid arguments, illegal MIME type, not found. */
const dislikesMetadata: readonly number[] = [402, 501, 714, 716];

/** A renderer took everything and then did nothing with it. */
export class NeverPlayed extends Error {
  constructor(readonly missed: 'fetch' | 'play') {
    super(missed === 'fetch' ? 'it never asked for what it was sent' : 'it fetched it and does not play it');
    this.name = 'NeverPlayed';
  }
}

export interface StartOptions {
  readonly device: RendererDevice;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly canSetNext: boolean;
  /** It was told what comes after what it plays now: taken back first, or Stop begins it (upmpdcli went 0→1→3). */
  readonly nextIsOut: boolean;
  /** Whether the renderer has asked for this media since it was sent. */
  readonly fetched: () => boolean;
  /** A picture: many show it without ever saying PLAYING. */
  readonly still: boolean;
}

/**
 * The sequence that survives real devices: stop and wait, clear what is next, send the URI, wait until it may play, play,
 * and believe it when the renderer fetches; once more where it does not. Resolves when it plays.
 * @throws UpnpFault, DeviceUnreachable, NeverPlayed, and the signal's reason
 */
export async function startOn(options: StartOptions, media: RendererMedia): Promise<void> {
  await quieten(options);
  await sendAndPlay(options, media);
  if (await begins(options)) return await untilPlaying(options);
  await quieten(options);
  await sendAndPlay(options, media);
  if (!(await begins(options))) throw new NeverPlayed('fetch');
  await untilPlaying(options);
}

/** Without it a Viera answers 705 for ever and a HEOS keeps its old track (jellyfin-plugin-dlna#220, #244). */
async function quieten({ device, clock, signal, canSetNext, nextIsOut }: StartOptions): Promise<void> {
  if (nextIsOut) await refusable(device.loadNext(undefined, signal));
  const state = await device.transport(signal);
  if (state !== 'STOPPED' && state !== 'NO_MEDIA_PRESENT') {
    await refusable(device.stop(signal));
    await until(clock, signal, patience.stop, async () => !isBusy(await device.transport(signal)));
  }
  if (canSetNext) await refusable(device.loadNext(undefined, signal));
}

async function sendAndPlay({ device, clock, signal }: StartOptions, media: RendererMedia): Promise<void> {
  try {
    await device.load(media, signal);
  } catch (error) {
    if (!(error instanceof UpnpFault && dislikesMetadata.includes(error.code)) || media.metadata === '')
      throw error;
    await device.load({ ...media, metadata: '' }, signal);
  }
  if (await playsByItself(device, clock, signal)) return;
  try {
    await device.play(signal);
  } catch (error) {
    // 701: not now, because it is about to, or does already.
    if (!(error instanceof UpnpFault && error.code === 701)) throw error;
  }
}

/** Waits until the device would take Play. @returns true where it has begun without being told (plexdlnaplayer#31) */
async function playsByItself(device: RendererDevice, clock: Clock, signal: AbortSignal): Promise<boolean> {
  let began = false;
  await until(clock, signal, patience.ready, async () => {
    const actions = await device.actions(signal).catch((error: unknown): string[] => {
      if (error instanceof UpnpFault) return [];
      throw error;
    });
    began =
      actions.includes('pause') &&
      !actions.includes('play') &&
      (await device.transport(signal)) === 'PLAYING';
    return began || actions.length === 0 || actions.includes('play');
  });
  return began;
}

/** The renderer fetches it, or plays it out of a store of its own. */
async function begins({ device, clock, signal, fetched }: StartOptions): Promise<boolean> {
  return await until(clock, signal, patience.fetch, async () => {
    if (fetched()) return true;
    if ((await device.transport(signal)) !== 'PLAYING') return false;
    return ((await device.position(signal)).seconds ?? 0) > 0;
  });
}

/** A conversion takes its time to begin. */
async function untilPlaying({ device, clock, signal, still }: StartOptions): Promise<void> {
  if (still) return;
  const plays = await until(clock, signal, patience.playing, async () => {
    const state = await device.transport(signal);
    return state === 'PLAYING' || state === 'PAUSED_PLAYBACK';
  });
  // TRANSITIONING after all this is watched from then on.
  if (!plays && !isBusy(await device.transport(signal))) throw new NeverPlayed('play');
}

const isBusy = (state: TransportState): boolean => state === 'PLAYING' || state === 'TRANSITIONING';

/** @returns whether it came true in time */
async function until(
  clock: Clock,
  signal: AbortSignal,
  milliseconds: number,
  test: () => Promise<boolean>,
): Promise<boolean> {
  const end = clock.now() + milliseconds;
  while (!(await test())) {
    if (clock.now() >= end) return false;
    await sleep(clock, patience.step, signal);
  }
  return true;
}

/**
 * Seeks, and looks whether it has arrived: many a renderer takes a seek before its first picture and forgets it.
 * @returns whether it is there; false where it refuses, too
 */
export async function seekOn(
  { device, clock, signal }: Pick<StartOptions, 'device' | 'clock' | 'signal'>,
  seconds: number,
): Promise<boolean> {
  const at = async (): Promise<number | undefined> => (await device.position(signal)).seconds;
  await until(clock, signal, patience.running, async () => ((await at()) ?? 1) > 0);
  for (let attempt = 0; attempt < 3; attempt++) {
    if (!(await refusable(device.seek(seconds, signal)))) {
      await sleep(clock, patience.again, signal);
      continue;
    }
    const there = await until(clock, signal, patience.arrival, async () => {
      const now = (await at()) ?? seconds;
      return Math.abs(now - seconds) <= nearby && (now > 0 || seconds === 0);
    });
    if (there) return true;
  }
  return false;
}

/** What a device may say no to. @returns whether it took it */
export async function refusable(call: Promise<void>): Promise<boolean> {
  try {
    await call;
    return true;
  } catch (error) {
    if (!(error instanceof UpnpFault)) throw error;
    return false;
  }
}
