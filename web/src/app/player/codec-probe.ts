import type { MediaStream } from '@hearth/contract/title';
import type { CodecProbe } from './client-capabilities';

/** A picture every decoder has to manage; only the codec is asked about. */
const picture = { width: 1920, height: 1080, bitrate: 8_000_000, framerate: 24 };
const sound = { channels: '2', bitrate: 192_000, samplerate: 48_000 };

/**
 * Asks this browser: Media Capabilities first, which knows decoders by exact string (it refuses short ones such as
 * `vp9`), then Media Source, then the element's own guess.
 */
export function browserProbe(video: HTMLVideoElement): CodecProbe {
  return {
    opens: (contentType) => video.canPlayType(contentType) !== '',
    plays: askedOnce((contentType) => ask(video, contentType)),
    feeds: askedOnce((contentType, stream) => feeds(video, contentType, stream)),
  };
}

/** A decoder's answer stays the same, and the player asks for hundreds before every film. */
function askedOnce(
  ask: (contentType: string, stream?: MediaStream) => Promise<boolean>,
): (contentType: string, stream?: MediaStream) => Promise<boolean> {
  const known = new Map<string, Promise<boolean>>();
  return (contentType, stream) => {
    if (stream) return ask(contentType, stream);
    const answer = known.get(contentType) ?? ask(contentType);
    known.set(contentType, answer);
    return answer;
  };
}

/** The class that takes segments here; iPhones only have the managed one. */
function segmentSource(): Pick<typeof MediaSource, 'isTypeSupported'> | undefined {
  const managed: unknown = Reflect.get(globalThis, 'ManagedMediaSource');
  if (isSegmentSource(managed)) return managed;
  return typeof MediaSource === 'undefined' ? undefined : MediaSource;
}

function isSegmentSource(value: unknown): value is Pick<typeof MediaSource, 'isTypeSupported'> {
  return typeof value === 'function' && 'isTypeSupported' in value;
}

async function feeds(video: HTMLVideoElement, contentType: string, stream?: MediaStream): Promise<boolean> {
  const source = segmentSource();
  // Without Media Source the browser plays HLS by itself, with the decoders it has for files.
  if (!(source?.isTypeSupported(contentType) ?? video.canPlayType(contentType) !== '')) return false;
  if (!stream || !source) return true;
  try {
    const { supported, smooth } = await navigator.mediaCapabilities.decodingInfo({
      type: 'media-source',
      ...shapeOf(contentType, stream),
    });
    return supported && smooth;
  } catch {
    // Not asked over plain http in some browsers, or not parsed: Media Source has said yes.
    return true;
  }
}

function shapeOf(
  contentType: string,
  stream: MediaStream,
): Pick<MediaDecodingConfiguration, 'video' | 'audio'> {
  if (stream.kind === 'audio')
    return {
      audio: {
        contentType,
        ...sound,
        channels: String(stream.channels ?? 2),
        bitrate: stream.bitrate ?? sound.bitrate,
      },
    };
  return {
    video: {
      contentType,
      width: stream.width ?? picture.width,
      height: stream.height ?? picture.height,
      bitrate: stream.bitrate ?? picture.bitrate,
      framerate: stream.frameRate ?? picture.framerate,
    },
  };
}

async function ask(video: HTMLVideoElement, contentType: string): Promise<boolean> {
  const guess = video.canPlayType(contentType);
  if (guess === '') return false;
  try {
    const info = await navigator.mediaCapabilities.decodingInfo(
      contentType.startsWith('audio/')
        ? { type: 'file', audio: { contentType, ...sound } }
        : { type: 'file', video: { contentType, ...picture } },
    );
    return info.supported;
  } catch {
    // No Media Capabilities (plain http in some browsers), or a type it does not parse: the next best answer.
    const source = typeof MediaSource === 'undefined' ? undefined : MediaSource;
    return source?.isTypeSupported(contentType) ?? guess === 'probably';
  }
}
