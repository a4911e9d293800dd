import type { EncodePlan, VideoEncoder } from '../head/encoder.js';

export const familyNames = ['nvenc', 'qsv', 'vaapi', 'v4l2m2m'] as const;
/** Hardware that encodes, in the order we prefer it. */
export type FamilyName = (typeof familyNames)[number];

/** One encoder of a family on one device. What of it works, only a trial tells. */
export interface EncoderFamily extends VideoEncoder {
  readonly family: FamilyName;
  /** Path of the device; null where the driver finds it. */
  readonly device: string | null;
  /** Tells the candidates of a family apart: `/dev/dri/renderD128`, `/dev/dri/renderD128 low power`. */
  readonly id: string;
  /** Part of `inputArguments`: decodes on the device. ffmpeg decodes in software what the device does not know. */
  readonly decodeArguments: readonly string[];
  /** Name of the frames that stay on the device after decoding. */
  readonly surface: string | null;
}

export const encoderNames: Readonly<Record<FamilyName, string>> = {
  nvenc: 'h264_nvenc',
  qsv: 'h264_qsv',
  vaapi: 'h264_vaapi',
  v4l2m2m: 'h264_v4l2m2m',
};

/** 4.1 is 41, the number all of them take. */
const level = (plan: EncodePlan): string => String(Math.round(Number(plan.level) * 10));

/** Most bits per second as stated; the mean a fifth below it, since hardware overshoots. */
const rate = ({ bitrate }: EncodePlan): string[] => [
  ...['-b:v', String(Math.round(bitrate * 0.8)), '-maxrate:v', String(bitrate)],
  ...['-bufsize:v', String(bitrate * 2)],
];

/**
 * Key frames on the cuts and nowhere else, and no frames out of order. Both ways at once: some drivers count the group
 * but ignore what is forced, some the other way round; the trial looks at what comes out.
 */
const group = ({ groupFrames, keyFrames }: EncodePlan): string[] => [
  ...['-g', String(groupFrames), '-bf', '0', '-flags', '+cgop'],
  ...['-force_key_frames', `expr:${keyFrames}`],
];

/** Every candidate of a family on this machine, the likeliest first. @param devices paths below /dev/dri */
export function candidates(family: FamilyName, devices: readonly string[]): EncoderFamily[] {
  const rendering = devices.length > 0 ? devices : ['/dev/dri/renderD128'];
  if (family === 'nvenc') return [nvenc];
  if (family === 'v4l2m2m') return [v4l2];
  if (family === 'qsv') return rendering.map(qsv);
  // Newer small Intel chips encode in low-power mode only, older ones in the other mode only.
  return rendering.flatMap((device) => [vaapi(device, false), vaapi(device, true)]);
}

/** Frames come from system memory; scaled there too, for `scale_cuda` cannot convert the colour matrix. */
const nvenc: EncoderFamily = {
  family: 'nvenc',
  id: 'default',
  name: encoderNames.nvenc,
  hardware: true,
  device: null,
  decodeArguments: ['-hwaccel', 'cuda'],
  inputArguments: ['-hwaccel', 'cuda'],
  surface: 'cuda',
  uploadFilters: ['format=nv12'],
  outputArguments: (plan) => [
    ...['-c:v', encoderNames.nvenc, '-preset', 'p4', '-profile:v', 'high', '-level:v', level(plan)],
    ...['-rc', 'vbr', ...rate(plan), ...group(plan), '-forced-idr', '1', '-no-scenecut', '1'],
  ],
};

const vaapiDevice = (device: string): string[] => [
  ...['-init_hw_device', `vaapi=hw:${device}`, '-filter_hw_device', 'hw'],
];
const vaapiDecode = ['-hwaccel', 'vaapi', '-hwaccel_device', 'hw'];

/** `nv12|vaapi`: frames that were decoded on the device pass, others are uploaded. */
const vaapiScale = ({ width, height }: EncodePlan): string[] => [
  ...['format=nv12|vaapi', 'hwupload'],
  `scale_vaapi=w=${width}:h=${height}:format=nv12:out_color_matrix=bt709:out_range=tv`,
  'setsar=1',
];

function vaapi(device: string, isLowPower: boolean): EncoderFamily {
  return {
    family: 'vaapi',
    id: isLowPower ? `${device} low power` : device,
    name: encoderNames.vaapi,
    hardware: true,
    device,
    decodeArguments: vaapiDecode,
    inputArguments: [...vaapiDevice(device), ...vaapiDecode],
    surface: 'vaapi',
    scaleFilters: vaapiScale,
    uploadFilters: ['format=nv12', 'hwupload'],
    outputArguments: (plan) => [
      ...['-c:v', encoderNames.vaapi, '-profile:v', 'high', '-level:v', level(plan)],
      ...(isLowPower ? ['-low_power', '1'] : []),
      ...['-rc_mode', 'VBR', ...rate(plan), ...group(plan), '-idr_interval', '0'],
    ],
  };
}

/** Decoded and scaled by VAAPI, which falls back by itself, and mapped: QSV's own decoders must be named by codec. */
function qsv(device: string): EncoderFamily {
  const map = ['hwmap=derive_device=qsv', 'format=qsv'];
  return {
    family: 'qsv',
    id: device,
    name: encoderNames.qsv,
    hardware: true,
    device,
    decodeArguments: vaapiDecode,
    inputArguments: [...vaapiDevice(device), ...vaapiDecode],
    surface: 'vaapi',
    scaleFilters: (plan) => [...vaapiScale(plan), ...map],
    uploadFilters: ['format=nv12', 'hwupload', ...map],
    outputArguments: (plan) => [
      ...['-c:v', encoderNames.qsv, '-preset', 'faster', '-profile:v', 'high', '-level:v', level(plan)],
      ...['-look_ahead', '0', ...rate(plan), ...group(plan), '-forced_idr', '1', '-idr_interval', '0'],
    ],
  };
}

/** Single-board computers. Frames come from system memory, and the driver knows neither level nor peak rate. */
const v4l2: EncoderFamily = {
  family: 'v4l2m2m',
  id: 'default',
  name: encoderNames.v4l2m2m,
  hardware: true,
  device: null,
  decodeArguments: [],
  inputArguments: [],
  surface: null,
  uploadFilters: ['format=yuv420p'],
  outputArguments: (plan) => [
    ...['-c:v', encoderNames.v4l2m2m, '-b:v', String(Math.round(plan.bitrate * 0.8)), ...group(plan)],
    ...['-num_capture_buffers', '16'],
  ],
};

/** The candidate with only what a trial found to work. */
export function reduced(encoder: EncoderFamily, works: { decodes: boolean; scales: boolean }): EncoderFamily {
  const { scaleFilters, ...rest } = encoder;
  const { decodeArguments, inputArguments } = encoder;
  const device = inputArguments.slice(0, inputArguments.length - decodeArguments.length);
  return {
    ...rest,
    ...(scaleFilters && works.scales ? { scaleFilters } : {}),
    ...(works.decodes ? {} : { inputArguments: device, decodeArguments: [], surface: null }),
  };
}
