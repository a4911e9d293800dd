import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { niceness } from '../../common/niceness.js';
import { ProcessFailed, run, type RunResult } from '../../ffmpeg/process-runner.js';
import { FragmentReader } from '../cmaf/fragment-reader.js';
import type { Sample } from '../cmaf/track.js';
import { type EncodePlan, everyGroup } from '../head/encoder.js';
import type { EncoderFamily } from './encoder-families.js';

/** What a trial found. `reason`: in one line, why it does not work; null where it does. */
export interface TrialResult {
  readonly reason: string | null;
  /** Decodes H.264 on the device. */
  readonly decodes: boolean;
  readonly scales: boolean;
}

export interface TrialOptions {
  readonly ffmpeg: string;
  readonly signal?: AbortSignal;
  /** For each of its processes; default 5 s. */
  readonly timeoutMs?: number;
}

/** Twelve frames, a key frame after two and then on every fourth: small, but it shows whether the cuts are kept to. */
const plan: EncodePlan = {
  width: 256,
  height: 256,
  frameRate: { num: 30, den: 1 },
  bitrate: 1_000_000,
  groupFrames: 4,
  keyFrames: everyGroup(4, [2]),
  level: '3.1',
};
const frames = 12;
const picture = (size: number): string[] => [
  ...['-f', 'lavfi', '-i', `testsrc2=s=${size}x${size}:r=30:d=${frames / 30}`],
];
const quiet = ['-hide_banner', '-v', 'error', '-nostdin'];
/** As heads write it, so that what works here works there. */
const fragments = [
  ...['-fps_mode', 'passthrough', '-f', 'mp4'],
  ...['-movflags', '+frag_every_frame+empty_moov+default_base_moof+frag_discont+skip_trailer', 'pipe:1'],
];

/**
 * Really encodes, scales and decodes a few frames: an encoder that ffmpeg lists need not work (no device, no driver,
 * no rights, a session limit).
 */
export async function tryEncoder(encoder: EncoderFamily, options: TrialOptions): Promise<TrialResult> {
  const { inputArguments, uploadFilters, scaleFilters, outputArguments } = encoder;
  const encode = ['-vf', uploadFilters.join(','), ...outputArguments(plan)];
  const made = await attempt([...inputArguments, ...picture(256), ...encode, ...fragments], options);
  const failed = made.reason ?? (made.stdout ? fault(made.stdout) : 'It wrote nothing.');
  if (failed !== null || !made.stdout) return { reason: failed, decodes: false, scales: false };
  const scale = scaleFilters && ['-vf', scaleFilters(plan).join(','), ...outputArguments(plan)];
  const scaled =
    scale && (await attempt([...inputArguments, ...picture(512), ...scale, '-f', 'null', '-'], options));
  return {
    reason: null,
    scales: scaled?.reason === null,
    decodes: await decodes(encoder, made.stdout, options),
  };
}

/** Whether this ffmpeg tone-maps HDR to SDR in software: zscale is left out of some builds. */
export async function tryToneMap(options: TrialOptions): Promise<string | null> {
  const chain = [
    'format=yuv420p10le,setparams=color_primaries=bt2020:color_trc=smpte2084:colorspace=bt2020nc',
    'zscale=tin=smpte2084:pin=bt2020:min=bt2020nc:rin=tv:t=linear:npl=100',
    'format=gbrpf32le',
    'zscale=p=bt709',
    'tonemap=hable:desat=0',
    'zscale=t=bt709:m=bt709:r=tv',
    'format=yuv420p',
  ];
  return (await attempt([...picture(256), '-vf', chain.join(','), '-f', 'null', '-'], options)).reason;
}

/** Frames that stay on the device prove it: by itself ffmpeg falls back to software without a word. */
async function decodes(encoder: EncoderFamily, film: Buffer, options: TrialOptions): Promise<boolean> {
  if (encoder.surface === null) return false;
  const folder = await mkdtemp(join(tmpdir(), 'hearth-trial-'));
  try {
    const path = join(folder, 'trial.mp4');
    await writeFile(path, film);
    const input = [...encoder.inputArguments, '-hwaccel_output_format', encoder.surface, '-i', path];
    const download = ['-vf', 'hwdownload,format=nv12', '-f', 'null', '-'];
    return (await attempt([...input, ...download], options)).reason === null;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function attempt(
  args: readonly string[],
  { ffmpeg, signal, timeoutMs = 5_000 }: TrialOptions,
): Promise<{ reason: string | null; stdout?: Buffer }> {
  try {
    const limits = {
      timeoutMs,
      nice: niceness.background,
      maxOutputBytes: 4 * 1024 * 1024,
      ...(signal ? { signal } : {}),
    };
    const result: RunResult = await run(ffmpeg, [...quiet, ...args], limits);
    if (result.exitCode === 0) return { reason: null, stdout: result.stdout };
    return { reason: reasonIn(result.stderr) ?? `ffmpeg ended with ${result.exitCode}.` };
  } catch (error) {
    if (!(error instanceof ProcessFailed) || error.why === 'cancelled') throw error;
    const late = `No answer within ${timeoutMs / 1000} s.`;
    const reason = error.why === 'timeout' ? late : `ffmpeg: ${error.why}.`;
    return { reason: reasonIn(error.stderr) ?? reason };
  }
}

/** The first line says what is wrong, the others what followed from it. */
export function reasonIn(stderr: string): string | null {
  const lines = stderr.split('\n').map((line) => line.replace(/^\[[^\]]* @ 0x[0-9a-f]+\] /, '').trim());
  return lines.find(Boolean)?.slice(0, 200) ?? null;
}

/** What is wrong with the frames that came out; null if nothing is. */
function fault(film: Buffer): string | null {
  const samples: Sample[] = [];
  try {
    for (const part of new FragmentReader().push(film))
      if (part.type === 'samples') samples.push(...part.samples);
  } catch (error) {
    return `Its output cannot be read: ${error instanceof Error ? error.message : String(error)}`;
  }
  if (samples.length !== frames) return `It made ${samples.length} frames of ${frames}.`;
  if (samples.some(({ key }, index) => key !== (index === 0 || index % plan.groupFrames === 2)))
    return 'It does not put key frames where they are asked for.';
  return samples.some(({ dts, pts }) => dts !== pts) ? 'It puts frames out of order.' : null;
}
