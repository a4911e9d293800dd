import type { CodecProbe } from './client-capabilities';

/** A picture every decoder has to manage; only the codec is asked about. */
const picture = { width: 1920, height: 1080, bitrate: 8_000_000, framerate: 24 };
const sound = { channels: '2', bitrate: 192_000, samplerate: 48_000 };

/**
 * Asks this browser: Media Capabilities first, which knows decoders by exact string (it refuses short ones such as
 * `vp9`), then Media Source, then the element's own guess.
 */
export function browserProbe(video: HTMLVideoElement): CodecProbe {
  const known = new Map<string, Promise<boolean>>();
  return {
    opens: (contentType) => video.canPlayType(contentType) !== '',
    plays: (contentType) => {
      const answer = known.get(contentType) ?? ask(video, contentType);
      known.set(contentType, answer);
      return answer;
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
