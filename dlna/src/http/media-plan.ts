import type { Conversion, DeviceProfile } from '../profiles/device-profile.js';
import { formatNptRange, parseNptRange } from '../wire/npt.js';
import type { Headers } from './answer.js';
import { parseByteRange } from './byte-range.js';
import { constantStream } from './constant-stream.js';
import type { MediaRequest } from './media-request.js';

/** A resource, as far as its headers depend on it. */
export interface Servable {
  readonly nature: 'av' | 'image' | 'text';
  readonly mime: string;
  /** The fourth field of its protocolInfo. */
  readonly features: string;
  readonly durationSeconds?: number;
  readonly modified?: Date;
  /** Absolute URL of its SubRip. */
  readonly captionUrl?: string;
  /** Bytes; undefined for what is made while it is sent. */
  readonly size?: number;
  /** Bits per second of a conversion. */
  readonly constantBitrate?: number;
}

/** How a request is answered, before anything is opened. */
export type MediaPlan =
  | {
      readonly kind: 'refuse';
      readonly status: 400 | 406 | 416;
      readonly why: string;
      readonly headers: Headers;
    }
  | BytesPlan
  | ConversionPlan;

export interface BytesPlan {
  readonly kind: 'bytes';
  readonly status: 200 | 206;
  readonly headers: Headers;
  readonly from: number;
  /** Included; below `from` for what is empty. */
  readonly to: number;
}

export interface ConversionPlan {
  readonly kind: 'conversion';
  readonly status: 200 | 206;
  readonly headers: Headers;
  readonly fromSeconds: number;
  readonly framing: Conversion['length'] | 'exact';
  /** With `exact`: what is sent of a stream of constant rate. */
  readonly part?: StreamPart;
}

export interface StreamPart {
  /** Where the conversion's first byte lies. */
  readonly start: number;
  readonly from: number;
  readonly length: number;
  /** The second `from` lies at. */
  readonly seconds: number;
}

/** Larger than any film (Philips wants a length, and does not mind which; UMS). */
const HUGE = 100_000_000_000;

const DEFAULT_MODE = { av: 'Streaming', image: 'Interactive', text: 'Background' } as const;
const MODES = ['Streaming', 'Interactive', 'Background'];

type Refusal = Extract<MediaPlan, { kind: 'refuse' }>;
const refusal = (status: Refusal['status'], why: string, headers: Headers = {}): Refusal => ({
  kind: 'refuse',
  status,
  why,
  headers,
});

/** The mode that is answered; undefined where this kind of resource is not sent that way (406; minidlna upnphttp.c). */
function transferMode(asked: string, nature: Servable['nature'], profile: DeviceProfile): string | undefined {
  const mode = MODES.find((known) => known.toLowerCase() === asked.toLowerCase());
  if (!mode) return DEFAULT_MODE[nature];
  if (mode === 'Streaming' && nature !== 'av') return undefined;
  if (mode === 'Interactive' && nature === 'av' && !profile.interactiveVideo) return undefined;
  return mode;
}

function commonHeaders(request: MediaRequest, what: Servable, mode: string): Headers {
  const { durationSeconds, captionUrl } = what;
  return {
    'Content-Type': what.mime,
    Connection: 'close',
    EXT: '',
    'transferMode.dlna.org': mode,
    ...(what.nature === 'av' && { 'realTimeInfo.dlna.org': 'DLNA.ORG_TLAG=*' }),
    // LG's webOS seeks only where all three are sent, asked for or not (gerbera#839).
    ...(what.features !== '*' && { 'contentFeatures.dlna.org': what.features }),
    ...(what.modified && { 'Last-Modified': what.modified.toUTCString() }),
    ...(request.getMediaInfo === '1' &&
      durationSeconds !== undefined && {
        'MediaInfo.sec': `SEC_Duration=${Math.round(durationSeconds * 1000)};`,
      }),
    ...(request.getCaptionInfo === '1' && captionUrl && { 'CaptionInfo.sec': captionUrl }),
  };
}

/** @returns what to send and with which headers; GET and HEAD alike */
export function planMedia(request: MediaRequest, what: Servable, profile: DeviceProfile): MediaPlan {
  if (request.getContentFeatures && request.getContentFeatures !== '1')
    return refusal(400, 'getcontentFeatures.dlna.org is 1 or nothing');
  const mode = transferMode(request.transferMode, what.nature, profile);
  if (!mode) return refusal(406, 'Not sent in that transfer mode');
  if (request.playSpeed && !/^(?:dlna\.org_ps=|speed=)?1$/i.test(request.playSpeed) && !request.range)
    return refusal(406, 'Only at speed 1');
  const headers = commonHeaders(request, what, mode);
  return what.size === undefined
    ? planConversion(request, what, profile.convert, profile.ignoresRanges, headers)
    : planBytes(request, what.size, what.modified, headers);
}

function planBytes(
  request: MediaRequest,
  size: number,
  modified: Date | undefined,
  common: Headers,
): MediaPlan {
  if (request.timeSeekRange && !request.range) return refusal(406, 'Seek by bytes');
  const headers = { ...common, 'Accept-Ranges': 'bytes' };
  const changed = request.ifRange !== '' && request.ifRange !== modified?.toUTCString();
  const range = changed ? undefined : parseByteRange(request.range, size);
  if (range === 'unsatisfiable')
    return refusal(416, 'Beyond the end', { 'Content-Range': `bytes */${size}`, 'Accept-Ranges': 'bytes' });
  if (!range) return { kind: 'bytes', status: 200, headers, from: 0, to: size - 1 };
  const partial = { ...headers, 'Content-Range': `bytes ${range.from}-${range.to}/${size}` };
  return { kind: 'bytes', status: 206, headers: partial, ...range };
}

function planConversion(
  request: MediaRequest,
  what: Servable,
  conversion: Conversion,
  ignoresRanges: boolean,
  common: Headers,
): MediaPlan {
  const { constantBitrate, durationSeconds } = what;
  if (conversion.seek === 'bytes' && constantBitrate && durationSeconds && !request.timeSeekRange)
    return planConstant(request, constantBitrate, durationSeconds, common);
  const headers = {
    ...common,
    'Accept-Ranges': 'none',
    ...(conversion.length === 'huge' && { 'Content-Length': HUGE }),
  };
  const whole = { kind: 'conversion', framing: conversion.length } as const;
  const skipsAhead = request.range !== '' && !/^\s*bytes\s*=\s*0\s*-/i.test(request.range);
  if (request.timeSeekRange) {
    const seek = planTimeSeek(request, what, headers);
    return seek.kind === 'refuse' ? seek : { ...whole, ...seek, kind: 'conversion' };
  }
  if (skipsAhead && !ignoresRanges)
    return refusal(406, 'Made while it is sent: no ranges', { 'Accept-Ranges': 'none' });
  return {
    ...whole,
    status: 200,
    headers: { ...headers, ...available(request, what, conversion) },
    fromSeconds: 0,
  };
}

/** `availableSeekRange.dlna.org: 1 npt=0.0-<end>` */
function available(request: MediaRequest, what: Servable, conversion: Conversion): Headers {
  if (request.getAvailableSeekRange !== '1' || conversion.seek !== 'time' || !what.durationSeconds) return {};
  return { 'availableSeekRange.dlna.org': `1 npt=0.0-${what.durationSeconds.toFixed(3)}` };
}

type TimeSeek = Pick<ConversionPlan, 'status' | 'headers' | 'fromSeconds'> & { readonly kind: 'seek' };

/** Offered only where the profile says so, but whoever asks for a second gets it. */
function planTimeSeek(
  request: MediaRequest,
  { durationSeconds }: Servable,
  headers: Headers,
): TimeSeek | Refusal {
  const range = parseNptRange(request.timeSeekRange);
  if (!range) return refusal(400, 'TimeSeekRange.dlna.org is npt=START-');
  if (durationSeconds !== undefined && range.start >= durationSeconds) return refusal(416, 'Beyond the end');
  const answered = formatNptRange(range.start, durationSeconds, durationSeconds);
  const seekable = {
    'TimeSeekRange.dlna.org': answered,
    // The names that Universal Media Server and Jellyfin found to be asked for.
    'X-Seek-Range': answered,
    ...(durationSeconds !== undefined && {
      'X-AvailableSeekRange': `1 npt=0.0-${durationSeconds.toFixed(3)}`,
    }),
  };
  return { kind: 'seek', status: 200, headers: { ...headers, ...seekable }, fromSeconds: range.start };
}

function planConstant(
  request: MediaRequest,
  bitrate: number,
  durationSeconds: number,
  common: Headers,
): MediaPlan {
  const stream = constantStream(bitrate, durationSeconds);
  const plan = planBytes(request, stream.length, undefined, common);
  if (plan.kind !== 'bytes') return plan;
  const start = stream.startFor(plan.from);
  const length = plan.to - plan.from + 1;
  return {
    kind: 'conversion',
    status: plan.status,
    headers: { ...plan.headers, 'Content-Length': length },
    fromSeconds: start.seconds,
    framing: 'exact',
    part: { start: start.byte, from: plan.from, length, seconds: stream.secondsAt(plan.from) },
  };
}
